"""What crosses the door of rules: faults, amounts with units, and the steps of an answer."""

from dataclasses import dataclass
from fractions import Fraction


class RuleFault(ValueError):
    """A rule that can't be read or worked out; the sentence says where and why."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An exact number with a unit, such as `USD`, `month` or `USD/month`; empty for a bare number."""

    number: Fraction
    unit: str = ""

    def __str__(self) -> str:
        whole = self.number.denominator == 1
        text = str(self.number.numerator) if whole else f"{float(self.number):.6g}"
        return f"{text} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an explanation: what was worked out, from what, and what came out."""

    name: str
    expression: str
    value: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a rule with every step that led there."""

    value: Amount
    steps: tuple[Step, ...]

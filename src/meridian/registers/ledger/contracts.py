"""What crosses the door of the ledger: drafts of entries, and sums."""

from dataclasses import dataclass, fields
from datetime import date

AXES = ("fund", "object", "entity", "project", "component", "period", "stage", "category")


@dataclass(frozen=True, slots=True)
class Dimensions:
    """The coding block of a posting: the code of a value on each axis, empty where it has none."""

    fund: str = ""
    object: str = ""
    entity: str = ""
    project: str = ""
    component: str = ""
    period: str = ""
    stage: str = ""
    category: str = ""

    def codes(self) -> tuple[str, ...]:
        """The codes in the order of `AXES`."""
        return tuple(getattr(self, field.name) for field in fields(self))


NOWHERE = Dimensions()


@dataclass(frozen=True, slots=True)
class Leg:
    """A posting to be: `amount` counts smallest units (cents); a debit is above zero.

    `place` says where a person finds it ("line 4"), for the sentence when it is refused.
    """

    account: str
    unit: str
    amount: int
    dimensions: Dimensions = NOWHERE
    place: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be: its legs sum to zero in every unit."""

    on: date
    description: str
    legs: tuple[Leg, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class DimensionName:
    """A value that an axis shall have; `name` by language code."""

    axis: str
    code: str
    name: dict[str, str]


@dataclass(frozen=True, slots=True)
class Balance:
    """The sum of postings that agree in the axes asked for, in smallest units."""

    keys: tuple[str, ...]
    amount: int

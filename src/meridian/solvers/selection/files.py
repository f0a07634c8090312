"""A selection problem as a file: JSON with amounts as text or whole numbers.

    {"decimals": 2,
     "choices": [{"project", "option", "value", "costs": [{"fund", "object", "period", "amount"}],
                  "needs": [{"skill", "period", "amount"}], "claims": [{"pool", "slot", "amount"}]}],
     "ceilings": [{"fund", "object", "period", "amount"}],      "*" stands for any
     "capacities": [{"skill", "period", "amount"}],
     "pools": [{"code", "slot", "cap", "weight"}],
     "requires": [[A, B]], "excludes": [[A, B]], "mandated": [A]}

Amounts have at most `decimals` decimals. Each fault names its place in the file.
"""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any

from meridian.kernel.console import Fault
from meridian.kernel.graph import find_cycle
from meridian.solvers.selection.problem import (
    ANY,
    Capacity,
    Ceiling,
    Choice,
    Claim,
    Line,
    Need,
    Pool,
    Problem,
)
from meridian.solvers.solving.intake import read_value

MEND = "Mend the file; nothing was solved."
ASKED = frozenset({"skill", "period", "amount"})
COST = frozenset({"fund", "object", "period", "amount"})
# The names that the objects of each list may have.
NAMES = {
    "choices": frozenset({"project", "option", "value", "costs", "needs", "claims"}),
    "costs": COST,
    "ceilings": COST,
    "needs": ASKED,
    "capacities": ASKED,
    "claims": frozenset({"pool", "slot", "amount"}),
    "pools": frozenset({"code", "slot", "cap", "weight"}),
}
LISTS = frozenset({*NAMES, "decimals", "requires", "excludes", "mandated"}) - {"costs", "needs", "claims"}


def read_problem(path: Path) -> Problem:
    """The problem of a file; a `Fault` names what is wrong and where."""
    return problem_from(read_value(path), path.name)


def problem_from(content: Any, name: str) -> Problem:
    """The problem that a JSON document describes."""
    if not isinstance(content, dict) or not content.get("choices"):
        raise Fault(f"{name}: there is no list “choices”.", MEND)
    read = _Reader(name, content.get("decimals", 2))
    read.refuse_unknown(content, LISTS)
    problem = Problem(
        choices=read.rows(content, "choices", read.choice),
        ceilings=read.rows(content, "ceilings", read.ceiling),
        capacities=read.rows(content, "capacities", read.capacity),
        pools=read.rows(content, "pools", read.pool),
        requires=read.rows(content, "requires", read.pair),
        excludes=read.rows(content, "excludes", read.pair),
        mandated=read.rows(content, "mandated", read.word),
    )
    refuse_inconsistent(problem, name)
    return problem


def refuse_inconsistent(problem: Problem, name: str) -> None:
    """A `Fault` for an option given twice, a name that no choice has, and a circle of needs."""
    known, options = set(problem.projects), set()
    for choice in problem.choices:
        if choice.name in options:
            raise Fault(f"{name}: {choice.name} is given twice.", MEND)
        options.add(choice.name)
    named = [*problem.mandated, *(one for pair in (*problem.requires, *problem.excludes) for one in pair)]
    for project in named:
        if project not in known:
            raise Fault(f"{name}: no choice belongs to the project {project}.", MEND)
    ring = find_cycle((), problem.requires)
    if ring is not None:
        circle = " → ".join([*ring, ring[0]])
        raise Fault(f"{name}: these need each other in a circle: {circle}.", "Take one of the needs out.")
    pools = {(pool.code, pool.slot) for pool in problem.pools}
    for choice in problem.choices:
        for claim in choice.claims:
            if (claim.pool, claim.slot) not in pools:
                raise Fault(
                    f"{name}: {choice.name} draws on {claim.pool}/{claim.slot}, which is no pool.", MEND
                )


class _Reader:
    """Reads rows and remembers where it is."""

    def __init__(self, name: str, decimals: Any) -> None:
        if not isinstance(decimals, int) or not 0 <= decimals <= 9:
            raise Fault(f"{name}: “decimals” is {decimals!r}, which is no number from 0 to 9.", MEND)
        self.name, self.place, self.scale = name, "", 10**decimals

    def rows(self, content: dict[str, Any], key: str, read: Callable[[Any], Any]) -> tuple[Any, ...]:
        rows, former = content.get(key, []), self.place
        if not isinstance(rows, list):
            raise Fault(f"{self.name}: {former}{key} is no list.", MEND)
        found = []
        for at, row in enumerate(rows):
            self.place = f"{former}{key}[{at}]."
            self.refuse_unknown(row, NAMES.get(key, frozenset()))
            found.append(read(row))
        self.place = former
        return tuple(found)

    def refuse_unknown(self, row: Any, names: frozenset[str]) -> None:
        """A misspelt name would be passed over in silence."""
        unknown = sorted(set(row) - names) if isinstance(row, dict) else []
        if unknown:
            raise self.fault(f"has an unknown name “{unknown[0]}”; known are {', '.join(sorted(names))}")

    def fault(self, sentence: str) -> Fault:
        return Fault(f"{self.name}: {self.place.rstrip('.') or 'the problem'} {sentence}.", MEND)

    def text(self, row: Any, key: str, usual: str | None = None) -> str:
        value = row.get(key, usual) if isinstance(row, dict) else None
        if not isinstance(value, str) or not value:
            raise self.fault(f"has no “{key}”")
        return value

    def amount(self, row: Any, key: str = "amount", *, signed: bool = False) -> int:
        value = row.get(key) if isinstance(row, dict) else None
        try:
            if isinstance(value, bool) or not isinstance(value, str | int | float):
                raise InvalidOperation
            exact = Decimal(str(value)) * self.scale
            whole = int(exact)
        except (InvalidOperation, ValueError, OverflowError):
            raise self.fault(f"has {value!r} as {key}, which is no number") from None
        if whole != exact:
            raise self.fault(f"has {value} as {key}, with more decimals than the file says")
        if whole < 0 and not signed:
            raise self.fault(f"has {value} as {key}, which is below zero")
        return whole

    def choice(self, row: Any) -> Choice:
        return Choice(
            self.text(row, "project"),
            self.text(row, "option", "1"),
            self.amount(row, "value", signed=True),
            self.rows(row, "costs", self.line),
            self.rows(row, "needs", self.need),
            self.rows(row, "claims", self.claim),
        )

    def line(self, row: Any) -> Line:
        return Line(
            self.text(row, "fund"), self.text(row, "object"), self.text(row, "period"), self.amount(row)
        )

    def need(self, row: Any) -> Need:
        return Need(self.text(row, "skill"), self.text(row, "period"), self.amount(row))

    def claim(self, row: Any) -> Claim:
        return Claim(self.text(row, "pool"), self.text(row, "slot"), self.amount(row))

    def ceiling(self, row: Any) -> Ceiling:
        fund, kind, period = (self.text(row, key, ANY) for key in ("fund", "object", "period"))
        return Ceiling(fund, kind, period, self.amount(row))

    def capacity(self, row: Any) -> Capacity:
        return Capacity(self.text(row, "skill"), self.text(row, "period"), self.amount(row))

    def pool(self, row: Any) -> Pool:
        try:
            weight = Fraction(str(row.get("weight", "1"))) if isinstance(row, dict) else Fraction(1)
        except (ValueError, ZeroDivisionError):
            raise self.fault(f"has {row.get('weight')!r} as weight, which is no number") from None
        return Pool(self.text(row, "code"), self.text(row, "slot"), self.amount(row, "cap"), weight)

    def pair(self, row: Any) -> tuple[str, str]:
        if not isinstance(row, list) or len(row) != 2 or not all(isinstance(one, str) for one in row):
            raise self.fault("is no pair of projects")
        return row[0], row[1]

    def word(self, row: Any) -> str:
        if not isinstance(row, str):
            raise self.fault("is no name of a project")
        return row

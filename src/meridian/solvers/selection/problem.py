"""What is to be chosen from, and within which limits; and the sums of a choice, done exactly.

Amounts are ints of one smallest unit (cents); a value is what a choice adds by itself, in
today's money. Benefits that draw on a pool are given apart, for the pool's cap decides how
much of them counts: per slot (a year, say) min(cap, sum of claims) × weight, where the
weight is the discount factor.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

ANY = "*"


@dataclass(frozen=True, slots=True)
class Line:
    """An amount of a fund for an object in a period."""

    fund: str
    object: str
    period: str
    amount: int


@dataclass(frozen=True, slots=True)
class Need:
    """Work of a skill in a period (in hundredths of a person-month, say)."""

    skill: str
    period: str
    amount: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What a choice would take from a pool in a slot."""

    pool: str
    slot: str
    amount: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a project."""

    project: str
    option: str
    value: int
    costs: tuple[Line, ...] = ()
    needs: tuple[Need, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.project}/{self.option}"

    @property
    def cost(self) -> int:
        return sum(line.amount for line in self.costs)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that may be spent; `*` stands for any fund, object or period."""

    fund: str
    object: str
    period: str
    amount: int

    @property
    def name(self) -> str:
        return f"{self.fund}/{self.object}/{self.period}"

    def covers(self, line: Line) -> bool:
        pairs = ((self.fund, line.fund), (self.object, line.object), (self.period, line.period))
        return all(own in (ANY, given) for own, given in pairs)

    def use(self, choice: Choice) -> int:
        return sum(line.amount for line in choice.costs if self.covers(line))


@dataclass(frozen=True, slots=True)
class Capacity:
    """The most work of a skill that a period has."""

    skill: str
    period: str
    amount: int

    @property
    def name(self) -> str:
        return f"{self.skill}/{self.period}"

    def use(self, choice: Choice) -> int:
        return sum(
            need.amount for need in choice.needs if (need.skill, need.period) == (self.skill, self.period)
        )


@dataclass(frozen=True, slots=True)
class Pool:
    """The most that all claims on a pool may take in a slot, and what a unit of it is worth today."""

    code: str
    slot: str
    cap: int
    weight: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Problem:
    """Choices and limits. `requires` holds (a, b): a needs b; `excludes` pairs of which one at most."""

    choices: tuple[Choice, ...]
    ceilings: tuple[Ceiling, ...] = ()
    capacities: tuple[Capacity, ...] = ()
    pools: tuple[Pool, ...] = ()
    requires: tuple[tuple[str, str], ...] = ()
    excludes: tuple[tuple[str, str], ...] = ()
    mandated: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()

    @property
    def limits(self) -> list[Ceiling | Capacity]:
        """Everything of which no more may be used than there is."""
        return [*self.ceilings, *self.capacities]

    @property
    def projects(self) -> list[str]:
        """The projects in the order of their first choice."""
        return list(dict.fromkeys(choice.project for choice in self.choices))


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The choices taken, by position; value and cost added up afresh."""

    taken: tuple[int, ...]
    value: Fraction
    cost: int
    projects: tuple[str, ...] = field(default=())


def value_of(problem: Problem, taken: Iterable[int]) -> Fraction:
    """The exact value of a choice: own values, and what the pools let count."""
    chosen = [problem.choices[at] for at in taken]
    claims: dict[tuple[str, str], int] = defaultdict(int)
    for choice in chosen:
        for claim in choice.claims:
            claims[claim.pool, claim.slot] += claim.amount
    pooled = sum(
        (pool.weight * min(pool.cap, claims[pool.code, pool.slot]) for pool in problem.pools), Fraction(0)
    )
    return sum((choice.value for choice in chosen), 0) + pooled


def portfolio_of(problem: Problem, taken: Iterable[int]) -> Portfolio:
    """The portfolio of these choices with its sums."""
    chosen = tuple(sorted(taken))
    cost = sum(problem.choices[at].cost for at in chosen)
    projects = tuple(problem.choices[at].project for at in chosen)
    return Portfolio(chosen, value_of(problem, chosen), cost, projects)


def breaches(problem: Problem, taken: Iterable[int]) -> Iterator[str]:
    """Every limit that a choice breaks, found without the solver."""
    chosen = [problem.choices[at] for at in taken]
    names = [choice.project for choice in chosen]
    yield from _broken_ties(problem, names)
    for limit in problem.limits:
        used = sum(limit.use(choice) for choice in chosen)
        if used > limit.amount:
            yield f"{limit.name} allows {limit.amount} and {used} is used"


def _broken_ties(problem: Problem, names: list[str]) -> Iterator[str]:
    """What is broken between the projects taken."""
    yield from (
        f"{name} is taken in more than one option" for name in sorted(set(names)) if names.count(name) > 1
    )
    yield from (f"{name} is mandated and left out" for name in problem.mandated if name not in names)
    yield from (f"{name} is barred and taken" for name in problem.barred if name in names)
    for one, two in problem.requires:
        if one in names and two not in names:
            yield f"{one} needs {two}, which is left out"
    for one, two in problem.excludes:
        if one in names and two in names:
            yield f"{one} and {two} exclude each other"

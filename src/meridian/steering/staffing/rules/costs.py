"""What posts cost: standard cost × months / 12 × (1 − vacancy), and the delayed impact of a first year.

Formulas: the costing of posts in a public budget; a new post is costed at a higher vacancy
in its first period, and what a full period at the continuing vacancy costs beyond that is the
delayed impact. Amounts are exact until they are rounded once, at the end, to whole cents.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from meridian.kernel.apportionment import round_half_up

MONTHS = 12


@dataclass(frozen=True, slots=True)
class PostRates:
    """Yearly standard costs in USD by grade, and the vacancy (0 to 1) by category.

    `new_vacancy` is that of posts in their first period. A grade or category that is not
    there raises `NoRate`.
    """

    standard_cost_usd: Mapping[str, Decimal]
    continuing_vacancy: Mapping[str, Decimal]
    new_vacancy: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class CostedPosts:
    """`count` posts of a grade (negative for posts that go) for some months of a period."""

    grade: str
    category: str
    count: int
    months: int
    new: bool = False


class NoRate(LookupError):
    """There is no standard cost for `grade`, or no vacancy rate for `category`; the other is empty."""

    def __init__(self, *, grade: str = "", category: str = "") -> None:
        missing = f"standard cost for the grade {grade}" if grade else f"vacancy rate for {category}"
        super().__init__(f"There is no {missing}.")
        self.grade, self.category = grade, category


def exact_cost(posts: CostedPosts, rates: PostRates) -> Fraction:
    """The exact cost in USD of the posts over their months."""
    if not 0 <= posts.months <= MONTHS:
        raise ValueError(f"A yearly cost has 0 to 12 months, not {posts.months}.")
    vacancy = rates.new_vacancy if posts.new else rates.continuing_vacancy
    if posts.grade not in rates.standard_cost_usd:
        raise NoRate(grade=posts.grade)
    if posts.category not in vacancy:
        raise NoRate(category=posts.category)
    filled = 1 - Fraction(vacancy[posts.category])
    if not 0 <= filled <= 1:
        raise ValueError(f"The vacancy of {posts.category} must lie between 0 and 1.")
    yearly = Fraction(rates.standard_cost_usd[posts.grade])
    return posts.count * yearly * Fraction(posts.months, MONTHS) * filled


def cost_usd(lines: Iterable[CostedPosts], rates: PostRates) -> Decimal:
    """The cost of all lines, rounded once to whole cents, halves away from zero."""
    return _in_cents(sum((exact_cost(line, rates) for line in lines), Fraction(0)))


def delayed_impact_usd(lines: Iterable[CostedPosts], rates: PostRates) -> Decimal:
    """What a full year at continuing vacancy costs beyond what was voted for the first part-year."""
    difference = Fraction(0)
    for line in lines:
        full = CostedPosts(line.grade, line.category, line.count, MONTHS)
        difference += exact_cost(full, rates) - exact_cost(line, rates)
    return _in_cents(difference)


def _in_cents(amount: Fraction) -> Decimal:
    return Decimal(round_half_up(amount * 100)).scaleb(-2)

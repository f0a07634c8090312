"""How many posts a role needs: the greater of a minimum and of what its drivers ask for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from meridian.kernel.apportionment import largest_remainder


@dataclass(frozen=True, slots=True)
class Norm:
    """One post of `role` serves `per_post` of a driver; never fewer posts than `minimum`."""

    role: str
    driver: str
    per_post: Decimal
    minimum: int = 0


@dataclass(frozen=True, slots=True)
class RoleGap:
    """`exact` posts by the norms, `needed` whole posts, `actual` posts; `gap` = actual − needed."""

    role: str
    exact: Fraction
    needed: int
    actual: int

    @property
    def gap(self) -> int:
        return self.actual - self.needed


def exact_needs(norms: Iterable[Norm], drivers: Mapping[str, Decimal]) -> dict[str, Fraction]:
    """Posts by role: max(minimum, Σ driver / per_post). A driver without an amount counts nothing."""
    sums: dict[str, Fraction] = defaultdict(Fraction)
    minimum: dict[str, int] = defaultdict(int)
    for norm in norms:
        if norm.per_post <= 0:
            raise ValueError(f"The norm of {norm.role} by {norm.driver} must be above zero.")
        sums[norm.role] += Fraction(drivers.get(norm.driver, Decimal(0))) / Fraction(norm.per_post)
        minimum[norm.role] = max(minimum[norm.role], norm.minimum)
    return {role: max(amount, Fraction(minimum[role])) for role, amount in sums.items()}


def gaps(exact: Mapping[str, Fraction], actual: Mapping[str, int]) -> list[RoleGap]:
    """Whole posts by largest remainder, so that they sum to the rounded-up whole, and the gap by role."""
    roles = list(dict.fromkeys((*exact, *actual)))
    amounts = [exact.get(role, Fraction(0)) for role in roles]
    whole = -(-sum(amounts, Fraction(0)) // 1)
    needed = largest_remainder(int(whole), amounts) if whole else [0] * len(roles)
    return [
        RoleGap(role, amount, count, actual.get(role, 0))
        for role, amount, count in zip(roles, amounts, needed, strict=True)
    ]

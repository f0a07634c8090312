"""Amounts of money: whole minor units of a currency, never floats.

Minor units per major unit follow ISO 4217; currencies not named here have two decimals.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from meridian.kernel.apportionment import Exact, exact, largest_remainder, round_half_up

_DECIMALS = dict.fromkeys(
    (
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ),
    0,
) | dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3)


def decimals_of(currency: str) -> int:
    """How many decimals the currency's minor unit has: 2 for USD, 0 for XOF, 3 for KWD."""
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha() and currency.isupper()):
        raise ValueError(f"{currency!r} is no currency code; write three capital letters like USD.")
    return _DECIMALS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` whole minor units (cents) of `currency` (ISO 4217 code)."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if isinstance(self.minor, bool) or not isinstance(self.minor, int):
            raise TypeError(f"Minor units are whole numbers, not {self.minor!r}.")
        decimals_of(self.currency)

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> "Money":
        """An amount in major units; more decimals than the currency has raise ValueError."""
        if isinstance(amount, float):
            raise TypeError("A float is not an exact amount; give a Decimal or a string.")
        minor = Fraction(Decimal(amount)) * 10 ** decimals_of(currency)
        if minor.denominator != 1:
            raise ValueError(f"{amount} has more decimals than {currency} knows.")
        return cls(minor.numerator, currency)

    @classmethod
    def rounded(cls, amount: Exact, currency: str) -> "Money":
        """The nearest whole minor unit to an exact amount in major units; halves away from zero."""
        return cls(round_half_up(exact(amount) * 10 ** decimals_of(currency)), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units with the currency's decimals."""
        return Decimal(self.minor).scaleb(-decimals_of(self.currency))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def times(self, factor: Exact) -> "Money":
        """The amount times an exact factor, rounded once to the minor unit."""
        return Money(round_half_up(self.minor * exact(factor)), self.currency)

    def shared(self, weights: Iterable[Exact]) -> "list[Money]":
        """Parts by largest remainder that sum to this amount."""
        return [Money(part, self.currency) for part in largest_remainder(self.minor, weights)]

    def converted(self, rate: Exact, currency: str) -> "Money":
        """In `currency`, at `rate` major units of it for one major unit of this one."""
        return Money.rounded(exact(self.amount) * exact(rate), currency)

    def __str__(self) -> str:
        return f"{self.currency} {self.amount:,f}"

    def _same(self, other: "Money") -> int:
        if not isinstance(other, Money):
            raise TypeError(f"{other!r} is no money.")
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add; convert one first.")
        return other.minor


def total(amounts: Sequence[Money], currency: str) -> Money:
    """The sum of amounts of one currency; nothing sums to zero of it."""
    return sum(amounts, Money(0, currency))

"""An exact amount of a unit: litres, kilograms, kilowatt-hours, ration-days.

Only like units add. Units of one kind convert exactly by the ratios below (SI and the
definitions of the international yard and pound agreement of 1959); a unit not named
there converts only to itself.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from meridian.kernel.apportionment import Exact, exact

# Unit -> (what it measures, how many base units one is).
_UNITS: dict[str, tuple[str, Fraction]] = {
    "ml": ("volume", Fraction(1, 1000)),
    "l": ("volume", Fraction(1)),
    "m3": ("volume", Fraction(1000)),
    "g": ("mass", Fraction(1, 1000)),
    "kg": ("mass", Fraction(1)),
    "t": ("mass", Fraction(1000)),
    "Wh": ("energy", Fraction(1, 1000)),
    "kWh": ("energy", Fraction(1)),
    "MWh": ("energy", Fraction(1000)),
    "W": ("power", Fraction(1, 1000)),
    "kW": ("power", Fraction(1)),
    "MW": ("power", Fraction(1000)),
    "m": ("length", Fraction(1)),
    "km": ("length", Fraction(1000)),
    "m2": ("area", Fraction(1)),
    "s": ("time", Fraction(1)),
    "min": ("time", Fraction(60)),
    "h": ("time", Fraction(3600)),
    "d": ("time", Fraction(86400)),
    "B": ("data", Fraction(1)),
    "kB": ("data", Fraction(10**3)),
    "MB": ("data", Fraction(10**6)),
    "GB": ("data", Fraction(10**9)),
    "TB": ("data", Fraction(10**12)),
    "PB": ("data", Fraction(10**15)),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """`amount` (exact) of `unit`."""

    amount: Fraction
    unit: str

    @classmethod
    def of(cls, amount: Exact, unit: str) -> "Quantity":
        """From an int, Fraction or Decimal; a float raises TypeError."""
        return cls(exact(amount), unit)

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.amount + self._same(other), self.unit)

    def __sub__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.amount - self._same(other), self.unit)

    def __neg__(self) -> "Quantity":
        return Quantity(-self.amount, self.unit)

    def __lt__(self, other: "Quantity") -> bool:
        return self.amount < self._same(other)

    def times(self, factor: Exact) -> "Quantity":
        return Quantity(self.amount * exact(factor), self.unit)

    def to(self, unit: str) -> "Quantity":
        """The same quantity in another unit of its kind; ValueError when there is no ratio."""
        if unit == self.unit:
            return self
        here, there = _UNITS.get(self.unit), _UNITS.get(unit)
        if here is None or there is None or here[0] != there[0]:
            raise ValueError(f"{self.unit} does not convert to {unit}.")
        return Quantity(self.amount * here[1] / there[1], unit)

    def decimal(self, decimals: int) -> Decimal:
        """The amount with that many decimals; halves away from zero."""
        scaled = abs(self.amount) * 10**decimals + Fraction(1, 2)
        size = Decimal(scaled.numerator // scaled.denominator).scaleb(-decimals)
        return size if self.amount >= 0 else -size

    def _same(self, other: "Quantity") -> Fraction:
        if other.unit != self.unit:
            raise ValueError(f"{self.unit} and {other.unit} do not add; convert one first.")
        return other.amount

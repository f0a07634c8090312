"""Arithmetic of amounts with units: what has different units does not add."""

from collections import Counter

from meridian.registers.rules.contracts import Amount, RuleFault


def parts_of(unit: str) -> Counter[str]:
    """The powers of the units in `USD/month` or `litre*km`; a missing unit has none."""
    powers: Counter[str] = Counter()
    sign = 1
    word = ""
    for letter in f"{unit}*":
        if letter in "*/":
            if word and word != "1":
                powers[word] += sign
            word, sign = "", -1 if letter == "/" else 1
        else:
            word += letter
    return powers


def unit_of(powers: Counter[str]) -> str:
    """The unit written again, in order of names, those above the line first."""
    above = [name for name, power in sorted(powers.items()) for _ in range(power) if power > 0]
    below = [name for name, power in sorted(powers.items()) for _ in range(-power) if power < 0]
    if not above and not below:
        return ""
    return "/".join(["*".join(above) or "1", *below])


def add(first: Amount, second: Amount, sign: int = 1) -> Amount:
    """Sum or difference of amounts of one unit; otherwise `RuleFault`."""
    if parts_of(first.unit) != parts_of(second.unit):
        raise RuleFault(
            f"{first} and {second} have different units ({first.unit or 'none'}, {second.unit or 'none'}):"
            " they do not add."
        )
    return Amount(first.number + sign * second.number, first.unit)


def multiply(first: Amount, second: Amount) -> Amount:
    powers = parts_of(first.unit)
    powers.update(parts_of(second.unit))
    return Amount(first.number * second.number, unit_of(powers))


def divide(first: Amount, second: Amount) -> Amount:
    """The quotient; division by zero is a `RuleFault`."""
    if second.number == 0:
        raise RuleFault(f"{first} can't be divided by zero.")
    powers = parts_of(first.unit)
    powers.subtract(parts_of(second.unit))
    return Amount(first.number / second.number, unit_of(powers))

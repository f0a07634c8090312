"""A number as people of any language write it: one reading, or none.

Every way of writing that the digits allow is tried. What the language itself prints wins;
otherwise all ways must agree, so “1.234” on a French page is refused and “2.5” is not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from meridian.kernel.notation import faults
from meridian.kernel.notation.faults import Unread
from meridian.kernel.notation.languages import Notation
from meridian.kernel.notation.printing import print_number
from meridian.kernel.notation.signs import bare

# Decimal point and what may part thousands beside a space and an apostrophe.
WAYS = ((".", ","), (",", "."), ("٫", "٬"))
SHAPE = re.compile(r"(?P<number>[\d.,٫٬' ]*\d)(?:[eE](?P<exponent>[+-]?\d{1,2}))?")
MOST_DIGITS = 28
EXAMPLE = Decimal("1234567.5")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that was read.

    `decimals` is how many were written; `point` the decimal point by whose rules it was read,
    empty when the text has no separator that two languages read differently.
    """

    value: Decimal
    decimals: int
    point: str
    is_percentage: bool
    currency: str


@dataclass(frozen=True, slots=True)
class _Reading:
    value: Decimal
    decimals: int
    point: str
    group: str


def read_figure(text: str, notation: Notation, decimals: int | None = None) -> Figure:
    """The figure in a text with whatever signs it bears; `Unread` when there is none or two.

    `decimals` says how many the place keeps, None for any number: what the language could
    only have printed with more of them is no longer taken for its own.
    """
    found = bare(text)
    match = SHAPE.fullmatch(found.digits)
    if match is None:
        raise Unread(faults.NO_NUMBER, text.strip())
    reading = _one(text.strip(), list(_readings(match["number"])), notation, decimals)
    value, written = _scaled(text.strip(), reading, match["exponent"])
    if value.adjusted() + (decimals or 0) >= MOST_DIGITS or len(value.as_tuple().digits) > MOST_DIGITS:
        raise Unread(faults.TOO_LARGE, text.strip())
    if decimals is not None and value != round(value, decimals):
        words = faults.TOO_FINE if decimals else faults.NOT_WHOLE
        raise Unread(words, text.strip(), decimals=decimals)
    tells = "." in found.digits or "," in found.digits
    value = value.copy_negate() if found.is_negative and value else value
    return Figure(value, written, reading.point if tells else "", found.is_percentage, found.currency)


def _scaled(text: str, reading: _Reading, exponent: str | None) -> tuple[Decimal, int]:
    if exponent is None:
        return reading.value, reading.decimals
    if reading.group:
        raise Unread(faults.NO_NUMBER, text)
    power = int(exponent)
    sign, digits, place = reading.value.as_tuple()
    return Decimal((sign, digits, int(place) + power)), max(0, reading.decimals - power)


def _readings(number: str) -> Iterator[_Reading]:
    for point, group in WAYS:
        whole, _point, fraction = number.partition(point)
        if _point and not fraction.isdecimal():
            continue
        separators = {sign for sign in whole if not sign.isdecimal()}
        if len(separators) > 1 or separators - {group, " ", "'"}:
            continue
        separator = separators.pop() if separators else ""
        if separator and not re.fullmatch(rf"[1-9]\d{{0,2}}(?:{re.escape(separator)}\d{{3}})+", whole):
            continue
        digits = whole.replace(separator, "") if separator else whole or "0"
        value = Decimal(f"{digits}.{fraction}" if fraction else digits)
        yield _Reading(value, len(fraction), point, separator)


def _one(text: str, readings: list[_Reading], notation: Notation, decimals: int | None) -> _Reading:
    if not readings:
        example = print_number(EXAMPLE, notation.language)
        raise Unread(faults.WRONG_GROUPS, text, example=example)
    for reading in readings:
        is_own = reading.point == notation.point and reading.group in (notation.group, "", " ", "'")
        if is_own and (decimals is None or reading.decimals <= decimals):
            return reading
    values = sorted({reading.value for reading in readings}, reverse=True)
    if len(values) > 1:
        first, second = (f"{value:f}".replace(".", notation.point) for value in values[:2])
        raise Unread(faults.TWO_READINGS, text, first=first, second=second)
    return readings[0]

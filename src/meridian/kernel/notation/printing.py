"""Figures, days and times as a language prints them. What is printed here is read back unchanged."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, localcontext

from meridian.kernel.notation.languages import LEFT_TO_RIGHT, month_names, notation_of

NIL = "–"


def print_number(
    value: Decimal | int, language: str, decimals: int | None = None, *, grouped: bool = True
) -> str:
    """A number, rounded half away from zero to `decimals`; None keeps as many as the value has.

    Years and what stands in an input are not `grouped`.
    """
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"{value} can't be printed.")
    if decimals is not None:
        number = _rounded(number, decimals)
    # Between Arabic words a minus would else jump behind its number.
    mark = LEFT_TO_RIGHT if notation_of(language).language == "ar" else ""
    size = _size(number, language, grouped=grouped)
    return f"{mark}-{size}" if number < 0 else size


def print_amount(value: Decimal | int, language: str, decimals: int | None = None) -> str:
    """An amount as tables show it: below zero in brackets, nil a dash; cents only where there are any."""
    number = Decimal(value)
    if decimals is None:
        decimals = 0 if number == number.to_integral_value() else 2
    number = _rounded(number, decimals)
    if not number:
        return NIL
    text = _size(number, language)
    return f"({text})" if number < 0 else text


def print_percent(value: Decimal | int, language: str, decimals: int | None = None) -> str:
    """A percentage with its sign; `value` is in per cent, 2.5 for 2.5 %."""
    return notation_of(language).percent.format(print_number(value, language, decimals))


def print_day(day: date, language: str) -> str:
    """A day, written out wherever its language writes a month as a word."""
    notation = notation_of(language)
    names = month_names(notation.locale)[0] if "{name}" in notation.day else {}
    return notation.day.format(y=day.year, m=day.month, d=day.day, name=names.get(day.month))


def print_month(day: date, language: str) -> str:
    """The short name of a month, for a scale."""
    return month_names(notation_of(language).locale)[1][day.month]


def print_time(at: time | datetime) -> str:
    """A time of day to the minute, by 24 hours in every language."""
    return f"{at.hour:02}:{at.minute:02}"


def print_instant(at: datetime, language: str) -> str:
    """A day and a time of day to the minute, in the zone that `at` has."""
    return f"{print_day(at, language)} {print_time(at)}"


def print_list(texts: Iterable[str], language: str) -> str:
    """Several things in a row, parted as the language parts them."""
    return notation_of(language).between.join(texts)


def _rounded(number: Decimal, decimals: int) -> Decimal:
    with localcontext(prec=max(28, len(number.as_tuple().digits) + abs(number.adjusted()) + decimals + 2)):
        return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _size(number: Decimal, language: str, *, grouped: bool = True) -> str:
    """The digits without a sign."""
    notation = notation_of(language)
    whole, _point, fraction = f"{number.copy_abs():,f}".partition(".")
    whole = whole.replace(",", notation.group if grouped else "")
    return f"{whole}{notation.point}{fraction}" if fraction else whole

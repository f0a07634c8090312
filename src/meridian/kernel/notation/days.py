"""Days and times of day as people of a language write them: one reading, or none."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from meridian.kernel.notation import faults
from meridian.kernel.notation.faults import Unread
from meridian.kernel.notation.languages import Notation, folded, month_names
from meridian.kernel.notation.printing import print_day, print_instant
from meridian.kernel.notation.signs import plain

YEAR_FIRST = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日)")
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d+)")
WITH_NAME = re.compile(r"[^\W_]+")
FILLERS = frozenset({"de", "del", "г", "of"})
TIME = re.compile(r"(\d{1,2})(?::| ?h ?)(\d{2})(?::(\d{2}))?(?: ?([^\W\d_]\.?[^\W\d_]?\.?|[上下]午))?")
MORNING, AFTERNOON = frozenset({"am", "ص", "上午"}), frozenset({"pm", "م", "下午"})
ISO_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,6})?)?(Z|[+-]\d{2}(:?\d{2})?)?")
DAY_AND_TIME = re.compile(rf"(.*\S)[ ,،]+({TIME.pattern})")
# Beside the ends of the calendar no day has a day before or after it, and no zone a time.
YEARS = range(1900, 2200)
EXAMPLE = datetime.fromisoformat("2026-11-27T14:30")


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was read; `order` is that of its figures where another would give another day."""

    value: date
    order: str = ""


def read_day(text: str, notation: Notation) -> Day:
    """The day in a text; `Unread` when there is none or two, or when it lies beyond any calendar here."""
    found = _read_day(text, notation)
    _refuse_other_times(found.value, text)
    return found


def _refuse_other_times(value: date, text: str) -> None:
    if value.year not in YEARS:
        raise Unread(faults.NOT_OUR_TIME, text.strip(), first=YEARS[0], last=YEARS[-1])


def _read_day(text: str, notation: Notation) -> Day:
    shown = plain(text)
    if match := YEAR_FIRST.fullmatch(shown):
        year, month, day = (part for part in match.groups() if part and part.isdecimal())
        return Day(_day(text, year, month, day))
    if match := YEAR_LAST.fullmatch(shown):
        return _in_figures(text, match, notation)
    return Day(_with_name(text, shown, notation))


def _day(text: str, year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Unread(faults.NO_SUCH_DAY, text.strip()) from None


def _in_figures(text: str, match: re.Match[str], notation: Notation) -> Day:
    first, _sign, second, year = match.groups()
    if len(year) != 4:
        raise Unread(faults.SHORT_YEAR, text.strip())
    found: dict[str, date] = {}
    for order, month, day in (("dmy", second, first), ("mdy", first, second)):
        try:
            found[order] = date(int(year), int(month), int(day))
        except ValueError:
            continue
    if not found:
        raise Unread(faults.NO_SUCH_DAY, text.strip())
    if notation.order in found:
        return Day(found[notation.order], notation.order)
    if len(set(found.values())) > 1:
        one, other = (print_day(day, notation.language) for day in found.values())
        raise Unread(faults.TWO_READINGS, text.strip(), first=one, second=other)
    order, value = next(iter(found.items()))
    return Day(value, order if len(found) == 1 else "")


def _with_name(text: str, shown: str, notation: Notation) -> date:
    known = month_names(notation.locale)[2]
    words = [word for word in WITH_NAME.findall(folded(shown)) if word not in FILLERS]
    names = [word for word in words if not word.isdecimal()]
    figures = [word for word in words if word.isdecimal()]
    in_order = len(words) == 3 and len(figures) == 2 and words[2].isdecimal() and len(figures[0]) <= 2
    if not in_order or names[0] not in known:
        raise Unread(faults.NO_DAY, text.strip(), example=print_day(EXAMPLE.date(), notation.language))
    if len(figures[1]) != 4:
        raise Unread(faults.SHORT_YEAR, text.strip())
    return _day(text, figures[1], str(known[names[0]]), figures[0])


def read_time(text: str) -> time:
    """The time of day in a text, by 24 hours or with its half of the day."""
    match = TIME.fullmatch(plain(text))
    if match is None:
        raise Unread(faults.NO_TIME, text.strip())
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    half = (match[4] or "").replace(".", "").lower()
    if half:
        if half not in MORNING | AFTERNOON or not 1 <= hour <= 12:
            raise Unread(faults.NO_TIME, text.strip())
        hour = hour % 12 + (12 if half in AFTERNOON else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        raise Unread(faults.NO_TIME, text.strip()) from None


def read_instant(text: str, notation: Notation) -> tuple[datetime, str]:
    """The day and time in a text, with its zone where it names one, and the order of its figures."""
    shown = plain(text)
    if ISO_INSTANT.fullmatch(shown):
        try:
            found = datetime.fromisoformat(shown)
        except ValueError:
            raise Unread(faults.NO_SUCH_DAY, text.strip()) from None
        _refuse_other_times(found, text)
        return found, ""
    match = DAY_AND_TIME.fullmatch(shown)
    if match is None:
        raise Unread(faults.NO_INSTANT, text.strip(), example=print_instant(EXAMPLE, notation.language))
    day = read_day(match[1], notation)
    return datetime.combine(day.value, read_time(match[2])), day.order

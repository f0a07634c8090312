"""Figures, days and times in the language of the page: every print and every reading goes through here."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import get_language, gettext

from meridian.kernel import notation
from meridian.kernel.notation import NEUTRAL, Reader, Unread

__all__ = [
    "NEUTRAL",
    "Reader",
    "Unread",
    "amount_text",
    "day_text",
    "instant_text",
    "list_text",
    "month_text",
    "number_text",
    "page_language",
    "page_reader",
    "percent_text",
    "sentence",
    "time_text",
    "weekday_text",
]


def page_language() -> str:
    """The language in which the page prints."""
    return get_language() or "en"


def page_reader() -> Reader:
    """A reader of what somebody types or pastes on the page that is shown."""
    return Reader(page_language())


def sentence(fault: Unread) -> str:
    """What could not be read and what to do, in the language of the page."""
    return gettext(fault.words) % fault.facts


def number_text(value: Decimal | int, decimals: int | None = None, *, grouped: bool = True) -> str:
    """A number, rounded half away from zero; None keeps the decimals that it has."""
    return notation.print_number(value, page_language(), decimals, grouped=grouped)


def amount_text(value: Decimal | int, decimals: int | None = None) -> str:
    """An amount as tables show it: brackets below zero, a dash for nil."""
    return notation.print_amount(value, page_language(), decimals)


def percent_text(value: Decimal | int, decimals: int | None = None) -> str:
    """A percentage with its sign, from 2.5 for 2.5 %."""
    return notation.print_percent(value, page_language(), decimals)


def day_text(day: datetime.date) -> str:
    """A day; an instant gives the day in the reader's zone."""
    if isinstance(day, datetime.datetime) and timezone.is_aware(day):
        day = timezone.localtime(day).date()
    return notation.print_day(day, page_language())


def list_text(texts: Iterable[str]) -> str:
    """Several things in a row."""
    return notation.print_list(texts, page_language())


def month_text(day: datetime.date) -> str:
    """The short name of a day's month."""
    return notation.print_month(day, page_language())


def weekday_text(day: datetime.date) -> str:
    """A day within a week that is told beside it, such as “Fri 27”."""
    return f"{WEEKDAYS_ABBR[day.weekday()]} {day.day}"


def instant_text(at: datetime.datetime) -> str:
    """A day and a time in the reader's zone."""
    return notation.print_instant(timezone.localtime(at), page_language())


def time_text(at: datetime.datetime | datetime.time) -> str:
    """A time of day as it stands in `at`."""
    return notation.print_time(at)

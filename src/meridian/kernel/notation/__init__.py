"""Figures, days and times as six languages print them, and the one reader that takes them back."""

from meridian.kernel.notation.days import YEARS
from meridian.kernel.notation.faults import Unread
from meridian.kernel.notation.languages import NEUTRAL, Notation, direction, notation_of
from meridian.kernel.notation.printing import (
    print_amount,
    print_day,
    print_instant,
    print_list,
    print_month,
    print_number,
    print_percent,
    print_time,
)
from meridian.kernel.notation.reader import Reader

__all__ = [
    "NEUTRAL",
    "YEARS",
    "Notation",
    "Reader",
    "Unread",
    "direction",
    "notation_of",
    "print_amount",
    "print_day",
    "print_instant",
    "print_list",
    "print_month",
    "print_number",
    "print_percent",
    "print_time",
]

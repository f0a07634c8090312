"""What the portfolio's pages say alike: money, days, tones, titles of gates."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

MILLION_CENTS = 100_000_000
STATE_TONES = {
    "draft": "still",
    "review": "accent",
    "project": "accent",
    "live": "watch",
    "stabilised": "watch",
    "benefit": "good",
    "closed": "still",
    "refused": "bad",
}
GATE_TITLES = {
    "submit": (_("Submit for review"), "next"),
    "send_back": (_("Send back"), "reply"),
    "approve": (_("Approve"), "check"),
    "refuse": (_("Refuse"), "close"),
    "go_live": (_("Report go-live"), "next"),
    "stabilise": (_("Declare stable"), "check"),
    "count_benefit": (_("Count the benefits"), "check"),
    "close": (_("Close"), "lock"),
}
CLOCK_WORDS = {
    "before": (_("Before go-live"), "still"),
    "stabilising": (_("Stabilising"), "watch"),
    "first_year": (_("In its full year"), "watch"),
    "counting": (_("Counts"), "good"),
}


def number_text(value: Decimal | int, decimals: int = 0) -> str:
    """A number in the reader's form, rounded half away from zero; Django's own form only cuts off."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = number_format(rounded, decimals, use_l10n=True, force_grouping=True)
    # Between Arabic words a minus would else jump behind its number.
    return f"\N{LEFT-TO-RIGHT MARK}{text}" if rounded < 0 else text


def millions(cents: int | float, decimals: int = 1) -> str:
    """USD million from cents."""
    return number_text(Decimal(round(cents)) / MILLION_CENTS, decimals)


def usd_millions(usd: Decimal | str | float, decimals: int = 1) -> str:
    """USD million from USD."""
    return number_text(Decimal(str(usd)) / 1_000_000, decimals)


def per_cent(share: Decimal | float | None, decimals: int = 1) -> str:
    return "–" if share is None else f"{number_text(Decimal(str(share)) * 100, decimals)}\N{NO-BREAK SPACE}%"


def day_text(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")

"""What the portfolio's pages say alike: money, days, tones, titles of gates."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from meridian.engine.figures import number_text, percent_text

MILLION_CENTS = 100_000_000
CLOCK_WORDS = {
    "before": (_("Before go-live"), "still"),
    "stabilising": (_("Stabilising"), "watch"),
    "first_year": (_("In its full year"), "watch"),
    "counting": (_("Counts"), "good"),
}


def millions(cents: int | float, decimals: int = 1) -> str:
    """USD million from cents."""
    return number_text(Decimal(round(cents)) / MILLION_CENTS, decimals)


def usd_millions(usd: Decimal | str | float, decimals: int = 1) -> str:
    """USD million from USD."""
    return number_text(Decimal(str(usd)) / 1_000_000, decimals)


def per_cent(share: Decimal | float | None, decimals: int = 1) -> str:
    return "–" if share is None else percent_text(Decimal(str(share)) * 100, decimals)

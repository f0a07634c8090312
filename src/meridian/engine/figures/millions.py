"""Large sums of money as people read them: in millions, and shares in per cent."""

from decimal import Decimal

from meridian.engine.figures import number_text, percent_text

MILLION_CENTS = 100_000_000


def millions(cents: int | float, decimals: int = 1) -> str:
    """Millions, from cents."""
    return number_text(Decimal(round(cents)) / MILLION_CENTS, decimals)


def usd_millions(usd: Decimal | str | float, decimals: int = 1) -> str:
    """USD million from USD."""
    return number_text(Decimal(str(usd)) / 1_000_000, decimals)


def per_cent(share: Decimal | float | None, decimals: int = 1) -> str:
    """A share of one in per cent; a dash where there is none."""
    return "–" if share is None else percent_text(Decimal(str(share)) * 100, decimals)

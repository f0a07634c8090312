"""The reader of everything that people type, paste or send in a file."""

import re
from datetime import date, datetime, time
from decimal import Decimal

from meridian.kernel.notation import days, faults
from meridian.kernel.notation.faults import Unread
from meridian.kernel.notation.figures import Figure, read_figure
from meridian.kernel.notation.languages import notation_of

DASHES = frozenset("–—-−")
BETWEEN = re.compile("[,،、\n]")


class Reader:
    """Reads what was printed in `language`, or `NEUTRAL` files: plain figures and ISO days.

    One reader goes over one form, paste or file and remembers by whose rules it read: a
    decimal comma in one cell and a decimal point in another can't both be right, and the
    second is refused. Every method raises `Unread` for what has no reading or two.
    """

    def __init__(self, language: str) -> None:
        self.notation = notation_of(language)
        self._seen: dict[str, tuple[str, str]] = {}

    def figure(self, text: str, decimals: int | None = None) -> Figure:
        """A number with whatever signs it bears: per cent, currency."""
        found = read_figure(text, self.notation, decimals)
        self._agree("point", found.point, text)
        return found

    def number(self, text: str, decimals: int | None = None) -> Decimal:
        """A plain number."""
        found = self.figure(text, decimals)
        self._refuse_currency(found, text, "")
        if found.is_percentage:
            raise Unread(faults.A_PERCENTAGE, text.strip())
        return found.value

    def whole(self, text: str) -> int:
        """A plain number without decimals."""
        return int(self.number(text, 0))

    def amount(self, text: str, currency: str = "USD", decimals: int = 2) -> Decimal:
        """An amount of the currency, whose mark it may bear; a dash is nil."""
        if text.strip() in DASHES:
            return Decimal(0)
        found = self.figure(text, decimals)
        self._refuse_currency(found, text, currency)
        if found.is_percentage:
            raise Unread(faults.A_PERCENTAGE, text.strip())
        return found.value

    def percent(self, text: str, decimals: int | None = None) -> Decimal:
        """A percentage with or without its sign, in per cent: 2.5 for 2.5 %."""
        found = self.figure(text, decimals)
        self._refuse_currency(found, text, "")
        return found.value

    def day(self, text: str) -> date:
        """A day."""
        found = days.read_day(text, self.notation)
        self._agree("order", found.order, text)
        return found.value

    def time(self, text: str) -> time:
        """A time of day."""
        return days.read_time(text)

    def instant(self, text: str) -> datetime:
        """A day with a time of day; with a zone only where the text names one."""
        value, order = days.read_instant(text, self.notation)
        self._agree("order", order, text)
        return value

    def words(self, text: str) -> list[str]:
        """The things of a list, however they are parted."""
        return [word.strip() for word in BETWEEN.split(text) if word.strip()]

    def _agree(self, kind: str, rule: str, text: str) -> None:
        if not rule:
            return
        earlier, where = self._seen.setdefault(kind, (rule, text.strip()))
        if earlier != rule:
            raise Unread(faults.TWO_NOTATIONS, text.strip(), earlier=where)

    def _refuse_currency(self, found: Figure, text: str, currency: str) -> None:
        if found.currency not in ("", currency):
            raise Unread(faults.OTHER_CURRENCY, text.strip(), currency=found.currency)

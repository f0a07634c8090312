"""What the address of a proof asks: which figure is meant, the number that was shown, and when."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from meridian.engine.figures import Reader, Unread, sentence
from meridian.engine.listing.parameters import NotUnderstood, one_of, refuse_unknown, shown
from meridian.engine.modules import ProofOf
from meridian.engine.modules.registry import AT, SHOWN, Given

LARGEST_SHOWN = Decimal(10) ** 24
LONGEST_SHOWN = 40
LAST_SECOND = 32_503_680_000
LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of a proof as texts; each is read by what it is, and refused in words."""

    given: Mapping[str, str]

    def text(self, name: str) -> str:
        """As it was sent, empty when it wasn't."""
        return self.given.get(name, "")

    def option(self, name: str, options: Mapping[str, Any]) -> str:
        """One of the options (value to words)."""
        return one_of(name, self.text(name), options)

    def key(self, name: str) -> int:
        """The number of a row."""
        text = self.text(name)
        if not (text.isascii() and text.isdecimal() and len(text) < 19):
            raise NotUnderstood({name: _("“%(value)s” is no number of a row.") % {"value": shown(text)}})
        return int(text)

    def day(self, name: str) -> datetime.date:
        """A day in the notation of dates between programs."""
        try:
            return Reader("en").day(self.text(name))
        except Unread as fault:
            raise NotUnderstood({name: sentence(fault)}) from fault


@dataclass(frozen=True, slots=True)
class Asked:
    """A proof as it is asked for: `shown` and `at` are None where the address doesn't say them."""

    arguments: Arguments
    shown: Decimal | None
    at: datetime.datetime | None


def read(given: Given[ProofOf], query: Mapping[str, Any]) -> Asked:
    """The address of a proof, read; `NotUnderstood` for what the proof doesn't take."""
    refuse_unknown(query, (*given.declared.takes, SHOWN, AT))
    arguments = {name: str(query[name]) for name in given.declared.takes if name in query}
    for name, text in arguments.items():
        if len(text) > LONGEST_TEXT or "\0" in text:
            raise NotUnderstood({name: _("“%(value)s” names nothing here.") % {"value": shown(text)}})
    return Asked(Arguments(arguments), _shown(query.get(SHOWN, "")), _at(query.get(AT, "")))


def _shown(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        number = Decimal(text) if text.isascii() and len(text) <= LONGEST_SHOWN else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not _is_written_out(number):
        raise NotUnderstood({SHOWN: _("“%(value)s” is no number.") % {"value": shown(text)}})
    return number


def _is_written_out(number: Decimal) -> bool:
    """Whether all its digits fit a sentence: an exponent of few letters may stand for millions of zeros."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and abs(exponent) <= LONGEST_SHOWN and abs(number) < LARGEST_SHOWN


def _at(text: str) -> datetime.datetime | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 12 and int(text) < LAST_SECOND):
        raise NotUnderstood({AT: _("“%(value)s” is no second since 1970.") % {"value": shown(text)}})
    return datetime.datetime.fromtimestamp(int(text), datetime.UTC)

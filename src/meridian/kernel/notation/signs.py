"""What stands around the digits: marks of direction, signs, currencies, per cent."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from meridian.kernel.notation import faults
from meridian.kernel.notation.faults import Unread

UNSEEN = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0x061C, 0xFEFF]
)
SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
MINUSES = "\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d\u2796"
APOSTROPHES = "\u2019\u2018\u02bc\uff07\u00b4`"
ALIKE = {
    **dict.fromkeys(map(ord, SPACES), " "),
    **dict.fromkeys(map(ord, MINUSES), "-"),
    **dict.fromkeys(map(ord, APOSTROPHES), "'"),
    **{ord(wide): plain for wide, plain in zip("．，（）＋％：／٪﹪＄", ".,()+%:/%%$", strict=True)},
}
# Kind, mark and what it says; the longest first: "US$" before "$".
MARKS = (
    *(("sign", sign, sign) for sign in "+-"),
    ("percent", "%", "%"),
    *(("currency", mark, "USD") for mark in ("US$", "$US", "$")),
    *(
        ("currency", mark, code)
        for mark, code in (("€", "EUR"), ("£", "GBP"), ("¥", "CNY"), ("₽", "RUB"), ("₣", "CHF"))
    ),
)
CODE = re.compile(r"[A-Z]{3}")
MOST_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Bare:
    """A text without its signs: ASCII digits with separators, and what the signs said."""

    digits: str
    is_negative: bool
    is_percentage: bool
    currency: str


def plain(text: str) -> str:
    """The text without marks of direction, every sign in its plainest shape, digits in ASCII."""
    if len(text) > MOST_CHARACTERS * 4:
        raise Unread(faults.TOO_LARGE, text)
    shown = text.translate(UNSEEN).translate(ALIKE).strip()
    if not shown:
        raise Unread(faults.NOTHING, text)
    if len(shown) > MOST_CHARACTERS:
        raise Unread(faults.TOO_LARGE, shown)
    return _ascii_digits(shown)


def _ascii_digits(text: str) -> str:
    if text.isascii():
        return text
    figures = {sign: unicodedata.decimal(sign, -1) for sign in set(text)}
    zeros = {ord(sign) - figure for sign, figure in figures.items() if figure >= 0}
    if len(zeros) > 1:
        raise Unread(faults.TWO_SCRIPTS, text)
    return "".join(str(figures[sign]) if figures[sign] >= 0 else sign for sign in text)


def bare(text: str) -> Bare:
    """Takes each sign off once, in whatever order they stand around the digits."""
    digits, said = plain(text), dict[str, str]()
    while True:
        for kind, sign, rest in _outermost(digits):
            if kind not in said:
                said[kind], digits = sign, rest.strip()
                break
        else:
            break
    return Bare(digits, said.get("sign") == "-", "percent" in said, said.get("currency", ""))


def _outermost(text: str) -> Iterator[tuple[str, str, str]]:
    """Each sign that stands outermost: its kind, what it says and the text without it."""
    if text[:1] == "(" and text[-1:] == ")":
        yield "sign", "-", text[1:-1]
    for kind, mark, meaning in MARKS:
        if text.startswith(mark):
            yield kind, meaning, text[len(mark) :]
        if text.endswith(mark):
            yield kind, meaning, text[: -len(mark)]
    if CODE.match(text[:3]) and not text[3:4].isalpha():
        yield "currency", text[:3], text[3:]
    if CODE.match(text[-3:]) and not text[-4:-3].isalpha():
        yield "currency", text[-3:], text[:-3]

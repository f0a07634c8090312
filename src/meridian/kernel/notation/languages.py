"""How each of the six languages writes figures and days on a page.

The decimal point is that of CLDR. Thousands are parted as the language's readers expect it and
never by what another of the six takes for its decimal point where a space will do (Spanish).
A day is printed written out: in figures alone it has one order here and another there.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module

NARROW_SPACE, SPACE = "\u202f", "\u00a0"
LEFT_TO_RIGHT = "\u200e"
# Arabic writers set the hamza of a month as they please.
ALIFS = str.maketrans("أإآ", "ااا")


@dataclass(frozen=True, slots=True)
class Notation:
    """The signs of a language; `order` is that of a day written in figures, empty for none.

    `day` and `percent` are patterns of `str.format`; `between` parts the things of a list.
    """

    language: str
    point: str
    group: str
    order: str
    day: str
    percent: str = "{}%"
    between: str = ", "

    @property
    def locale(self) -> str:
        """The name that CLDR knows it by."""
        return self.language or "en"


# Files: figures without groups, days and times by ISO 8601.
NEUTRAL = ""

NOTATIONS = {
    found.language: found
    for found in (
        Notation(NEUTRAL, ".", "", "", "{y:04}-{m:02}-{d:02}"),
        Notation("en", ".", ",", "", "{d} {name} {y:04}"),
        Notation("fr", ",", NARROW_SPACE, "dmy", "{d} {name} {y:04}", f"{{}}{NARROW_SPACE}%"),
        Notation("es", ",", SPACE, "dmy", "{d} de {name} de {y:04}", f"{{}}{SPACE}%"),
        Notation("ru", ",", SPACE, "dmy", "{d} {name} {y:04} г.", f"{{}}{SPACE}%"),
        Notation("zh", ".", ",", "ymd", "{y:04}年{m}月{d}日", between="、"),
        Notation("ar", ".", ",", "dmy", "{d} {name} {y:04}", f"{{}}{LEFT_TO_RIGHT}%{LEFT_TO_RIGHT}", "، "),
    )
}


def notation_of(language: str) -> Notation:
    """The notation of a language code such as `fr` or `zh-hans`; an unknown one raises ValueError."""
    found = NOTATIONS.get(language.split("-")[0].lower())
    if found is None:
        known = ", ".join(filter(None, NOTATIONS))
        raise ValueError(f"No notation is known for language {language!r}; use one of {known}.")
    return found


def direction(language: str) -> str:
    """`rtl` for Arabic, otherwise `ltr`."""
    return "rtl" if notation_of(language).language == "ar" else "ltr"


def folded(name: str) -> str:
    """A name as it is compared."""
    return name.casefold().translate(ALIFS)


@cache
def month_names(locale: str) -> tuple[dict[int, str], dict[int, str], dict[str, int]]:
    """The names of the months beside a day, wide and short, and every name that means one month."""
    # The names of a language are loaded only where a day is named.
    months = import_module("babel").Locale.parse(locale).months
    meant: dict[str, set[int]] = {}
    for use in months.values():
        for width in ("wide", "abbreviated"):
            for number, name in use[width].items():
                meant.setdefault(folded(name.rstrip(".")), set()).add(number)
    beside = months["format"]
    known = {name: numbers.pop() for name, numbers in meant.items() if len(numbers) == 1}
    return dict(beside["wide"]), dict(beside["abbreviated"]), known

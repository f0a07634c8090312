"""How figures look in six languages, and how such a figure is read back.

A negative figure stands in brackets, nil is a dash, and a figure that does not exist is
two points. Thousands are parted by a space that does not break (narrow in French).
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from meridian.engine.tables.table import Figure

NIL, ABSENT = "–", ".."
SPACES = "\u00a0\u202f\u2009\u2007 "


@dataclass(frozen=True, slots=True)
class NumberStyle:
    thousands: str
    point: str


STYLES = {
    "ar": NumberStyle("\u00a0", "."),
    "en": NumberStyle("\u00a0", "."),
    "es": NumberStyle("\u00a0", ","),
    "fr": NumberStyle("\u202f", ","),
    "ru": NumberStyle("\u00a0", ","),
    "zh": NumberStyle("\u00a0", "."),
}
RIGHT_TO_LEFT = frozenset({"ar"})


def style_of(language: str) -> NumberStyle:
    """The style of a language code such as `fr` or `zh-hans`; an unknown one raises ValueError."""
    style = STYLES.get(language.split("-")[0].lower())
    if style is None:
        raise ValueError(
            f"No number style is known for language {language!r}; use one of {', '.join(STYLES)}."
        )
    return style


def direction(language: str) -> str:
    """`rtl` for Arabic, otherwise `ltr`."""
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def printed(figure: Figure, decimals: int, language: str) -> str:
    """The figure as it is printed; more decimals than are printed raise ValueError."""
    if figure is None:
        return ABSENT
    number = Decimal(figure)
    shown = round(number, decimals)
    if shown != number:
        raise ValueError(f"{figure} does not fit into {decimals} decimals; round it before it is printed.")
    if number == 0:
        return NIL
    style = style_of(language)
    whole, _, fraction = f"{abs(shown):,.{decimals}f}".partition(".")
    text = whole.replace(",", style.thousands) + (style.point + fraction if fraction else "")
    return f"({text})" if number < 0 else text


def read_number(text: str, language: str) -> Figure:
    """The figure that `printed` wrote; anything else raises ValueError with the text."""
    bare = text.strip()
    if bare in (NIL, "-"):
        return Decimal(0)
    if bare in (ABSENT, ""):
        return None
    negative = bare.startswith("(") and bare.endswith(")")
    if negative:
        bare = bare[1:-1]
    for space in SPACES:
        bare = bare.replace(space, "")
    try:
        number = Decimal(bare.replace(style_of(language).point, "."))
    except InvalidOperation as fault:
        raise ValueError(f"{text!r} is no figure.") from fault
    return -number if negative else number

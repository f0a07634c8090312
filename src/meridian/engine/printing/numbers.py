"""How figures look in printed tables of six languages, and how such a figure is read back.

A negative figure stands in brackets, nil is a dash, and a figure that does not exist is two
points. On paper thousands are parted by a space that does not break in every language.
"""

from decimal import Decimal

from meridian.engine.tables.table import Figure
from meridian.kernel.notation import Reader, direction, notation_of, print_amount
from meridian.kernel.notation.languages import NARROW_SPACE, NOTATIONS, SPACE

__all__ = ["LANGUAGES", "SPACES", "direction", "printed", "read_number"]

ABSENT = ".."
SPACES = f"{SPACE}{NARROW_SPACE}\u2009\u2007 "
LANGUAGES = tuple(sorted(filter(None, NOTATIONS)))


def printed(figure: Figure, decimals: int, language: str) -> str:
    """The figure as it is printed; more decimals than are printed raise ValueError."""
    if figure is None:
        return ABSENT
    number = Decimal(figure)
    if round(number, decimals) != number:
        raise ValueError(f"{figure} does not fit into {decimals} decimals; round it before it is printed.")
    text = print_amount(number, language, decimals)
    return text if notation_of(language).point == "," else text.replace(",", SPACE)


def read_number(text: str, language: str) -> Figure:
    """The figure that `printed` wrote; anything else raises ValueError with the text."""
    return None if text.strip() in (ABSENT, "") else Reader(language).amount(text, decimals=12)

"""A table pasted from a spreadsheet: cells between tabs, one row a line."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

SPACES = "\u00a0\u202f\u2009 "


class PasteFault(ValueError):
    """A cell that is no amount: the row from 1, the column's name and the text."""

    def __init__(self, row: int, column: str, text: str) -> None:
        super().__init__(f"Row {row}, {column}: “{text}” is no number.")
        self.row, self.column, self.text = row, column, text


@dataclass(frozen=True, slots=True)
class Pasted:
    """A row as it was pasted: its words by column and its amounts by column."""

    number: int
    words: dict[str, str]
    amounts: dict[str, Decimal]


def read_paste(text: str, words: tuple[str, ...], amounts: tuple[str, ...]) -> list[Pasted]:
    """The rows of a paste whose columns are `words`, then `amounts`, then a reason.

    Missing cells are empty, an empty amount is zero, `(12)` is minus twelve; blank rows are
    passed over. A cell that is no amount raises `PasteFault`.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not any(cells):
            continue
        cells += [""] * (len(words) + len(amounts) + 1 - len(cells))
        given = dict(zip(words, cells, strict=False))
        figures = {
            column: read_amount(cell, number, column)
            for column, cell in zip(amounts, cells[len(words) :], strict=False)
        }
        given["reason"] = cells[len(words) + len(amounts)]
        found.append(Pasted(number, given, figures))
    return found


def read_amount(text: str, row: int, column: str) -> Decimal:
    """An amount with at most two decimals as people write it; anything else raises `PasteFault`."""
    bare = text
    for space in SPACES:
        bare = bare.replace(space, "")
    negative = bare.startswith("(") and bare.endswith(")")
    bare = bare.strip("()").replace(",", "")
    if bare in ("", "-", "–"):
        return Decimal(0)
    try:
        number = Decimal(bare)
    except InvalidOperation as fault:
        raise PasteFault(row, column, text) from fault
    if not number.is_finite() or number != round(number, 2):
        raise PasteFault(row, column, text)
    return -number if negative else number

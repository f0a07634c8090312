"""A table pasted from a spreadsheet: cells between tabs, one row a line."""

from dataclasses import dataclass
from decimal import Decimal

from meridian.kernel.notation.faults import Unread
from meridian.kernel.notation.reader import Reader

MOST_ROWS = 2_000


class PasteFault(ValueError):
    """Cells that can't be read: the row from 1, the column's name and why, for each."""

    def __init__(self, faults: list[tuple[int, str, Unread]]) -> None:
        super().__init__("; ".join(f"Row {row}, {column}: {fault}" for row, column, fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Pasted:
    """A row as it was pasted: its words by column and its amounts by column."""

    number: int
    words: dict[str, str]
    amounts: dict[str, Decimal]


def read_paste(text: str, words: tuple[str, ...], amounts: tuple[str, ...], reader: Reader) -> list[Pasted]:
    """The rows of a paste whose columns are `words`, then `amounts`, then a reason.

    Missing cells are empty, an empty amount is zero; blank rows are passed over. Whatever
    `reader` can't read is raised together as one `PasteFault`.
    """
    found, faults = [], []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not any(cells):
            continue
        cells += [""] * (len(words) + len(amounts) + 1 - len(cells))
        figures: dict[str, Decimal] = {}
        for column, cell in zip(amounts, cells[len(words) :], strict=False):
            try:
                figures[column] = reader.amount(cell) if cell else Decimal(0)
            except Unread as fault:
                faults.append((number, column, fault))
        given = dict(zip(words, cells, strict=False))
        given["reason"] = cells[len(words) + len(amounts)]
        found.append(Pasted(number, given, figures))
    if faults:
        raise PasteFault(faults)
    return found

"""The published data files of money and benefits, read cell by cell into amounts of smallest units.

A file is a CSV table in UTF-8 with one head. Amounts are exact decimals. What can't be taken
in raises `BadCell` with the file, the line (the head is line 1) and the column.
"""

import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from meridian.engine.tables.catalogue import BadCell

CENTS_PER_THOUSAND = 100_000
CENTS_PER_MILLION = 100_000_000
MICROS_PER_PERCENT = 1_000_000
WHOLE_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file; `cells` by column, `number` as a text editor counts lines."""

    file: str
    number: int
    cells: dict[str, str]

    def fault(self, column: str, why: str) -> BadCell:
        return BadCell(self.file, self.number, column, why)

    def code(self, column: str, known: Collection[str] = ()) -> str:
        """The code in a cell; an empty one, or one that is not among `known`, is a fault."""
        code = self.cells[column]
        if not code:
            raise self.fault(column, "the cell is empty.")
        if known and code not in known:
            raise self.fault(column, f"there is no {column} “{code}”; known are {', '.join(sorted(known))}.")
        return code

    def amount(self, column: str, smallest_units: int) -> int:
        """The number in a cell in smallest units, of which `smallest_units` make one of the file's."""
        text = self.cells[column]
        try:
            number = Decimal(text)
        except InvalidOperation as fault:
            raise self.fault(column, f"“{text}” is no number.") from fault
        if not number.is_finite():
            raise self.fault(column, f"“{text}” is no number.")
        amount = number * smallest_units
        if amount != amount.to_integral_value():
            raise self.fault(column, f"{text} has more decimals than can be kept.")
        return int(amount)


def read_lines(directory: Path, file: str, columns: Sequence[str]) -> Iterator[Line]:
    """The lines of a file that has these columns; nothing when there is no such file."""
    path = directory / file
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.DictReader(source)
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            raise BadCell(file, 1, missing[0], "the file has no such column.")
        for row in reader:
            cells = {column: (row[column] or "").strip() for column in columns}
            if any(cells.values()):
                yield Line(file, reader.line_num, cells)

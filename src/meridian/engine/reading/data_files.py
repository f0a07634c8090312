"""The published data files of a folder, read cell by cell; a fault names file, line and column.

A file is a CSV table with one head. Its cells come as text without spaces around them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from meridian.engine.sheets.faults import Unreadable
from meridian.engine.sheets.table import read_table


class BadCell(ValueError):
    """A cell of a file that can't be taken in: the file, line (the head is line 1), column and why."""

    def __init__(self, file: str, line: int, column: str, why: str) -> None:
        super().__init__(f"{file}, line {line}, column {column}: {why}")
        self.file, self.line, self.column, self.why = file, line, column, why


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file; `cells` by column, `number` as a text editor counts lines (the head is 1)."""

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

    def count(self, column: str) -> int:
        """The cell as a whole number that is not negative."""
        text = self.code(column)
        if not (text.isascii() and text.isdecimal()):
            raise self.fault(column, f"“{text}” is no whole number of 0 or more.")
        return int(text)

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


def read_lines(directory: Path, file: str, columns: Sequence[str]) -> list[Line]:
    """The lines of a file that has these columns; none when there is no such file."""
    path = directory / file
    if not path.is_file():
        return []
    try:
        table = read_table(file, path.read_bytes())
        if table.faults:
            raise table.faults[0]
    except Unreadable as fault:
        why = fault.sentence % fault.values
        raise BadCell(
            file, fault.line or 1, fault.column or columns[0], f"{why[:1].lower()}{why[1:]}"
        ) from fault
    for column in columns:
        if column not in table.headings:
            raise BadCell(file, 1, column, "the file has no such column.")
    return [
        Line(file, line.number, {column: line.cells[column].text.strip() for column in columns})
        for line in table.lines
    ]

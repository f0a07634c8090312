"""What a table in a file consists of."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds. An empty cell is none at all."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    # An object or a list in a JSON file.
    STRUCTURE = "structure"
    # `#REF!` and its kin, and a date that no calendar has.
    ERROR = "error"
    # A formula of which the file does not say what comes out.
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as text: a number in plain notation, a date by ISO 8601, `true` or `false`.

    `format` is the number format of a workbook's cell, empty for none.
    """

    text: str
    kind: Kind = Kind.TEXT
    format: str = ""

    @property
    def is_percent(self) -> bool:
        """Whether a person sees a hundred times the number, and `%`."""
        return self.kind is Kind.NUMBER and "%" in self.format


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that are not empty by column (the first is 1); `line` is where the row begins.

    `width` is how many cells are written, empty ones too; a workbook does not say (None).
    """

    line: int
    cells: Mapping[int, Cell]
    width: int | None = None

    @property
    def is_blank(self) -> bool:
        return all(not cell.text.strip() and cell.kind is Kind.TEXT for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a file; `name` is empty for CSV. `merged` are the ranges of merged cells (`A1:B2`)."""

    name: str
    rows: list[Row]
    merged: tuple[str, ...] = ()
    hidden: bool = False
    lettered: bool = False

    def column(self, number: int) -> str:
        """What a person calls a column without a heading."""
        return letters(number) if self.lettered else str(number)


def letters(number: int) -> str:
    """The letters of a column of a workbook: 1 is A, 27 is AA."""
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


def column_of(reference: str) -> int:
    """The number of the column in a reference such as `AB12`; 0 when it names none."""
    number = 0
    for letter in reference:
        if not "A" <= letter <= "Z" or number > 100_000:
            break
        number = number * 26 + ord(letter) - 64
    return number

"""The table as a value: columns, rows with levels, exact figures, notes apart from the figures.

Levels say what adds: a subtotal or total at level n is the sum of the rows at level n + 1
that stand above it, up to the nearest row at level n or less. The whole is at level 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

Figure = Decimal | int | None


class RowKind(StrEnum):
    """A line is a fact; a subtotal and a total are sums of the rows above them."""

    LINE = "line"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures.

    `terms` makes it a sum: (key of another column, 1 or -1) each. `percent_of` makes it a
    percentage: (key of the part, key of the whole). `decimals` overrides the table's.
    """

    key: str
    label: str
    terms: tuple[tuple[str, int], ...] = ()
    percent_of: tuple[str, str] | None = None
    decimals: int | None = None

    @property
    def adds_down(self) -> bool:
        """Whether figures of this column may be summed over rows; percentages may not."""
        return self.percent_of is None


@dataclass(frozen=True, slots=True)
class Row:
    """One row; a figure is exact, None where there is none to give.

    `marks` are the letters of footnotes to the label; `figure_marks` those to a figure, by
    column key.
    """

    key: str
    label: str
    values: tuple[Figure, ...]
    level: int = 1
    kind: RowKind = RowKind.LINE
    marks: tuple[str, ...] = ()
    figure_marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures in one `unit` ("USD thousand") with as many printed `decimals`.

    Titles and labels may be lazy translations: they are read when the table is printed.
    `notes` are (letter, text) of the footnotes. `dataset` is the key of the data set behind it,
    where its cells can be proved.
    """

    name: str
    title: str
    unit: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    decimals: int = 0
    row_heading: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    dataset: str = ""

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if len(set(keys)) < len(keys):
            raise ValueError(f"The table {self.name} has two columns with one key.")
        for row in self.rows:
            if len(row.values) != len(keys):
                raise ValueError(
                    f"Row {row.key} of {self.name} has {len(row.values)} figures for {len(keys)} columns."
                )
            if any(isinstance(value, float) for value in row.values):
                raise TypeError(f"Row {row.key} of {self.name} holds a float; figures must be exact.")

    def decimals_of(self, column: Column) -> int:
        return self.decimals if column.decimals is None else column.decimals

    def place(self, key: str) -> int:
        """The index of the column with that key; KeyError when there is none."""
        for index, column in enumerate(self.columns):
            if column.key == key:
                return index
        raise KeyError(key)


def summands(rows: Sequence[Row]) -> dict[int, list[int]]:
    """For each subtotal and total, by its index, the indices of the rows it sums."""
    sums: dict[int, list[int]] = {}
    for index, row in enumerate(rows):
        if row.kind is RowKind.LINE:
            continue
        parts = []
        for above in range(index - 1, -1, -1):
            if rows[above].level <= row.level:
                break
            if rows[above].level == row.level + 1:
                parts.append(above)
        sums[index] = parts[::-1]
    return sums

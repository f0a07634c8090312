"""Add a table again: every subtotal, total and sum across is proved from the figures themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from meridian.engine.tables.table import Column, Figure, Table, summands


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A sum that does not come out: where, what stands there, and what the parts make."""

    table: str
    row: str
    column: str
    stated: Decimal
    expected: Decimal

    def __str__(self) -> str:
        place = f"{self.table}, row {self.row}, column {self.column}"
        return f"{place}: {self.stated} stands, the parts make {self.expected}."


def re_add(table: Table, columns: Sequence[Column] | None = None) -> list[Mismatch]:
    """Every sum of the table that does not come out; an empty list proves it.

    `columns` are those of the table as it was meant, for a table read back from a file that
    does not say which columns are sums or percentages; they must match one to one.
    """
    meant = tuple(columns or table.columns)
    if len(meant) != len(table.columns):
        raise ValueError(f"{table.name} has {len(table.columns)} columns where {len(meant)} are meant.")
    return [*_down(table, meant), *_across(table, meant)]


def _down(table: Table, columns: Sequence[Column]) -> list[Mismatch]:
    found = []
    for index, parts in summands(table.rows).items():
        row = table.rows[index]
        for place, column in enumerate(columns):
            if not column.adds_down or row.values[place] is None:
                continue
            expected = sum((_number(table.rows[part].values[place]) for part in parts), Decimal(0))
            stated = _number(row.values[place])
            if stated != expected:
                found.append(Mismatch(table.name, row.label or row.key, column.key, stated, expected))
    return found


def _across(table: Table, columns: Sequence[Column]) -> list[Mismatch]:
    places = {column.key: place for place, column in enumerate(columns)}
    found = []
    for row in table.rows:
        for column in columns:
            stated = row.values[places[column.key]]
            if not column.terms or stated is None:
                continue
            expected = sum(
                (sign * _number(row.values[places[key]]) for key, sign in column.terms), Decimal(0)
            )
            if _number(stated) != expected:
                found.append(
                    Mismatch(table.name, row.label or row.key, column.key, _number(stated), expected)
                )
    return found


def _number(figure: Figure) -> Decimal:
    return Decimal(0) if figure is None else Decimal(figure)

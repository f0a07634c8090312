"""From facts to a table: which axis goes down, which goes across, in what unit."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from meridian.engine.tables.table import Column, Row, Table
from meridian.engine.tables.totals import TOTAL_KEY, add_totals, with_percentages, with_sums_across
from meridian.kernel.apportionment import Exact, as_printed, exact
from meridian.kernel.controlled_rounding import in_steps

Fact = tuple[str, str, Exact]


@dataclass(frozen=True, slots=True)
class Unit:
    """What a printed figure counts: `size` smallest units (cents) make one; `decimals` are printed."""

    label: str
    size: Exact = 1
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Axis:
    """The keys of an axis in their order, and a label for each (its key where none is given)."""

    keys: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    heading: str = ""

    def label(self, key: str) -> str:
        return self.labels.get(key, key)


@dataclass(frozen=True, slots=True)
class TableSpec:
    """How facts are laid out.

    `groups` gives the groups of a row key, outermost first; each gets its subtotal.
    `total_label` and `total_column_label` are empty where no total is wanted. `derived` are
    further columns: percentages of two columns, or sums of columns.
    """

    name: str
    title: str
    unit: Unit
    down: Axis
    across: Axis
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    group_labels: Mapping[str, str] = field(default_factory=dict)
    total_label: str = "Total"
    total_column_label: str = "Total"
    derived: tuple[Column, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    def lay_out(self, facts: Iterable[Fact]) -> Table:
        """The table of (row key, column key, amount in smallest units).

        Facts of one cell add up. Amounts that the printed unit cannot show exactly are
        rounded so that the table still adds in both directions. A key that is not on its
        axis raises ValueError.
        """
        exact_amounts = self._amounts(facts)
        step = exact(self.unit.size) / 10**self.unit.decimals
        rounded = [
            [as_printed(count, self.unit.decimals) for count in line]
            for line in in_steps(exact_amounts, step)
        ]
        table = self._table(rounded)
        columns = [column.key for column in table.columns]
        unrounded = [
            {key: value or 0 for key, value in zip(columns, row.values, strict=True)}
            for row in self._table(exact_amounts).rows
        ]
        return with_percentages(table, unrounded)

    def _table(self, figures: Sequence[Sequence[Any]]) -> Table:
        columns = self._columns()
        rows = [
            Row(key, self.down.label(key), (*line, *[None] * (len(columns) - len(line))))
            for key, line in zip(self.down.keys, figures, strict=True)
        ]
        if self.total_label:
            rows = add_totals(
                rows,
                self.groups,
                total_label=self.total_label,
                subtotal_label=lambda group: self.group_labels.get(group, group),
                columns=columns,
            )
        table = Table(
            name=self.name,
            title=self.title,
            unit=self.unit.label,
            columns=columns,
            rows=tuple(rows),
            decimals=self.unit.decimals,
            row_heading=self.down.heading,
            notes=self.notes,
        )
        return with_sums_across(table)

    def _columns(self) -> tuple[Column, ...]:
        columns = [Column(key, self.across.label(key)) for key in self.across.keys]
        if self.total_column_label:
            terms = tuple((key, 1) for key in self.across.keys)
            columns.append(Column(TOTAL_KEY, self.total_column_label, terms=terms))
        return (*columns, *self.derived)

    def _amounts(self, facts: Iterable[Fact]) -> list[list[Exact]]:
        cells: dict[tuple[str, str], Exact] = defaultdict(int)
        known_down, known_across = set(self.down.keys), set(self.across.keys)
        for down, across, amount in facts:
            if down not in known_down:
                raise ValueError(f"{self.name} has no row {down!r}.")
            if across not in known_across:
                raise ValueError(f"{self.name} has no column {across!r}.")
            cells[down, across] = exact(cells[down, across]) + exact(amount)
        return [[cells[down, across] for across in self.across.keys] for down in self.down.keys]

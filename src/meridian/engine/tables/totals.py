"""Totals come out of the rows: sums down, sums across and percentages of unrounded amounts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from meridian.engine.tables.table import Column, Figure, Row, RowKind, Table
from meridian.kernel.apportionment import Exact, exact, round_half_up

TOTAL_KEY = "total"


def add_totals(
    rows: Sequence[Row],
    levels: Mapping[str, Sequence[str]] | None = None,
    *,
    total_label: str = "Total",
    subtotal_label: Callable[[str], str] = "Subtotal, {}".format,
    columns: Sequence[Column] | None = None,
) -> list[Row]:
    """The lines with a subtotal after each group, under the key of the group, and the total at the end.

    `levels` gives the groups of a row by its key, outermost first (none for a row that
    stands alone); rows of a group must stand together. Where `columns` are given, their
    percentages are left empty in the sums, for `with_percentages` to fill.
    """
    groups = levels or {}
    result: list[Row] = []
    open_groups: list[tuple[str, list[Row]]] = []
    everything: list[Row] = []
    closed: set[tuple[str, ...]] = set()

    def close_down_to(depth: int) -> None:
        while len(open_groups) > depth:
            path = tuple(name for name, _ in open_groups)
            name, members = open_groups.pop()
            if path in closed:
                raise ValueError(f"The rows of group {name} do not stand together.")
            closed.add(path)
            label = subtotal_label(name)
            result.append(_sum_row(name, label, members, len(open_groups) + 1, columns))

    for row in rows:
        path = tuple(groups.get(row.key, ()))
        kept = 0
        while kept < min(len(path), len(open_groups)) and open_groups[kept][0] == path[kept]:
            kept += 1
        close_down_to(kept)
        open_groups.extend((name, []) for name in path[kept:])
        line = replace(row, level=len(path) + 1, kind=RowKind.LINE)
        result.append(line)
        everything.append(line)
        for _, members in open_groups:
            members.append(line)
    close_down_to(0)
    return [*result, _sum_row(TOTAL_KEY, total_label, everything, 0, columns)]


def _sum_row(key: str, label: str, lines: Sequence[Row], level: int, columns: Sequence[Column] | None) -> Row:
    width = len(lines[0].values) if lines else len(columns or ())
    values = tuple(
        _sum([line.values[index] for line in lines]) if columns is None or columns[index].adds_down else None
        for index in range(width)
    )
    kind = RowKind.SUBTOTAL if level else RowKind.TOTAL
    return Row(key, label, values, level, kind)


def _sum(figures: Sequence[Figure]) -> Figure:
    return sum((figure for figure in figures if figure is not None), 0)


def with_sums_across(table: Table) -> Table:
    """The table with every column that has `terms` filled from the columns it names."""
    rows = []
    for row in table.rows:
        values = list(row.values)
        for index, column in enumerate(table.columns):
            if column.terms:
                values[index] = _sum([_signed(values[table.place(key)], sign) for key, sign in column.terms])
        rows.append(replace(row, values=tuple(values)))
    return replace(table, rows=tuple(rows))


def _signed(figure: Figure, sign: int) -> Figure:
    return None if figure is None else figure * sign


def with_percentages(table: Table, unrounded: Sequence[Mapping[str, Exact]] | None = None) -> Table:
    """The table with every column that has `percent_of` filled.

    `unrounded` holds, for each row, the exact amounts by column key; without it the figures
    of the table are the exact amounts.
    """
    rows = []
    for index, row in enumerate(table.rows):
        amounts = (
            unrounded[index]
            if unrounded is not None
            else {column.key: row.values[place] or 0 for place, column in enumerate(table.columns)}
        )
        values = list(row.values)
        for place, column in enumerate(table.columns):
            if column.percent_of:
                part, whole = column.percent_of
                values[place] = percentage(amounts[part], amounts[whole], table.decimals_of(column))
        rows.append(replace(row, values=tuple(values)))
    return replace(table, rows=tuple(rows))


def percentage(part: Exact, whole: Exact, decimals: int = 1) -> Decimal | None:
    """`part` in per cent of `whole`, both unrounded; halves away from zero; None of nothing."""
    base = exact(whole)
    if base == 0:
        return None
    steps = round_half_up(Fraction(100 * 10**decimals) * exact(part) / base)
    return Decimal(steps).scaleb(-decimals)

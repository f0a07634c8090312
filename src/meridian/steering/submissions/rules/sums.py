"""Totals added again: down the rows (by place, by label, by level) and across the columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from meridian.steering.submissions.rules.shape import (
    ADDING,
    Finding,
    Role,
    Shape,
    same,
)
from meridian.steering.submissions.rules.words import Kind, total_kind, words_of

NOTHING = Decimal(0)
MADE_WORDS = {
    "estimate",
    "estimates",
    "before",
    "after",
    "revised",
    "balance",
    "proposed",
    "approved",
    "final",
}
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sum that does not come out: its cell, the cells it should be the sum of, and what they make."""

    cell: Cell
    parts: tuple[Cell, ...]
    expected: Decimal
    rule: str


def check_sums(shape: Shape) -> list[Finding]:
    """Totals down and across that do not come out.

    A sum that would come out if another doubtful sum stood right is not named: the fault is
    the other's.
    """
    doubts = [*_doubts_down(shape), *_doubts_across(shape)]
    doubts = list({(doubt.cell, doubt.expected): doubt for doubt in reversed(doubts)}.values())[::-1]
    right = {doubt.cell: doubt.expected for doubt in doubts}
    findings = []
    for doubt in doubts:
        mended = sum((right.get(part, shape.figure(*part)) for part in doubt.parts), NOTHING)
        doubtful = any(part in right for part in doubt.parts)
        if not (doubtful and same(mended, shape.figure(*doubt.cell))):
            findings.append(shape.finding(*doubt.cell, doubt.expected, doubt.rule))
    return findings


def _doubts_down(shape: Shape) -> Iterator[Doubt]:
    for row, kind in enumerate(shape.kinds):
        if kind is not Kind.LINE:
            yield from _doubts_of_row(shape, row, _ways_down(shape, row), f"{kind}_row")
        elif members := _children_below(shape, row):
            yield from _doubts_of_row(shape, row, [members], "level")


def _doubts_of_row(shape: Shape, row: int, ways: Sequence[Sequence[int]], rule: str) -> Iterator[Doubt]:
    columns = [c for c in shape.columns(*ADDING) if shape.lines[row].figures[c] is not None]
    if not ways or not columns:
        return

    def hits(way: Sequence[int]) -> int:
        return sum(
            same(_sum(shape, [(part, column) for part in way]), shape.figure(row, column))
            for column in columns
        )

    best = max(ways, key=hits)
    for column in columns:
        parts = tuple((part, column) for part in best)
        expected = _sum(shape, parts)
        if not same(expected, shape.figure(row, column)) and not shape.is_broken(best, column):
            yield Doubt((row, column), parts, expected, rule)


def _doubts_across(shape: Shape) -> Iterator[Doubt]:
    made: set[int] = set()
    for column in shape.columns(Role.TOTAL, Role.SUBTOTAL, Role.AMOUNT):
        ways = _ways_across(shape, column, made)
        rows = [row for row in range(len(shape.lines)) if shape.lines[row].figures[column] is not None]
        rows = [
            row
            for row in rows
            if any(shape.lines[row].figures[part] is not None for way in ways for part in way)
        ]
        if not ways or not rows:
            continue
        hits = [
            sum(same(_sum(shape, _across(row, way)), shape.figure(row, column)) for row in rows)
            for way in ways
        ]
        best = hits.index(max(hits))
        if not _is_believed(shape, column, hits[best], len(rows)):
            continue
        if shape.roles[column] is Role.AMOUNT:
            made.add(column)
        for row in rows:
            parts = _across(row, ways[best])
            expected = _sum(shape, parts)
            broken = any(shape.is_broken([row], part) for part in ways[best])
            if not broken and not same(expected, shape.figure(row, column)):
                rule = shape.roles[column] if shape.roles[column] is not Role.AMOUNT else Role.TOTAL
                yield Doubt((row, column), parts, expected, f"{rule}_column")


def _is_believed(shape: Shape, column: int, hits: int, rows: int) -> bool:
    """Whether a column is taken for a sum: by its name alone, or by its name and most of its figures."""
    words = words_of(shape.grid.heads[column])
    if shape.roles[column] is Role.AMOUNT:
        return bool(MADE_WORDS & set(words)) and rows > 2 and 3 * hits >= 2 * rows
    return total_kind(" ".join(words), leading=False) is not Kind.LINE or 2 * hits >= rows


def _sum(shape: Shape, cells: Sequence[Cell]) -> Decimal:
    return sum((shape.figure(*cell) for cell in cells), NOTHING)


def _across(row: int, columns: Sequence[int]) -> tuple[Cell, ...]:
    return tuple((row, column) for column in columns)


def _ways_down(shape: Shape, row: int) -> list[list[int]]:
    """The sets of rows that a total may be the sum of, the likeliest first."""
    ways = [_children_above(shape, row), _labelled_alike(shape, row), *_by_place(shape, row)]
    distinct: list[list[int]] = []
    for way in ways:
        if way and way not in distinct:
            distinct.append(way)
    return distinct


def _children_above(shape: Shape, row: int) -> list[int]:
    level = shape.level(row)
    if level is None:
        return []
    children: list[int] = []
    for above in range(row - 1, -1, -1):
        other = shape.level(above)
        if other is None or other <= level:
            break
        if other == level + 1:
            children.append(above)
    return children[::-1]


def _children_below(shape: Shape, row: int) -> list[int]:
    """Rows one level deeper that follow, unless a total at this row's level claims them."""
    level = shape.level(row)
    if level is None:
        return []
    children: list[int] = []
    for below in range(row + 1, len(shape.lines)):
        other = shape.level(below)
        if other is None or other <= level:
            if other is not None and shape.kinds[below] is not Kind.LINE and children:
                return (
                    [] if other == level or (other < level and not _has_own_lines(shape, row)) else children
                )
            break
        if other == level + 1:
            children.append(below)
    return children


def _has_own_lines(shape: Shape, row: int) -> bool:
    """Whether children in the table stand below their parents: no subtotal stands after its parts."""
    return Kind.SUBTOTAL not in shape.kinds[row:]


def _labelled_alike(shape: Shape, row: int) -> list[int]:
    """Lines that carry the row's other labels; the word for a total and a blank stand for any label."""
    labels = shape.labels[row]
    lines = shape.rows()
    wanted = {
        place: text
        for place, text in enumerate(labels)
        if text
        and total_kind(text, leading=place == 0) is Kind.LINE
        and any(shape.labels[line][place] == text for line in lines)
    }
    if len(labels) < 2 or not wanted:
        return []
    return [
        line for line in lines if all(shape.labels[line][place] == text for place, text in wanted.items())
    ]


def _by_place(shape: Shape, row: int) -> Iterator[list[int]]:
    leaves = [line for line in shape.rows() if not _children_below(shape, line)]
    totals = [other for other in shape.rows(Kind.TOTAL) if other < row]
    sums = [other for other in range(row) if shape.kinds[other] is not Kind.LINE]
    if shape.kinds[row] is Kind.SUBTOTAL:
        start = sums[-1] if sums else -1
        yield [line for line in leaves if start < line < row]
        stop = next(
            (other for other in range(row + 1, len(shape.kinds)) if shape.kinds[other] is not Kind.LINE), None
        )
        yield [line for line in leaves if row < line and (stop is None or line < stop)]
        return
    start = totals[-1] if totals else -1
    yield [line for line in leaves if start < line < row]
    yield [line for line in leaves if line < row]
    if totals:
        yield totals
    if not any(line < row for line in leaves):
        yield [line for line in leaves if line > row]


def _ways_across(shape: Shape, column: int, made: set[int]) -> list[list[int]]:
    """The sets of columns that a column may be the sum of, the likeliest first; `made` ones are sums."""
    amounts = [c for c in shape.columns(Role.AMOUNT, Role.GROWTH) if c < column and c not in made]
    plain = [c for c in amounts if shape.roles[c] is Role.AMOUNT]
    sums = [c for c in shape.columns(Role.TOTAL, Role.SUBTOTAL) if c < column]
    since = sums[-1] if sums else -1
    totals = [c for c in shape.columns(Role.TOTAL) if c < column]
    ways = [[c for c in plain if c > since]]
    if shape.roles[column] is Role.TOTAL:
        since_total = totals[-1] if totals else -1
        ways = [[c for c in plain if c > since_total], plain, sums, totals]
    ways += [amounts[start:] for start in range(len(amounts))]
    if not amounts:
        ways.append([c for c in shape.columns(Role.AMOUNT) if c > column])
    distinct: list[list[int]] = []
    for way in ways:
        if len(way) > 1 and way not in distinct:
            distinct.append(way)
    return distinct

"""What the columns and rows of a submitted table are: labels, amounts, totals, shares, growth.

The words of the headings decide first, the cells second. A column of figures that count
nothing (years, phases, rates) is left aside.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from meridian.steering.submissions.rules.cells import ABSENT, NIL, NO_FIGURE, Entry, UnreadCell
from meridian.steering.submissions.rules.grid import YEAR, Grid, Line
from meridian.steering.submissions.rules.words import (
    AMOUNT_TOKENS,
    GROWTH_TOKENS,
    PERCENT_TOKENS,
    SHARE_TOKENS,
    UNCOUNTED_TOKENS,
    Kind,
    total_kind,
    words_of,
)

# Numbers of paragraphs and the like, by which rows are called.
CODE = re.compile(r"\d+(\.\d+)+\.?|\d+[.)]|\d+(-\d+)+")
TOLERANCE = Decimal("1e-12")


class Role(StrEnum):
    """What a column holds."""

    LABEL = "label"
    LEVEL = "level"
    AMOUNT = "amount"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    SHARE = "share"
    GROWTH = "growth"
    GROWTH_PERCENT = "growth_percent"
    PERCENT = "percent"
    LEFT_ASIDE = "left_aside"


ADDING = {Role.AMOUNT, Role.SUBTOTAL, Role.TOTAL, Role.GROWTH}
FIGURES = ADDING | {Role.SHARE, Role.GROWTH_PERCENT, Role.PERCENT}


@dataclass(frozen=True, slots=True)
class Finding:
    """A discrepancy: both values and the place.

    `row` is the row's labels joined by " / ", `line` its 1-based line in the file. `stated`
    is a Decimal or, for what is no figure, the text; `expected` is None where no single
    value would mend it.
    """

    file: str
    row: str
    line: int
    column: str
    stated: Decimal | str
    expected: Decimal | None
    rule: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A grid with its columns and rows understood."""

    grid: Grid
    roles: tuple[Role, ...]
    kinds: tuple[Kind, ...]
    labels: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.grid.lines

    def columns(self, *roles: Role) -> list[int]:
        return [index for index, role in enumerate(self.roles) if role in roles]

    def rows(self, kind: Kind = Kind.LINE) -> list[int]:
        return [index for index, one in enumerate(self.kinds) if one is kind]

    def figure(self, row: int, column: int) -> Decimal:
        """The figure in a cell, nothing where there is none."""
        return self.lines[row].figures[column] or Decimal(0)

    def level(self, row: int) -> int | None:
        """The level of a row, where the table has a column of levels."""
        for column in self.columns(Role.LEVEL):
            value = self.lines[row].figures[column]
            return None if value is None else int(value)
        return None

    def is_broken(self, rows: Sequence[int], column: int) -> bool:
        """Whether a cell of the column in these rows holds text instead of a figure."""
        return any(is_text(self.lines[row], column) for row in rows)

    def name(self, row: int) -> str:
        """The row as a person would name it."""
        texts = self.lines[row].texts
        parts = [texts[column] for column in self.columns(Role.LABEL) if texts[column]]
        return " / ".join(dict.fromkeys(parts)) or str(self.lines[row].number)

    def finding(self, row: int, column: int, expected: Decimal | None, rule: str) -> Finding:
        line = self.lines[row]
        stated = line.figures[column]
        return Finding(
            file=self.grid.file + (f" [{self.grid.sheet}]" if self.grid.sheet else ""),
            row=self.name(row),
            line=line.number,
            column=self.grid.heads[column],
            stated=line.texts[column] if stated is None else stated,
            expected=expected,
            rule=rule,
        )


def shape_of(grid: Grid) -> Shape:
    """The grid understood."""
    roles = tuple(_role(grid, column) for column in range(len(grid.heads)))
    label_columns = [column for column, role in enumerate(roles) if role is Role.LABEL]
    kinds = tuple(_kind(line, label_columns) for line in grid.lines)
    if Role.LEVEL in roles:
        kinds = _kinds_by_level(kinds, [line.figures[roles.index(Role.LEVEL)] for line in grid.lines])
    return Shape(grid, roles, kinds, tuple(_filled_labels(grid.lines, kinds, label_columns)))


def is_text(line: Line, column: int) -> bool:
    """Whether the cell holds something that is neither a figure nor a sign for none."""
    text = line.texts[column]
    return line.figures[column] is None and text.lower() not in ABSENT | NIL


def same(one: Decimal, other: Decimal) -> bool:
    """Equal to the last digit that a workbook keeps."""
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other))


def _role(grid: Grid, column: int) -> Role:
    words = words_of(grid.heads[column])
    tokens = set(words)
    if words == ["level"]:
        return Role.LEVEL
    filled = [line for line in grid.lines if line.texts[column].lower() not in ABSENT]
    values = [line.figures[column] for line in filled]
    numbers = [value for value in values if value is not None]
    if not filled or not _holds_figures(grid, column, filled):
        return Role.LABEL
    percent = bool(tokens & PERCENT_TOKENS) or "%" in grid.heads[column] or {"per", "cent"} <= tokens
    if tokens & GROWTH_TOKENS and "total" not in tokens:
        return Role.GROWTH_PERCENT if percent or "growth" in tokens else Role.GROWTH
    if tokens & SHARE_TOKENS:
        return Role.SHARE
    if percent:
        return Role.PERCENT
    if total_kind(" ".join(words), leading=False) is Kind.SUBTOTAL or "subtotal" in tokens:
        return Role.SUBTOTAL
    if total_kind(" ".join(words), leading=False) is Kind.TOTAL or "total" in tokens:
        return Role.TOTAL
    if (
        tokens & UNCOUNTED_TOKENS
        and words[-1:] != ["year"]
        and not tokens & {"usd", "posts", "amount", "cost"}
    ):
        return Role.LEFT_ASIDE
    if all(value == value.to_integral() and 1900 <= value <= 2100 for value in numbers) and len(numbers) > 1:
        return Role.LEFT_ASIDE
    return Role.AMOUNT


def _holds_figures(grid: Grid, column: int, filled: Sequence[Line]) -> bool:
    """Whether a column is one of figures: by most of its cells, or by its heading and some of them.

    A cell that is meant as a figure counts as one, read or not: else a column of errors would be
    taken for labels, and nobody would hear of it.
    """
    entries = [line.entries[column] for line in filled]
    meant = [entry for entry in entries if entry.value is not None or _is_unread(grid, column, entry)]
    is_dashed = all(entry.text.lower() in NIL for entry in meant)
    if 2 * len(meant) >= len(entries) and (not is_dashed or len(meant) == len(entries)):
        return True
    head = grid.heads[column]
    tokens = set(words_of(head))
    if YEAR.search(head):
        return any(character.isdecimal() for entry in entries for character in entry.text)
    says = tokens & (AMOUNT_TOKENS | SHARE_TOKENS | PERCENT_TOKENS | GROWTH_TOKENS)
    return bool(meant) and (bool(says) or total_kind(head, leading=False) is not Kind.LINE)


def _is_unread(grid: Grid, column: int, entry: Entry) -> bool:
    """Whether a cell is meant as a figure and has no reading; `1.2.3` that rows are called by is not."""
    is_code = column == 0 or bool(UNCOUNTED_TOKENS & set(words_of(grid.heads[column])))
    return bool(entry.why) and not (is_code and CODE.fullmatch(entry.text))


def unread_cells(shape: "Shape") -> Iterator[UnreadCell]:
    """Every cell that is meant as a figure, by itself or by its column, and is none."""
    for line in shape.lines:
        for column, entry in enumerate(line.entries):
            is_wanted = shape.roles[column] in FIGURES and is_text(line, column)
            if is_wanted or _is_unread(shape.grid, column, entry):
                yield UnreadCell(
                    shape.grid.file,
                    shape.grid.sheet,
                    line.number,
                    shape.grid.heads[column] or str(column + 1),
                    entry.text,
                    entry.why or NO_FIGURE,
                )


def _kind(line: Line, label_columns: Sequence[int]) -> Kind:
    kinds = [total_kind(line.texts[column], leading=place == 0) for place, column in enumerate(label_columns)]
    for kind in (Kind.SUBTOTAL, Kind.TOTAL):
        if kind in kinds:
            return kind
    return Kind.LINE


def _kinds_by_level(kinds: Sequence[Kind], levels: Sequence[Decimal | None]) -> tuple[Kind, ...]:
    """Sums told by levels, where they stand below what they sum: the lowest level is then the last row's."""
    stated = [level for level in levels if level is not None]
    if len(stated) < len(levels) or not stated or not stated[-1] == min(stated) < stated[0]:
        return tuple(kinds)
    above = [stated[0], *stated[:-1]]
    return tuple(
        Kind.SUBTOTAL if kind is Kind.LINE and level < before else kind
        for kind, level, before in zip(kinds, stated, above, strict=True)
    )


def _filled_labels(
    lines: Sequence[Line], kinds: Sequence[Kind], columns: Sequence[int]
) -> Iterator[tuple[str, ...]]:
    """The labels of each row; a blank before another label stands for the one above it."""
    above: list[str] = [""] * len(columns)
    for line, kind in zip(lines, kinds, strict=True):
        texts = [line.texts[column] for column in columns]
        if kind is Kind.LINE:
            last = max((place for place, text in enumerate(texts) if text), default=-1)
            texts = [text or (above[place] if place < last else "") for place, text in enumerate(texts)]
            above = texts
        yield tuple(texts)

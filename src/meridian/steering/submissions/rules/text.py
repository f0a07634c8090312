"""Figures in a narrative compared with the figures of the tables beside it.

A clause is compared when it names a row of a table by its label and gives a figure. The
figure must stand in that row (in a column that the clause names, where it names one),
rounded as the text rounds it and in any of the usual units. A clause that names no row,
or no column where the row has several amounts, is left alone: it may speak of anything.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from meridian.engine.sheets import faults as sheets
from meridian.engine.sheets.text import decoded
from meridian.kernel.apportionment import round_half_up
from meridian.steering.submissions.rules.grid import Unreadable, decimals_of, figure
from meridian.steering.submissions.rules.shape import FIGURES, Finding, Role, Shape
from meridian.steering.submissions.rules.words import Kind, words_of

FIGURE = re.compile(
    r"(?<![\w/.\-])\(?(\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\)?"
    r"[\s\u00a0]*(million|thousand|billion|per cent|percent|%)?(?![\w/\-])",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"(?<=[.;:!?])\s+|\n\s*\n|\n[-*|]|;|, (?=and |while |whereas |of which )")
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
PERCENT_WORDS = {"per cent", "percent", "%"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure of the text, with the unit after it, the clause it stands in and its line."""

    text: str
    unit: str
    clause: str
    line: int

    @property
    def value(self) -> Decimal:
        return figure(self.text) or Decimal(0)


def check_text(path: Path, name: str, shapes: Sequence[Shape]) -> list[Finding]:
    """The figures of the narrative at `path`, which findings call `name`, that the tables contradict."""
    try:
        text = decoded(path.read_bytes(), legacy="cp1252")
    except sheets.Unreadable as fault:
        raise Unreadable(f"{name}: {fault}") from fault
    return [found for clause, line in _clauses(text) for found in _check_clause(name, clause, line, shapes)]


def _clauses(text: str) -> Iterator[tuple[str, int]]:
    start = 0
    for match in [*CLAUSE.finditer(text), None]:
        end = match.start() if match else len(text)
        clause = text[start:end]
        if clause.strip():
            line = text.count("\n", 0, start + len(clause) - len(clause.lstrip())) + 1
            yield clause, line
        start = match.end() if match else len(text)


def _check_clause(name: str, clause: str, line: int, shapes: Sequence[Shape]) -> Iterator[Finding]:
    named = [(shape, rows) for shape in shapes if (rows := _rows_named(shape, clause))]
    if not named:
        return
    for piece in _pieces(clause):
        own = [(shape, rows) for shape in shapes if (rows := _rows_named(shape, piece))]
        meant = own or named
        statements = _statements(piece, line, meant)
        if len(statements) == 1:
            found = [_compared(statements[0], shape, rows, name) for shape, rows in meant]
            if all(found):
                yield from (one for one in found[:1] if one)


def _pieces(clause: str) -> list[str]:
    """The clause, parted where it lists figures; a piece that names no row speaks of the clause's."""
    return re.split(r",\s+|\s+and\s+", clause) if len(FIGURE.findall(clause)) > 1 else [clause]


def _statements(piece: str, line: int, named: Sequence[tuple[Shape, Sequence[int]]]) -> list[Statement]:
    found = FIGURE.finditer(_without_labels(piece, named))
    statements = [Statement(match.group(1), (match.group(2) or "").lower(), piece, line) for match in found]
    return [one for one in statements if not _is_year(one)]


def _compared(statement: Statement, shape: Shape, rows: Sequence[int], name: str) -> Finding | None:
    """The finding, or None when the figure agrees or the table cannot say."""
    columns = _columns_meant(statement, shape)
    cells = [
        (row, column) for row in rows for column in columns if shape.lines[row].figures[column] is not None
    ]
    if not cells:
        return None
    if any(_agrees(statement, shape, row, column) for row, column in cells):
        return None
    if len(cells) != 1:
        return None
    row, column = cells[0]
    expected = _in_words(statement, shape, row, column)
    return Finding(
        file=name,
        row=shape.name(row),
        line=statement.line,
        column=shape.grid.heads[column],
        stated=statement.value,
        expected=expected,
        rule="text",
    )


def _columns_meant(statement: Statement, shape: Shape) -> list[int]:
    """The columns that the clause names; without one, the total column or the only amount."""
    percent = statement.unit in PERCENT_WORDS
    roles = (
        (Role.SHARE, Role.PERCENT, Role.GROWTH_PERCENT)
        if percent
        else (Role.AMOUNT, Role.SUBTOTAL, Role.TOTAL)
    )
    columns = shape.columns(*roles)
    clause = " ".join(words_of(statement.clause))
    named = [column for column in columns if _is_named(shape.grid.heads[column], clause)]
    if named:
        return named
    totals = [column for column in shape.columns(Role.TOTAL) if not percent]
    return totals[-1:] if totals else columns if len(columns) == 1 else []


def _rows_named(shape: Shape, clause: str) -> list[int]:
    """Rows whose labels all stand in the clause; totals answer to the word total and to it alone."""
    words = " ".join(words_of(clause))
    lines: list[int] = []
    totals: list[int] = []
    for row, kind in enumerate(shape.kinds):
        labels = [label for label in shape.labels[row] if label and not label.isdecimal()]
        if labels and all(_is_named(label, words) for label in labels):
            (lines if kind is Kind.LINE else totals).append(row)
    longest = max((len(shape.name(row)) for row in lines), default=0)
    lines = [row for row in lines if len(shape.name(row)) == longest]
    return lines or (totals if len(totals) == 1 else [])


def _is_named(label: str, words: str) -> bool:
    wanted = " ".join(words_of(label))
    return bool(wanted) and re.search(rf"\b{re.escape(wanted)}\b", words) is not None


def _without_labels(clause: str, named: Sequence[tuple[Shape, Sequence[int]]]) -> str:
    """The clause with headings and labels blotted out, so that their numbers are not taken for figures."""
    labels = {head for shape, _ in named for head in shape.grid.heads}
    labels |= {label for shape, rows in named for row in rows for label in shape.labels[row]}
    for label in sorted(labels, key=len, reverse=True):
        words = words_of(label)
        if words:
            clause = re.sub(
                r"\b" + r"[\W_]+".join(map(re.escape, words)) + r"\b", " § ", clause, flags=re.IGNORECASE
            )
    return clause


def _agrees(statement: Statement, shape: Shape, row: int, column: int) -> bool:
    exact = Fraction(shape.figure(row, column))
    half_digit = Fraction(1, 2 * 10 ** decimals_of(statement.text))
    values = {exact * scale / other for scale in _scales(shape, column) for other in _text_scales(statement)}
    return any(abs(abs(value) - Fraction(statement.value)) <= half_digit for value in values)


def _in_words(statement: Statement, shape: Shape, row: int, column: int) -> Decimal:
    """The table's figure in the unit and with the decimals of the text; of several units the nearest."""
    decimals = decimals_of(statement.text)
    figure_stated = Fraction(shape.figure(row, column))
    readings = [
        figure_stated * scale / other for scale in _scales(shape, column) for other in _text_scales(statement)
    ]
    exact = min(readings, key=lambda reading: abs(abs(reading) - Fraction(statement.value)))
    return Decimal(round_half_up(exact * 10**decimals)).scaleb(-decimals)


def _scales(shape: Shape, column: int) -> list[int]:
    """What one unit of the column may stand for: what its heading says, else one, a thousand or a million."""
    if shape.roles[column] not in FIGURES - {Role.SHARE, Role.PERCENT, Role.GROWTH_PERCENT}:
        return [1]
    words = words_of(" ".join([shape.grid.title, *shape.grid.heads]))
    said = [scale for word, scale in SCALES.items() if word in words_of(shape.grid.heads[column])]
    said = said or [scale for word, scale in SCALES.items() if word in words]
    return said or [1, 10**3, 10**6]


def _text_scales(statement: Statement) -> list[int]:
    if statement.unit in SCALES:
        return [SCALES[statement.unit]]
    return [1, 10**3, 10**6] if not statement.unit else [1]


def _is_year(statement: Statement) -> bool:
    return not statement.unit and re.fullmatch(r"(19|20)\d\d", statement.text) is not None

"""Check a submitted table, or a folder of them: everything that should add or follow is made again.

Rules, by the word that a finding carries:

- `total_row`, `subtotal_row`, `level`: a sum down the rows;
- `total_column`, `subtotal_column`: a sum across the columns;
- `share`, `share_sum`: a percentage of a whole, or shares that do not make 100;
- `growth_amount`, `growth`: a change, in amounts or in per cent;
- `number`: text where a figure should be;
- `text`: a figure of a narrative (.md, .txt) that contradicts the table beside it.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from meridian.steering.submissions.rules.cells import UnreadCell
from meridian.steering.submissions.rules.grid import SUFFIXES, Grid, Tables, Unreadable, read_grids
from meridian.steering.submissions.rules.ratios import check_ratios
from meridian.steering.submissions.rules.shape import (
    FIGURES,
    Finding,
    Shape,
    is_text,
    shape_of,
    unread_cells,
)
from meridian.steering.submissions.rules.sums import check_sums
from meridian.steering.submissions.rules.text import check_text

NARRATIVES = (".md", ".txt")
NOT_NARRATIVE = {"readme", "license", "licence", "notice"}


@dataclass(frozen=True, slots=True)
class Report:
    """What came out: discrepancies, and the cells that could not be read and so were not checked."""

    findings: list[Finding]
    unread: list[UnreadCell]

    @property
    def is_clean(self) -> bool:
        return not self.findings and not self.unread


def check(path: Path) -> Report:
    """The report on a CSV or XLSX file, or on every such file in a folder, in the order of the file.

    A narrative is compared with the table of the same name beside it, or, where there is
    none, with all tables of its folder. What cannot be read raises Unreadable.
    """
    if not path.exists():
        raise Unreadable(f"There is no file or folder {path}.")
    files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    tables = [one for one in files if one.suffix.lower() in SUFFIXES and not one.name.startswith("~$")]
    if not tables:
        raise Unreadable(f"{path.name} holds no table; give a CSV or XLSX file, or a folder with some.")
    root = path if path.is_dir() else path.parent
    shapes: dict[Path, list[Shape]] = {}
    findings: list[Finding] = []
    unread: list[UnreadCell] = []
    for table in tables:
        name = table.relative_to(root).as_posix()
        found = read_grids(table, name)
        if not found.grids:
            # In a folder the others are checked all the same, and this one is named.
            if not path.is_dir():
                raise Unreadable(f"{table.name} holds no table with headings and rows.")
            unread.append(UnreadCell(name, "", 1, "", "", "the file holds no table with headings and rows"))
        shapes[table] = [shape_of(grid) for grid in found.grids]
        report = checked(found, shapes[table])
        findings += report.findings
        unread += report.unread
    for narrative in _narratives(path, files):
        findings += _check_narrative(narrative, root, shapes)
    return Report(findings, unread)


def _check_narrative(narrative: Path, root: Path, shapes: dict[Path, list[Shape]]) -> list[Finding]:
    beside = [shape for table, found in shapes.items() if table.parent == narrative.parent for shape in found]
    own = [
        shape
        for table, found in shapes.items()
        if table.with_suffix("") == narrative.with_suffix("")
        for shape in found
    ]
    return check_text(narrative, narrative.relative_to(root).as_posix(), own or beside)


def checked(tables: Tables, shapes: list[Shape]) -> Report:
    """The report on the tables of one file."""
    findings = [found for shape in shapes for found in check_shape(shape)]
    cells = [cell for shape in shapes for cell in unread_cells(shape)]
    return Report(findings, sorted([*tables.unread, *cells], key=lambda cell: (cell.sheet, cell.line)))


def check_grid(grid: Grid) -> Report:
    """The report on one table, as for a table pasted into a form."""
    return checked(Tables([grid], []), [shape_of(grid)])


def check_shape(shape: Shape) -> Iterator[Finding]:
    """The discrepancies of one table that has been understood.

    What would come out if another wrong figure were put right is not named: a total over a
    wrong change, a percentage of a wrong total.
    """
    yield from _check_numbers(shape)
    sums, ratios = check_sums(shape), list(check_ratios(shape))
    ratios = [found for found in ratios if _cell(found) not in set(map(_cell, sums))]
    changes = [found for found in ratios if found.rule == "growth_amount"]
    if changes:
        still = set(map(_cell, check_sums(_mended(shape, changes))))
        sums = [found for found in sums if _cell(found) in still]
    yield from sums
    if sums:
        still = set(map(_cell, check_ratios(_mended(shape, sums))))
        touched = {found.line for found in sums}
        ratios = [
            found
            for found in ratios
            if _cell(found) in still or (found.rule != "share" and found.line not in touched)
        ]
    yield from ratios


def _cell(finding: Finding) -> tuple[int, str]:
    return finding.line, finding.column


def as_value(finding: Finding) -> dict[str, Any]:
    """The finding for JSON: file, row, line, column, stated, expected, rule."""
    return {
        "file": finding.file,
        "row": finding.row,
        "line": finding.line,
        "column": finding.column,
        "stated": _number(finding.stated),
        "expected": _number(finding.expected),
        "rule": finding.rule,
    }


def as_unread_value(cell: UnreadCell) -> dict[str, Any]:
    """The unread cell for JSON: file, sheet, line, column, text, why."""
    return asdict(cell)


def _mended(shape: Shape, findings: list[Finding]) -> Shape:
    """The table with the expected figures in the place of the stated ones."""
    right = {(found.line, found.column): found.expected for found in findings}
    lines = tuple(
        replace(
            line,
            entries=tuple(
                replace(entry, value=right.get((line.number, head), entry.value))
                for head, entry in zip(shape.grid.heads, line.entries, strict=True)
            ),
        )
        for line in shape.lines
    )
    return replace(shape, grid=replace(shape.grid, lines=lines))


def _number(value: Decimal | str | None) -> int | float | str | None:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral() else float(value)


def _check_numbers(shape: Shape) -> Iterator[Finding]:
    for column in shape.columns(*FIGURES):
        for row in range(len(shape.lines)):
            if is_text(shape.lines[row], column):
                yield shape.finding(row, column, None, "number")


def _narratives(path: Path, files: list[Path]) -> list[Path]:
    if path.is_dir():
        candidates = files
    else:
        candidates = [path.with_suffix(suffix) for suffix in NARRATIVES if path.with_suffix(suffix).is_file()]
    return [
        one
        for one in candidates
        if one.suffix.lower() in NARRATIVES and one.stem.lower() not in NOT_NARRATIVE
    ]

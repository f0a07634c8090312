"""Read a printed file back into tables, from what a person would read in it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from importlib import import_module
from pathlib import Path

from meridian.engine.sheets.text import read_csv
from meridian.engine.tables.table import Column, Row, RowKind, Table
from meridian.engine.tables.totals import TOTAL_KEY


def read_tables(path: Path) -> list[Table]:
    """The tables of a file that `printing` wrote, by its suffix; another suffix raises ValueError.

    Keys are those of the rows, save in DOCX, which holds labels only. What a format does
    not hold (titles in CSV, labels in JSON) is empty.
    """
    readers: dict[str, Callable[[Path], list[Table]]] = {".csv": _read_csv, ".json": _read_json}
    # Each office format brings a library of its own; only the one that is asked for is loaded.
    modules = {
        ".html": "from_html",
        ".xlsx": "from_xlsx",
        ".docx": "from_docx",
        ".pdf": "from_pdf",
    }
    suffix = path.suffix.lower()
    if suffix in modules:
        return import_module(f"meridian.engine.reading.{modules[suffix]}").read(path)
    if suffix not in readers:
        raise ValueError(f"{path.name} is no table; give a file in {', '.join([*readers, *modules])}.")
    return readers[suffix](path)


def read_back(path: Path) -> Table:
    """The one table of a file; none or several raise ValueError."""
    tables = read_tables(path)
    if len(tables) != 1:
        raise ValueError(f"{path.name} holds {len(tables)} tables, not one.")
    return tables[0]


def with_kinds(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows with what they are: a sum stands below rows one level deeper, the total at the end."""
    told: list[Row] = []
    for row in rows:
        is_sum = bool(told) and told[-1].level > row.level
        kind = RowKind.TOTAL if row.key == TOTAL_KEY else RowKind.SUBTOTAL if is_sum else RowKind.LINE
        told.append(replace(row, kind=kind))
    return tuple(told)


def _read_csv(path: Path) -> list[Table]:
    head, *lines = [
        [row.cells[at].text if at in row.cells else "" for at in range(1, (row.width or 0) + 1)]
        for row in read_csv(path.read_bytes()).rows
    ]
    rows = with_kinds(
        Row(key, label, tuple(Decimal(text) if text else None for text in figures), int(level))
        for key, level, label, *figures in lines
    )
    return [Table(path.stem, "", "", tuple(Column(key, key) for key in head[3:]), rows)]


def _read_json(path: Path) -> list[Table]:
    content = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return [_from_value(value) for value in (content if isinstance(content, list) else [content])]


def _from_value(value: dict) -> Table:
    rows = with_kinds(Row(row["key"], "", tuple(row["values"]), row["level"]) for row in value["rows"])
    return Table(value["name"], "", value["unit"], tuple(Column(key, key) for key in value["columns"]), rows)

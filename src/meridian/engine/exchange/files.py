"""CSV, XLSX and JSON files of rows, written as a stream and read without trust."""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
# Spreadsheets take a text that begins so for a formula: it gets an apostrophe in CSV files.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MOST_ROWS = 200_000


def write_rows(kind: str, titles: list[str], rows: Iterable[list[str]]) -> Iterator[bytes]:
    """A file of the kind as pieces of bytes."""
    writer = {"csv": _write_csv, "json": _write_json, "xlsx": _write_xlsx}[kind]
    return writer(titles, rows)


def _write_csv(titles: list[str], rows: Iterable[list[str]]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"
    for row in _chain(titles, rows):
        line = io.StringIO()
        csv.writer(line).writerow([_guarded(text) for text in row])
        yield line.getvalue().encode()


def _chain(titles: list[str], rows: Iterable[list[str]]) -> Iterator[list[str]]:
    yield titles
    yield from rows


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) and not _is_number(text) else text


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def _is_number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdigit()


def _write_json(titles: list[str], rows: Iterable[list[str]]) -> Iterator[bytes]:
    separator = "[\n"
    for row in rows:
        yield (separator + json.dumps(dict(zip(titles, row, strict=True)), ensure_ascii=False)).encode()
        separator = ",\n"
    yield b"[]\n" if separator == "[\n" else b"\n]\n"


def _write_xlsx(titles: list[str], rows: Iterable[list[str]]) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.xlsx"
        book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
        sheet = book.add_worksheet()
        for line, row in enumerate(_chain(titles, rows)):
            for column, text in enumerate(row):
                sheet.write_string(line, column, text)
        sheet.freeze_panes(1, 0)
        book.close()
        with path.open("rb") as stream:
            while piece := stream.read(1 << 16):
                yield piece


def read_rows(name: str, content: bytes) -> list[dict[str, str]]:
    """The lines of a file as column title to text. Refuses what is no such file."""
    kind = name.rsplit(".", 1)[-1].lower()
    readers = {"csv": _read_csv, "xlsx": _read_xlsx, "json": _read_json}
    if kind not in readers:
        raise Refusal(
            _("%(name)s is no CSV, XLSX or JSON file: its name must end so.") % {"name": name}, "file"
        )
    try:
        rows = readers[kind](content)
    except (UnicodeDecodeError, csv.Error, ValueError, KeyError, OSError, zipfile.BadZipFile) as fault:
        raise Refusal(
            _("%(name)s can't be read as %(kind)s (%(fault)s). Save it anew and try again.")
            % {"name": name, "kind": kind.upper(), "fault": fault},
            "file",
        ) from fault
    if len(rows) > MOST_ROWS:
        raise Refusal(_("A file holds at most %(most)s lines. Split it.") % {"most": MOST_ROWS}, "file")
    return rows


def _read_csv(content: bytes) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [{key: _unguarded(text or "") for key, text in row.items() if key is not None} for row in reader]


def _read_json(content: bytes) -> list[dict[str, str]]:
    rows = json.loads(content)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("not a list of objects")
    return [{str(key): _json_text(value) for key, value in row.items()} for row in rows]


def _json_text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _read_xlsx(content: bytes) -> list[dict[str, str]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    lines = book.worksheets[0].iter_rows(values_only=True)
    titles = [str(title) for title in next(lines, ()) if title is not None]
    return [
        {title: _cell_text(value) for title, value in zip(titles, line, strict=False)}
        for line in lines
        if any(value is not None for value in line)
    ]


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)

"""Read tables back from PDF: the figures from the printed page, the structure from the attachment."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf

from meridian.engine.printing.numbers import SPACES, direction, read_number
from meridian.engine.tables.table import Column, Figure, Row, RowKind, Table

FIGURE = re.compile(rf"\(?\d[\d{SPACES}]*([.,]\d+)?\)?|–|\.\.")
FOOTER_POINTS = 50


def read(path: Path) -> list[Table]:
    """The tables of a document that `as_pdf` wrote; a page that lacks a figure raises ValueError."""
    reader = pypdf.PdfReader(path)
    structures = json.loads(reader.attachments["tables.json"][0])
    language = str(reader.root_object.get("/Lang", "en"))
    lines = _lines(reader, right_to_left=direction(language) == "rtl")
    return [_table(structure, lines, language) for structure in structures]


def _table(structure: dict[str, Any], lines: Iterator[list[str]], language: str) -> Table:
    heads = [column["label"] for column in structure["columns"]]
    rows = []
    for row in structure["rows"]:
        figures = _next_figures(lines, heads, structure["name"])
        values = tuple(_figure(text, language) for text in figures)
        rows.append(Row(row["key"], row["label"], values, row["level"], RowKind(row["kind"])))
    columns = tuple(
        Column(
            column["key"],
            column["label"],
            tuple((key, sign) for key, sign in column["terms"]),
            tuple(column["percent_of"]) if column["percent_of"] else None,
            column["decimals"],
        )
        for column in structure["columns"]
    )
    return Table(
        structure["name"], structure["title"], structure["unit"], columns, tuple(rows), structure["decimals"]
    )


def _next_figures(lines: Iterator[list[str]], heads: list[str], name: str) -> list[str]:
    """The figures of the next line that has one for each column.

    A line of heads like 2010, or of the years at the end of heads that take two lines, is passed.
    """
    for line in lines:
        figures = [text for text in line if FIGURE.fullmatch(text)][-len(heads) :]
        if len(figures) < len(heads):
            continue
        if any(figure not in head for figure, head in zip(figures, heads, strict=True)):
            return figures
    raise ValueError(f"The printed pages lack figures of {name}.")


def _figure(text: str, language: str) -> Figure:
    return read_number(text, language)


def _lines(reader: pypdf.PdfReader, *, right_to_left: bool) -> Iterator[list[str]]:
    """The pieces of text of each printed line, in reading order."""
    for page in reader.pages:
        pieces: dict[tuple[float, float], str] = defaultdict(str)

        def keep(text: str, matrix: list[float], *_: Any, pieces: dict = pieces) -> None:
            if matrix[5] > FOOTER_POINTS:
                pieces[round(matrix[5], 1), matrix[4]] += text.strip("\n")

        page.extract_text(visitor_text=keep)
        lines: dict[float, list[tuple[float, str]]] = defaultdict(list)
        for (height, place), text in pieces.items():
            if text.strip():
                lines[height].append((place, text.strip()))
        for height in sorted(lines, reverse=True):
            yield [text for _, text in sorted(lines[height], reverse=right_to_left)]

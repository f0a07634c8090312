"""Read tables back from HTML: the printed text of each cell, not the machine copy beside it."""

from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

from meridian.engine.printing.numbers import read_number
from meridian.engine.tables.table import Column, Figure, Row, RowKind, Table


def read(path: Path) -> list[Table]:
    """The tables of class `figures`; a machine copy that differs from its print raises ValueError."""
    parser = _Parser()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser.tables


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self.language = "en"
        self.path: list[str] = []
        self.name, self.decimals, self.caption, self.unit = "", 0, "", ""
        self.heads: list[list[str]] = []
        self.rows: list[tuple[str, int, str, str, list[Figure]]] = []
        self.copy, self.text = "", ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        facets = {name: value or "" for name, value in attributes}
        if tag == "html":
            self.language = facets.get("lang", "en")
        elif tag == "table":
            self.name, self.decimals = facets.get("data-name", ""), int(facets.get("data-decimals", 0))
            self.caption, self.unit, self.heads, self.rows = "", "", [], []
        elif tag == "th" and facets.get("scope") == "col":
            self.heads.append([facets.get("data-key", ""), ""])
        elif tag == "tr" and "data-key" in facets:
            kind = facets["class"].split()[0]
            self.rows.append((facets["data-key"], int(facets["data-level"]), kind, "", []))
        elif tag == "data":
            self.copy, self.text = facets.get("value", ""), ""
        if tag != "meta":
            self.path.append(tag)

    def handle_data(self, data: str) -> None:
        inner = self.path[-2:]
        if inner == ["table", "caption"]:
            self.caption += data
        elif inner == ["caption", "span"]:
            self.unit += data
        elif inner == ["tr", "th"] and not self.rows:
            self.heads[-1][1] += data
        elif inner == ["th", "span"]:
            key, level, kind, label, figures = self.rows[-1]
            self.rows[-1] = key, level, kind, label + data, figures
        elif inner == ["td", "data"]:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        self.path.pop()
        if tag == "data":
            figure = read_number(self.text, self.language)
            if figure != (Decimal(self.copy) if self.copy else None):
                raise ValueError(f"{self.name}: {self.text!r} is printed where {self.copy} is meant.")
            self.rows[-1][4].append(figure)
        elif tag == "table":
            self.tables.append(self._table())

    def _table(self) -> Table:
        return Table(
            name=self.name,
            title=self.caption.strip(),
            unit=self.unit[1:-1],
            columns=tuple(Column(key, label) for key, label in self.heads[1:]),
            rows=tuple(
                Row(key, label, tuple(figures), level, RowKind(kind))
                for key, level, kind, label, figures in self.rows
            ),
            decimals=self.decimals,
            row_heading=self.heads[0][1],
        )

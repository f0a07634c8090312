"""Tables and documents as HTML: semantic, without style or script.

The printed figure of a cell is the text of a `data` element whose value is the exact one.
"""

from html import escape

from meridian.engine.printing.document import Document, Heading, Part
from meridian.engine.printing.numbers import direction, printed
from meridian.engine.tables.table import Row, Table


def render(document: Document) -> bytes:
    """A whole page."""
    language, title = escape(document.language), escape(str(document.title))
    body = "\n".join(_part(document, part) for part in document.parts)
    symbol = f'<p class="symbol">{escape(document.symbol)}</p>\n' if document.symbol else ""
    heading = f"<h1>{title}</h1>\n" if document.title else ""
    page_title = title or escape(", ".join(str(table.title) for table in document.tables))
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{direction(document.language)}">\n'
        f'<head><meta charset="utf-8"><title>{page_title}</title></head>\n'
        f"<body>\n<main>\n{symbol}{heading}{body}\n</main>\n</body>\n</html>\n"
    ).encode()


def fragment(table: Table, language: str, caption: str = "") -> str:
    """The `table` element, with its footnotes in a list after it."""
    head = "".join(
        f'<th scope="col" data-key="{_attribute(c.key)}">{_text(c.label)}</th>' for c in table.columns
    )
    rows = "\n".join(_row(table, row, language) for row in table.rows)
    return (
        f'<table class="figures" data-name="{_attribute(table.name)}" data-decimals="{table.decimals}">\n'
        f"<caption>{_text(caption or table.title)}"
        f' <span class="unit">({_text(table.unit)})</span></caption>\n'
        f'<thead><tr><th scope="col">{_text(table.row_heading)}</th>{head}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>{_notes(table)}"
    )


def _part(document: Document, part: Part) -> str:
    if isinstance(part, Table):
        return fragment(part, document.language, document.caption(part))
    if isinstance(part, Heading):
        level = min(part.level + 1, 6)
        return f"<h{level}>{_text(part.text)}</h{level}>"
    number = "" if part.number is None else f'<span class="paragraph-number">{part.number}.</span> '
    return f"<p>{number}{_text(part.text)}</p>"


def _row(table: Table, row: Row, language: str) -> str:
    cells = "".join(
        f'<td class="number"><data value="{"" if value is None else value}">'
        f"{printed(value, table.decimals_of(column), language)}</data>"
        f"{_marks(row.figure_marks.get(column.key, ()))}</td>"
        for column, value in zip(table.columns, row.values, strict=True)
    )
    return (
        f'<tr class="{row.kind} level-{row.level}" data-key="{_attribute(row.key)}" data-level="{row.level}">'
        f'<th scope="row"><span>{_text(row.label)}</span>{_marks(row.marks)}</th>{cells}</tr>'
    )


def _marks(marks: tuple[str, ...]) -> str:
    return f"<sup>{_text(', '.join(marks))}</sup>" if marks else ""


def _notes(table: Table) -> str:
    if not table.notes:
        return ""
    lines = "".join(f"<li><sup>{_text(mark)}</sup> {_text(text)}</li>" for mark, text in table.notes)
    return f'\n<ul class="notes">{lines}</ul>'


def _text(value: object) -> str:
    return escape(str(value), quote=False)


def _attribute(value: object) -> str:
    return escape(str(value))

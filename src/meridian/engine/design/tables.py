"""What the list table shows: columns, rows and cells computed beforehand, and their fast printing.

A list of fifty rows is the page people open most, so its body is printed here in one pass
instead of by template tags. Text is escaped unless it is already safe markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from meridian.engine.design.figures import Unproved

TONES = ("good", "watch", "bad", "still", "accent")


class Cell(NamedTuple):
    """One cell: `text` already formatted in the reader's language (safe markup passes as it is).

    `kind` is text, number, date, code or state; `tone` (state only) one of TONES;
    `instant` (date only) the ISO 8601 value behind the words; `url` makes the text a link;
    `badges` are words with a tone that stand behind it; `proof` is where a figure is proved, or why not.
    """

    text: str
    kind: str = "text"
    url: str = ""
    tone: str = ""
    instant: str = ""
    badges: Sequence[tuple[str, str]] = ()
    proof: str | Unproved = ""


class Row(NamedTuple):
    """One row; `key` is the value its checkbox sends, `name` what the checkbox says aloud."""

    cells: Sequence[Cell]
    key: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `sort_url` makes its title a link, `sorted` is "", "ascending" or "descending".

    A `minor` column is left out on a phone. `why` says why its numbers have no proof of their own.
    """

    title: str
    kind: str = "text"
    sort_url: str = ""
    sorted: str = ""
    minor: bool = False
    why: Unproved | None = None


@dataclass(frozen=True, slots=True)
class BulkAction:
    """A button below the list; it is posted as `action=name` with the keys of the picked rows."""

    name: str
    title: str | Promise
    icon: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A list as `design/partials/table.html` shows it. `bulk_url` is where picked rows are posted,
    `next_url` where that leads back to."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    bulk_url: str = ""
    bulk_actions: Sequence[BulkAction] = field(default_factory=tuple)
    next_url: str = ""


def value_markup(cell: Cell) -> SafeString:
    """A value within text: set apart from what stands around it, in its own direction."""
    plain = not isinstance(cell.text, SafeString) and not cell.instant and not cell.tone
    text = SafeString(f"<bdi>{escape(str(cell.text))}</bdi>") if plain else cell.text
    return SafeString(cell_markup(cell._replace(text=text)))


def cell_markup(cell: Cell) -> str:
    """The content of one cell, escaped."""
    text = cell.text if isinstance(cell.text, SafeString) else escape(str(cell.text))
    if cell.kind == "state" and cell.tone:
        text = f'<span class="state {escape(cell.tone)}">{text}</span>'
    elif cell.instant:
        text = f'<time datetime="{escape(cell.instant)}">{text}</time>'
    if cell.url:
        text = f'<a href="{escape(cell.url)}">{text}</a>'
    for word, tone in cell.badges:
        text += f' <span class="state {escape(tone)}">{escape(str(word))}</span>'
    return text


def proof_handle(url: str | Unproved, figure: str) -> str:
    """The small link behind a figure that leads to its proof; the figure is named for who can't see it.

    Where there is a reason instead, that is written there and not shown.
    """
    if isinstance(url, Unproved):
        return f'<i hidden data-why="{url}"></i>'
    label = escape(gettext("Proof: %(figure)s") % {"figure": figure})
    return f'<a class="proof" href="{escape(url)}" aria-label="{label}"></a>'


def table_body(table: Table) -> SafeString:
    """Every row of `table` as markup; the first cell of a row is its header.

    Figures and dates carry their column's title, which a phone shows beside them.

    Rows have as many cells as the table has columns, else ValueError.
    """
    classes = [f"{column.kind} minor" if column.minor else column.kind for column in table.columns]
    opened = [f' class="{escape(name)}"' if name != "text" else "" for name in classes]
    for index, column in enumerate(table.columns):
        if index and column.kind in ("number", "date"):
            opened[index] += f' data-label="{escape(str(column.title))}"'
    pick_label = gettext("Select %(name)s")
    pieces: list[str] = []
    for row in table.rows:
        pieces.append("<tr>")
        if table.bulk_actions:
            label = escape(pick_label % {"name": row.name or row.cells[0].text})
            box = f'<input type="checkbox" name="key" value="{escape(str(row.key))}" aria-label="{label}">'
            pieces.append(f'<td class="pick">{box}</td>')
        tag = 'th scope="row"'
        for place, (attributes, cell) in enumerate(zip(opened, row.cells, strict=True)):
            markup = cell_markup(cell)
            if cell.proof:
                words = f"{row.cells[0].text}, {table.columns[place].title}, {cell.text}"
                markup += proof_handle(cell.proof, strip_tags(words))
            pieces.append(f"<{tag}{attributes}>{markup}</{tag[:2]}>")
            tag = "td"
        pieces.append("</tr>")
    return SafeString("".join(pieces))  # one pass of escaped pieces: format_html costs ten times as much

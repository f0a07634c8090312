"""What the published paper prints otherwise than its own figures add up to: named, and not put right.

Table 19 of A/65/491 gives the costs by object of expenditure. Two of its figures are not the
sums of the projects' own tables, which are what is loaded here.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meridian.engine.printing.numbers import printed
from meridian.engine.tables.table import Table

PAPER = "A/65/491, table 19"
Cell = tuple[str, str]
# Row and column: what the projects' tables add to, and what the paper prints.
PRINTED_IN_TABLE_19: Mapping[Cell, tuple[Decimal, Decimal]] = {
    ("contractual_services", "2010-2011"): (Decimal("278.2"), Decimal("278.1")),
    ("general_operating_expenses", "2010-2011"): (Decimal("1704.9"), Decimal("1705.0")),
}
MARKS = "abcdefgh"


def with_printed(table: Table, paper: str, otherwise: Mapping[Cell, tuple[Decimal, Decimal]]) -> Table:
    """The table with a footnote to each figure that the paper prints otherwise.

    A figure that is not the one compared is another data set's: it has no footnote.
    """
    notes = list(table.notes)
    rows = []
    for row in table.rows:
        marks = dict(row.figure_marks)
        for place, column in enumerate(table.columns):
            added, shown = otherwise.get((row.key, column.key), (None, None))
            if added is None or shown is None or row.values[place] != added:
                continue
            mark = MARKS[len(notes)]
            marks[column.key] = (*marks.get(column.key, ()), mark)
            language = get_language() or "en"
            values = {
                "paper": paper,
                "shown": printed(shown, table.decimals, language),
                "added": printed(added, table.decimals, language),
            }
            text = _("%(paper)s prints %(shown)s; the tables of the projects add to %(added)s.") % values
            notes.append((mark, text))
        rows.append(replace(row, figure_marks=marks))
    return replace(table, rows=tuple(rows), notes=tuple(notes))

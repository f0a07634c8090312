"""The post table on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import day_text, number_text
from meridian.engine.listing.cut import cut
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.engine.tables.table import Row as FigureRow
from meridian.engine.tables.table import RowKind
from meridian.engine.tables.table import Table as Figures
from meridian.engine.tables.totals import TOTAL_KEY
from meridian.engine.values import url_of
from meridian.steering.establishment.facade import division_of
from meridian.steering.staffing.models import Post
from meridian.steering.staffing.pages.choice import (
    Choice,
    choice_of,
    frame_of,
    shown_value,
    standing_of,
    takes_choice,
)
from meridian.steering.staffing.queries.tables import words
from meridian.steering.staffing.queries.view import Standing, matrix, tally
from meridian.steering.staffing.resources.posts import PostResource

MOST_POSTS = 200
PROOF = "staffing.posts"


@needs("staffing.post.view")
@require_safe
@takes_choice
def table_page(request: Request) -> HttpResponse:
    """Units by grade with subtotals, what the posts are paid from and where, and the posts of a unit."""
    choice = choice_of(request)
    found = standing_of(choice)
    context = frame_of(choice, found, "staffing-table")
    if found is not None and found.every:
        context |= {
            "matrix": shown_matrix(matrix(found), choice),
            "tallies": [_tally(found, choice, name) for name in ("category", "fund", "duty_station")],
            **_posts(found, choice),
            "tiles": _tiles(found, choice),
        }
    return render(request, "staffing/table.html", context)


def posts_proof(
    choice: Choice,
    number: int,
    narrower: Mapping[str, str] | None = None,
    *,
    what: str = "posts",
    on: date | None = None,
) -> str:
    """Where the posts behind a figure of the table stand, `on` the day of the choice or another."""
    asked = _asked(choice, narrower or {})
    return proof_address(PROOF, number, what=what, on=(on or choice.on).isoformat(), **asked)


def _asked(choice: Choice, narrower: Mapping[str, str]) -> dict[str, object]:
    """Whose posts, and what else narrows them."""
    of = choice.establishment.pk if choice.establishment else ""
    return {"of": of, **choice.narrowed, **{name: value for name, value in narrower.items() if value}}


def _tiles(found: Standing, choice: Choice) -> list[dict[str, str]]:
    units = {state.unit_code for state in found.chosen.values()}
    tiles = [
        {
            "number": number_text(len(found.chosen)),
            "label": ngettext("post stands on this day", "posts stand on this day", len(found.chosen)),
        },
        {"number": number_text(len(units)), "label": ngettext("unit", "units", len(units))},
        {"number": number_text(len(found.grades)), "label": ngettext("grade", "grades", len(found.grades))},
    ]
    numbers = {"posts": len(found.chosen), "units": len(units), "grades": len(found.grades)}
    for tile, (what, number) in zip(tiles, numbers.items(), strict=True):
        tile["proof"] = posts_proof(choice, number, what=what)
    return tiles


def shown_matrix(table: Figures, choice: Choice, since: date | None = None) -> dict[str, Any]:
    """A table of figures as the template prints it; units lead to their posts.

    With `since` they are changes from that day on, and signed.
    """
    here = reverse("staffing-table")
    rows: list[dict[str, Any]] = []
    division = ""
    for row in table.rows:
        if row.kind is RowKind.LINE and division_of(row.key) != division:
            division = division_of(row.key)
            if division:
                rows.append({"label": words(division), "kind": "division", "level": 1, "figures": ()})
        url = ""
        if since is None and row.kind is RowKind.LINE:
            url = f"{here}?{choice.query(unit_code=row.key)}"
        figures = [
            {
                "text": _figure(value, since is not None),
                "proof": _cell_proof(choice, row, column.key, value, since),
            }
            for column, value in zip(table.columns, row.values, strict=True)
        ]
        shown = {"label": row.label, "kind": row.kind.value, "level": row.level}
        rows.append({**shown, "url": url, "figures": figures})
    return {
        "caption": table.title,
        "heading": table.row_heading,
        "columns": [column.label for column in table.columns],
        "rows": rows,
    }


def _cell_proof(choice: Choice, row: FigureRow, column: str, value: Any, since: date | None) -> str:
    """The posts of a unit, a division or all, of a grade or all; what the table is narrowed to stays."""
    if not value:
        return ""
    unit = "" if row.kind is RowKind.TOTAL else row.key
    if row.kind is RowKind.SUBTOTAL and division_of(choice.narrowed.get("unit_code", "")) == unit:
        unit = ""
    grade = "" if column == TOTAL_KEY else column
    if since is None:
        return posts_proof(choice, int(value), {"unit_code": unit, "grade": grade})
    asked = _asked(choice, {"unit_code": unit, "grade": grade})
    days = {"since": since.isoformat(), "on": choice.on.isoformat()}
    return proof_address("staffing.moved", int(value), **days, **asked)


def _figure(value: Any, signed: bool) -> str:
    if not value:
        return "–"
    text = number_text(abs(int(value)))
    if value < 0:
        return f"−{text}"
    return f"+{text}" if signed else text


def _tally(found: Standing, choice: Choice, name: str) -> dict[str, Any]:
    label = str(PostResource.field(name).verbose_name)
    rows = [
        {
            "label": shown_value(name, value),
            "posts": number_text(count),
            "proof": posts_proof(choice, count, {name: value}) if value else "",
        }
        for value, count in tally(found, name)
    ]
    return {"title": label[:1].upper() + label[1:], "rows": rows}


def _posts(found: Standing, choice: Choice) -> dict[str, Any]:
    """The posts that the table was narrowed to; the figures above count all of them."""
    if not choice.narrowed:
        return {"posts": None}
    chosen = Post.objects.filter(pk__in=found.chosen).select_related("title").order_by("number")
    posts = cut(chosen, MOST_POSTS)
    every = f"{reverse('staffing-post-list')}?establishment={found.establishment.pk}"
    return {"posts": _post_table(found, posts.shown), "cut": posts, "posts_url": every}


def _post_table(found: Standing, posts: list[Post]) -> Table:
    columns = [
        Column(_("Number"), "code"),
        Column(_("Grade"), "code"),
        Column(_("Job title")),
        Column(_("Unit"), minor=True),
        Column(_("Fund"), minor=True),
        Column(_("Duty station")),
        Column(_("From"), "date"),
    ]
    rows = []
    for post in posts:
        state = found.chosen[post.pk]
        cells = [
            Cell(post.number, "code", url=url_of(post)),
            Cell(state.grade, "code"),
            Cell(str(post.title or "–")),
            Cell(shown_value("unit_code", state.unit_code)),
            Cell(shown_value("fund", state.fund)),
            Cell(shown_value("duty_station", state.duty_station)),
            Cell(day_text(post.starts_on), "date", instant=post.starts_on.isoformat()),
        ]
        rows.append(Row(cells, key=str(post.pk), name=post.number))
    return Table(_("Posts"), columns, rows)

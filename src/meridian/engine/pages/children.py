"""Rows that are edited inside the page of the row that they belong to, and come back to it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.listing.cut import Cut
from meridian.engine.pages.columns import paths_shown
from meridian.engine.pages.places import NEXT
from meridian.engine.policies import Request, policy_of
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource, Sight, naming_paths, resources
from meridian.engine.values import Renderer, column_kind, label_of, resource_name
from meridian.engine.values.together import fetch_together, rows_permitted

SHOWN = 50


def children_of(request: Request, row: models.Model) -> Iterator[dict[str, Any]]:
    """A table for each kind of row that is declared to stand inside rows of this kind; all of them in one
    statement."""
    actor = request.actor
    inside = [
        resource
        for resource in resources()
        if resource.inside
        and resource.field(resource.inside).related_model is type(row)
        and policy_of(resource.model).may(actor, "view")
    ]
    queries = [permitted_rows(each.model, actor).filter(**{each.inside: row}) for each in inside]
    fetched = fetch_together(
        [
            (rows.order_by(*resource.order)[: SHOWN + 1], _along(resource))
            for resource, rows in zip(inside, queries, strict=True)
        ]
    )
    sight = Sight(actor)
    sight.look_over_all(zip(inside, fetched, map(_names, inside), strict=True))
    to_change = [rows for resource, rows in zip(inside, fetched, strict=True) if resource.change]
    open_to = rows_permitted(actor, "change", to_change)
    for resource, rows, first in zip(inside, queries, fetched, strict=True):
        of = rows.order_by().count() if len(first) > SHOWN else len(first)
        table = _table(request.path, resource, first[:SHOWN], sight, open_to)
        yield _children(request, resource, row, Cut(first[:SHOWN], of), table)


def _names(resource: type[Resource]) -> list[str]:
    """The columns of rows inside of another, which is not named again."""
    return [column.name for column in resource.columns() if column.name != resource.inside]


def _along(resource: type[Resource]) -> list[str]:
    """What the cells and the names of the rows need."""
    return [*naming_paths(resource), *paths_shown(resource, _names(resource))]


def _children(
    request: Request, resource: type[Resource], row: models.Model, found: Cut[Any], table: Table
) -> dict[str, Any]:
    name, title = resource_name(resource), str(resource.model._meta.verbose_name_plural)
    may_add = resource.add and policy_of(resource.model).may(request.actor, "add")
    given = urlencode({resource.inside: row.pk, NEXT: request.path})
    return {
        "title": title[:1].upper() + title[1:],
        "table": table,
        "cut": found,
        "list_url": f"{reverse(f'{name}-list')}?{urlencode({resource.inside: row.pk})}",
        "add_url": f"{reverse(f'{name}-add')}?{given}" if may_add else "",
    }


def _table(path: str, resource: type[Resource], rows: list[Any], sight: Sight, open_to: set[Any]) -> Table:
    names, renderer = _names(resource), Renderer(sight)
    changeable = open_to.intersection(rows)
    columns = [
        Column(label_of(field), column_kind(field), why=Unproved.HELD) for field in map(resource.field, names)
    ]
    made = []
    for row in rows:
        cells = [renderer.cell(resource, row, name, linked=name == names[0]) for name in names]
        if row in changeable:
            edit = reverse(f"{resource_name(resource)}-edit", args=(row.pk,))
            unseen = format_html('{}<span class="unseen">: {}</span>', _("Edit"), renderer.sight.title(row))
            cells.append(Cell(unseen, url=f"{edit}?{urlencode({NEXT: path})}"))
        elif changeable:
            cells.append(Cell(""))
        made.append(Row(cells))
    edits = [Column(_("Edit"))] if changeable else []
    return Table(str(resource.model._meta.verbose_name_plural), [*columns, *edits], made)

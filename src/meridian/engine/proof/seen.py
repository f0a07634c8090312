"""What an actor sees of the rows behind a figure: those that are theirs, and of the others how many."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Model, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import number_text
from meridian.engine.listing.cut import Cut, cut
from meridian.engine.policies import NOBODY, Actor, policy_of
from meridian.engine.proof.value import Added
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource, Sight, has_resource, resource_of
from meridian.engine.values import Renderer, column_kind, label_of

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """The rows of an `Added` as one actor sees them.

    `rows` are the first that are theirs, `count` and `total` of all that are; `unseen` is how
    many more are in the figure, and `whole` whether they may see all rows of the kind.
    """

    added: Added
    actor: Actor
    rows: Cut[Model]
    count: int
    total: Decimal | int
    unseen: int
    whole: bool

    @property
    def unseen_words(self) -> str:
        """The one sentence on what isn't the reader's to see; empty when everything is."""
        if self.added.own and not self.whole:
            return _("Only rows that are yours to see are in the figure.")
        if not self.unseen:
            return ""
        count = {"count": number_text(self.unseen)}
        told = ngettext(
            "%(count)s further row is counted in the figure and is not yours to see.",
            "%(count)s further rows are counted in the figure and are not yours to see.",
            self.unseen,
        )
        return told % count


def seen_of(actor: Actor, added: Added) -> Seen:
    """Ask for the rows, at most four statements."""
    model = added.rows.model
    scope = policy_of(model).scope(actor, "view") if has_resource(model) else NOBODY
    every = added.rows.order_by()
    if scope == NOBODY:
        return Seen(added, actor, Cut([], 0), 0, 0, 0 if added.own else every.count(), False)
    mine = added.rows if scope == Q() else added.rows.filter(pk__in=permitted_rows(model, actor).values("pk"))
    count, total = _summed(mine, added)
    unseen = 0 if scope == Q() or added.own else every.count() - count
    return Seen(added, actor, _first(mine, count), count, total, unseen, scope == Q())


def _summed(rows: QuerySet[Any], added: Added) -> tuple[int, Decimal | int]:
    sums: dict[str, Any] = {"rows_counted": Count("pk")}
    if added.column:
        sums["rows_added"] = Sum(added.column)
    found = rows.order_by().aggregate(**sums)
    count: int = found["rows_counted"]
    return count, (found["rows_added"] or 0) if added.column else count


def _first(rows: QuerySet[Any], count: int) -> Cut[Model]:
    resource = resource_of(rows.model)
    ordered = rows if rows.query.order_by else rows.order_by(*resource.order, "pk")
    if resource.related:
        ordered = ordered.select_related(*resource.related)
    return Cut(cut(ordered, MOST_ROWS).shown, count)


def table_of(seen: Seen) -> Table | None:
    """The rows with the number of each, and at the end the sum of all that the actor may see."""
    if not seen.rows.shown:
        return None
    added, resource = seen.added, resource_of(seen.added.rows.model)
    names = [name for name in fields_of(seen) if name != added.column]
    renderer = Renderer(Sight(seen.actor))
    renderer.look_over(resource, seen.rows.shown, names)
    rows = [
        Row(
            [
                *_cells(resource, row, names, renderer),
                Cell(number_text(number_of(row, added), added.decimals), "number"),
            ]
        )
        for row in seen.rows.shown
    ]
    label = ngettext("Sum of %(count)s row", "Sum of all %(count)s rows", seen.count)
    last = [Cell(label % {"count": number_text(seen.count)}), *[Cell("")] * (len(names) - 1)]
    rows.append(Row([*last, Cell(number_text(seen.total, added.decimals), "number")]))
    return Table(_caption(resource), _columns(resource, names, added), rows)


def _caption(resource: type[Resource]) -> str:
    noun = str(resource.model._meta.verbose_name_plural)
    return _("What the figure was added from: %(rows)s") % {"rows": noun}


def fields_of(seen: Seen) -> tuple[str, ...]:
    """The fields of a row that are shown."""
    resource = resource_of(seen.added.rows.model)
    return seen.added.fields or tuple(row.name for row in resource.columns())


def number_of(row: Any, added: Added) -> Decimal | int:
    """What a row adds."""
    return (getattr(row, added.column) or 0) if added.column else 1


def _cells(resource: type[Resource], row: Model, names: list[str], renderer: Renderer) -> list[Cell]:
    return [renderer.cell(resource, row, name, linked=not place) for place, name in enumerate(names)]


def _columns(resource: type[Resource], names: list[str], added: Added) -> list[Column]:
    fields = [resource.field(name) for name in names]
    columns = [
        Column(label_of(field), column_kind(field), minor=place > 1, why=Unproved.HELD)
        for place, field in enumerate(fields)
    ]
    return [*columns, Column(_added_label(resource, added), "number", why=Unproved.HELD)]


def _added_label(resource: type[Resource], added: Added) -> str:
    if not added.column:
        return _("Counts")
    return added.label or label_of(resource.field(added.column))

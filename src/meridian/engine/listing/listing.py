"""A list of one resource: its filters, its order and one page of rows."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils import timezone

from meridian.engine.listing.keyset import Order, sortable, token_of, values_of
from meridian.engine.policies import Actor
from meridian.engine.resources import F, Resource, has_resource, resource_of

PAGE_ROWS = 50
MOST_PAGE_ROWS = 500
COUNTED_ROWS = 10_000
COUNTABLE_TABLE_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter in force: the field, the parameter's name and value, and the value in words."""

    row: F
    parameter: str
    value: str
    words: str


@dataclass(slots=True)
class Page:
    """One page of a list. `total` is None when counting would cost more than it tells."""

    rows: list[Any]
    order: Order
    next_token: str = ""
    previous_token: str = ""
    total: int | None = None
    total_is_capped: bool = False
    chosen: list[Chosen] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)


class Listing:
    """The rows of a resource that an actor may see, as a query string asks for them.

    Parameters: a field's name (a choice, `true`/`false`, the key or id of a referred row),
    `NAME_from` and `NAME_to` for dates (both inclusive), `sort`, `after` or `before`.
    A parameter that makes no sense narrows nothing and is reported in `faults`.
    """

    def __init__(self, resource: type[Resource], actor: Actor, parameters: Mapping[str, str]) -> None:
        self.resource = resource
        self.actor = actor
        self.parameters = parameters
        self.chosen: list[Chosen] = []
        self.faults: dict[str, str] = {}
        self.order = self._order()

    def rows(self, action: str = "view") -> models.QuerySet:
        """All rows that pass the filters, unordered and unpaged."""
        found = self.resource.model._default_manager.permitted(self.actor, action)
        self.chosen.clear()
        for row in self.resource.filters():
            found = self._filtered(found, row)
        return found

    def page(self, size: int = PAGE_ROWS) -> Page:
        """The page asked for, with the tokens of its neighbours."""
        rows = self.rows()
        token = self.parameters.get("after") or self.parameters.get("before") or ""
        backwards = "before" in self.parameters and "after" not in self.parameters
        values = values_of(token, self.order, self.resource.model) if token else None
        wanted = rows.select_related(*self.resource.related)
        if values is not None:
            wanted = wanted.filter(self.order.after(values, backwards))
        found = list(wanted.order_by(*self.order.expressions(backwards))[: size + 1])
        more = len(found) > size
        found = found[:size]
        if backwards:
            found.reverse()
        page = Page(found, self.order, chosen=list(self.chosen), faults=self.faults)
        if found:
            page.next_token = token_of(found[-1], self.order) if more or backwards else ""
            has_previous = more if backwards else values is not None
            page.previous_token = token_of(found[0], self.order) if has_previous else ""
        if not token and not more:
            page.total = len(found)
        elif self._countable():
            page.total = rows.order_by().values("pk")[: COUNTED_ROWS + 1].count()
            page.total_is_capped = page.total > COUNTED_ROWS
        return page

    def _order(self) -> Order:
        asked = self.parameters.get("sort", "")
        name = asked.lstrip("-")
        if any(row.name == name and sortable(self.resource.field(name)) for row in self.resource.columns()):
            return Order((asked,))
        return Order(self.resource.order)

    def _countable(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT reltuples FROM pg_class WHERE oid = to_regclass(%s)",
                [self.resource.model._meta.db_table],
            )
            return bool(cursor.fetchone()[0] < COUNTABLE_TABLE_ROWS)

    def _filtered(self, rows: models.QuerySet, row: F) -> models.QuerySet:
        column = self.resource.field(row.name)
        if isinstance(column, models.DateField):
            for suffix, lookup in (("from", "gte"), ("to", "lte")):
                rows = self._narrowed(rows, row, column, f"{row.name}_{suffix}", lookup)
            return rows
        return self._narrowed(rows, row, column, row.name, "")

    def _narrowed(
        self, rows: models.QuerySet, row: F, column: Any, parameter: str, lookup: str
    ) -> models.QuerySet:
        text = self.parameters.get(parameter, "").replace("\0", "").strip()
        if not text:
            return rows
        try:
            value, words = self._value(column, text)
        except (ValidationError, ValueError, LookupError) as fault:
            self.faults[parameter] = " ".join(getattr(fault, "messages", [str(fault)]))
            return rows
        self.chosen.append(Chosen(row, parameter, text, words))
        if lookup and isinstance(column, models.DateTimeField):
            return rows.filter(**_from_or_to(row.name, value, lookup))
        return rows.filter(**{f"{row.name}__{lookup}" if lookup else row.name: value})

    def _value(self, column: Any, text: str) -> tuple[Any, str]:
        if column.is_relation:
            target = referred_row(column.related_model, text, self.actor)
            return target, str(target)
        if column.choices:
            labels = {str(key): label for key, label in column.flatchoices}
            if text not in labels:
                raise LookupError(text)
            return column.to_python(text), str(labels[text])
        if isinstance(column, models.DateTimeField):
            return models.DateField().to_python(text), text
        if isinstance(column, models.BooleanField):
            return column.to_python(text.capitalize()), text
        return column.to_python(text), text


def _from_or_to(name: str, day: datetime.date, lookup: str) -> dict[str, Any]:
    """A day in the reader's zone as a bound on instants, which unlike a date of them can use an index."""
    if lookup == "gte":
        return {f"{name}__gte": _start_of(day)}
    return {f"{name}__lt": _start_of(day + datetime.timedelta(days=1))} if day < datetime.date.max else {}


def _start_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def referred_row(model: type[models.Model], text: str, actor: Actor) -> models.Model:
    """The row that a person or a file means by `text`: its natural key, else its id.

    A trailing description after ` · ` is ignored. Raises LookupError when the actor can see
    no such row.
    """
    words = text.split(" · ", 1)[0].strip()
    if not words or "\0" in words:
        raise LookupError(f"{model._meta.verbose_name}: {words}")
    rows = model._default_manager.all()
    key = "pk"
    if has_resource(model):
        rows = rows.permitted(actor, "view")
        key = resource_of(model).key
    found = rows.filter(**{key: words}).first() if key not in ("id", "pk") else None
    if found is None and words.isdecimal() and len(words) < 19:
        found = rows.filter(pk=int(words)).first()
    if found is None:
        raise LookupError(f"{model._meta.verbose_name}: {words}")
    return found

"""Rows as people read them: the columns of their list, values by the one renderer, figures as figures."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import Model
from django.utils import timezone

from meridian.engine.exchange.workbook import Figure
from meridian.engine.listing.asking import PARAMETER, named, not_offered, usual
from meridian.engine.listing.listing import Listing
from meridian.engine.listing.parameters import NotUnderstood
from meridian.engine.policies import Actor
from meridian.engine.resources import Resource, Sight, has_resource, resource_of
from meridian.engine.values import ABSENT, Renderer, kind_of, label_of

AT_ONCE = 500


def columns_in(resource: type[Resource], parameters: Mapping[str, str]) -> list[str]:
    """The columns that the list shows as it is asked; refuses what are none."""
    names = named(parameters.get(PARAMETER, ""))
    if fault := not_offered(resource, names):
        raise NotUnderstood({PARAMETER: fault})
    return list(dict.fromkeys(names)) or usual(resource)


def titles_of(resource: type[Resource], names: Iterable[str]) -> list[str]:
    """The headings, with units."""
    return [label_of(resource.field(name)) for name in names]


def readable_rows(
    resource: type[Resource], actor: Actor, parameters: Mapping[str, str], names: list[str]
) -> Iterator[list[Any]]:
    """The rows that the actor may export and that pass the list's filters, in the reader's language."""
    listing = Listing(resource, actor, parameters, further=(PARAMETER,))
    fields = [resource.field(name) for name in names]
    several = [field.name for field in fields if field.many_to_many]
    fetched = {part for field in fields for part in _fetched(field)} | set(resource.related)
    found = listing.rows("export").order_by(*listing.order.expressions()).select_related(*fetched)
    rows = found.prefetch_related(*several).iterator(chunk_size=AT_ONCE)
    renderer = Renderer(Sight(actor))
    for batch in iter(lambda: list(islice(rows, AT_ONCE)), []):
        renderer.look_over(resource, batch, names)
        yield from ([_told(renderer, resource, row, field) for field in fields] for row in batch)


def _fetched(field: Any) -> list[str]:
    """The references that the name of a row is made of."""
    if field.many_to_many or not field.is_relation:
        return []
    target = field.related_model
    deeper = resource_of(target).related if has_resource(target) else ()
    return [field.name, *(f"{field.name}__{further}" for further in deeper)]


def _told(renderer: Renderer, resource: type[Resource], row: Model, field: Any) -> str | Figure:
    kind = kind_of(field)
    value = None if field.is_relation else getattr(row, field.name)
    if kind in ("number", "money", "percent", "key") and value is not None:
        whole = value == int(value)
        shape = "amount" if kind == "money" else "grouped" if kind == "number" and whole else "plain"
        return Figure(Decimal(str(value)), shape)
    if isinstance(value, datetime.datetime):
        return Figure(timezone.localtime(value).replace(microsecond=0), "instant")
    if isinstance(value, datetime.date):
        return Figure(value, "day")
    text = str(renderer.whole(resource, row, field.name).text)
    return "" if text == ABSENT else text

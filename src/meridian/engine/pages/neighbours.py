"""What refers to a row and what it refers to: counts and the newest of each, in one statement.

Rights hold as everywhere: rows that refer are counted where the reader may see them; of a row
referred to that is not theirs to see, that there is one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Cast, JSONObject
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from meridian.engine.figures import number_text
from meridian.engine.listing.parameters import refuse_unknown
from meridian.engine.pages.detail_page import DetailPage, given_parts
from meridian.engine.pages.rows import visible_row
from meridian.engine.policies import Request, policy_of
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource, Sight, entered_as, has_resource, resource_of, unseen_text
from meridian.engine.values import label_of, resource_name, url_of, value_text
from meridian.engine.values.reading import kept_value

COUNTED = 1_000
NEWEST = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A row as it is shown: its title and the address of its page, if it has one."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Rows of one kind beside a row: how many, where they all stand, and the newest of them."""

    label: str
    count: str
    url: str
    newest: list[Named]


class NeighboursPage:
    """Answers `GET /module/rows/7/neighbours/`: a part of the row's page, or a page of its own."""

    needs = "view"
    parameters = None

    def __init__(self, resource: type[Resource]) -> None:
        self.resource = resource
        self.detail = DetailPage(resource)

    def __call__(self, request: Request, key: int) -> HttpResponse:
        refuse_unknown(request.GET, ())
        row = visible_row(self.resource, request.actor, key)
        to_it, from_it = neighbours_of(request.actor, row)
        context = {"to_it": to_it, "from_it": from_it, **given_parts(request, row, is_later=True)}
        if request.headers.get("HX-Request"):
            part = "known.html" if context["are_many"] else "neighbours.html"
            return render(request, f"pages/partials/{part}", context)
        context |= {
            "head": self.detail.head(request, row),
            "crumbs": [self.detail.list_crumb()],
            "tabs": self.detail.tabs(request, row, "neighbours"),
        }
        return render(request, "pages/neighbours.html", context)


def neighbours_of(actor: Any, row: models.Model) -> tuple[list[Neighbours], list[Neighbours]]:
    """What refers to the row, and what it refers to; what there is none of is left out."""
    sight = Sight(actor)
    asked = [*_referring(actor, row), *_referred(row)]
    columns: dict[str, Any] = {}
    for at, beside in enumerate(asked):
        rows = beside.rows if sight.is_open(beside.model) else _seen(beside, actor)
        counted = ArraySubquery(rows.order_by().values(row_counted=models.Value(1))[: COUNTED + 1])
        # A subquery that can find nothing becomes a NULL, of which the database must be told the type.
        columns[f"count_{at}"] = models.Func(
            Cast(counted, ArrayField(models.IntegerField())),
            function="cardinality",
            output_field=models.IntegerField(),
        )
        kept = beside.kept(sight)
        columns[f"newest_{at}"] = ArraySubquery(rows.order_by("-pk").values(kept=kept)[:NEWEST])
    own = type(row)._default_manager.filter(pk=row.pk).order_by()
    found = own.values(**columns).get() if columns else {}
    shown = [
        (beside, beside.shown(found[f"count_{at}"] or 0, found[f"newest_{at}"] or [], row))
        for at, beside in enumerate(asked)
    ]
    to_it = [neighbours for beside, neighbours in shown if neighbours and beside.refers]
    return to_it, [neighbours for beside, neighbours in shown if neighbours and not beside.refers]


class _Beside:
    """The rows of one relation of a row."""

    def __init__(
        self, field: Any, model: type[models.Model], rows: Any, *, refers: bool, asked: str = ""
    ) -> None:
        self.field, self.model, self.rows, self.refers = field, model, rows, refers
        # What the list of those that refer is narrowed by.
        self.asked = asked
        self.resource = resource_of(model)

    def kept(self, sight: Sight) -> JSONObject:
        """A row as JSON, with those that its name needs and everybody sees."""
        nested = {
            name: JSONObject(**_columns(self.resource.field(name).related_model, f"{name}__"))
            for name in {*self.resource.related, *self.resource.titled}
            if self._is_single(name) and sight.is_open(self.resource.field(name).related_model)
        }
        return JSONObject(**_columns(self.model), **nested)

    def _is_single(self, name: str) -> bool:
        if "__" in name:
            return False
        field = self.resource.field(name)
        return bool(field.is_relation and not field.many_to_many and has_resource(field.related_model))

    def shown(self, count: int, newest: list[dict[str, Any]], row: models.Model) -> Neighbours | None:
        rows = [self._named(kept, row) for kept in newest]
        if self.refers or self.field.many_to_many:
            if not count:
                return None
            words = number_text(min(count, COUNTED)) + ("+" if count > COUNTED else "")
            return Neighbours(self._label(), words, self._list_url(), rows)
        if getattr(row, self.field.attname) is None:
            return None
        return Neighbours(label_of(self.field), "", "", rows or [Named(unseen_text())])

    def _label(self) -> str:
        if not self.refers:
            return label_of(self.field)
        name = (
            self.model._meta.verbose_name if self.field.one_to_one else self.model._meta.verbose_name_plural
        )
        return str(name)[:1].upper() + str(name)[1:]

    def _list_url(self) -> str:
        if not self.refers:
            return ""
        asked = urlencode({self.field.name: self.asked})
        return f"{reverse(f'{resource_name(self.resource)}-list')}?{asked}"

    def _named(self, kept: dict[str, Any], row: models.Model) -> Named:
        found = _made(self.model, kept)
        if self.refers and not self.field.many_to_many and isinstance(row, self.field.related_model):
            setattr(found, self.field.name, row)
        for name in self.resource.related:
            if isinstance(kept.get(name), dict) and kept[name].get("id") is not None:
                setattr(found, name, _made(self.resource.field(name).related_model, kept[name]))
        return Named(_title(self.resource, found), url_of(found))


def _referring(actor: Any, row: models.Model) -> Iterator[_Beside]:
    """The lists that can be narrowed to what refers to the row, or to its entry."""
    for relation in _narrowing(actor, type(row)):
        rows = relation.related_model._default_manager.filter(**{relation.field.name: row.pk})
        yield _Beside(relation.field, relation.related_model, rows, refers=True, asked=str(row.pk))
    register = entered_as(type(row))
    if register is None:
        return
    resource = resource_of(type(row))
    kind = resource.concern.kind if resource.concern else ""
    fields: Any = register.stands_for
    entries = register.model._default_manager.filter(**dict(zip(fields, (kind, row.pk), strict=True)))
    asked = f"{kind}:{getattr(row, resource.key)}"
    for relation in _narrowing(actor, register.model):
        concerning = {f"{relation.field.name}__in": entries.values("pk")}
        rows = relation.related_model._default_manager.filter(**concerning)
        yield _Beside(relation.field, relation.related_model, rows, refers=True, asked=asked)


def _narrowing(actor: Any, model: type[models.Model]) -> Iterator[Any]:
    """The relations to rows of this model by which a list that the actor may see can be narrowed."""
    for relation in model._meta.related_objects:
        other = relation.related_model
        if not has_resource(other) or not policy_of(other).may(actor, "view"):
            continue
        if relation.field.name in {found.name for found in resource_of(other).filters()}:
            yield relation


def _referred(row: models.Model) -> Iterator[_Beside]:
    """The references of the row."""
    options = type(row)._meta
    declared = {found.name for found in resource_of(type(row)).fields}
    fields: list[Any] = [*options.concrete_fields, *options.many_to_many]
    for field in fields:
        if not field.is_relation or field.name not in declared or not has_resource(field.related_model):
            continue
        rows = field.related_model._default_manager.all()
        if field.many_to_many:
            links = field.remote_field.through._default_manager.filter(**{field.m2m_column_name(): row.pk})
            rows = rows.filter(pk__in=links.values(field.m2m_reverse_name()))
        else:
            rows = rows.filter(pk=getattr(row, field.attname))
        yield _Beside(field, field.related_model, rows, refers=False)


def _seen(beside: _Beside, actor: Any) -> Any:
    """Those of the rows that the actor may see, each once."""
    return beside.rows.filter(pk__in=permitted_rows(beside.model, actor, "view").order_by().values("pk"))


def _columns(model: type[models.Model], before: str = "") -> dict[str, Any]:
    return {field.attname: models.F(f"{before}{field.attname}") for field in model._meta.concrete_fields}


def _made(model: type[models.Model], kept: dict[str, Any]) -> models.Model:
    """A row from its JSON."""
    fields = model._meta.concrete_fields
    return model.from_db(None, [field.attname for field in fields], [_value(field, kept) for field in fields])


def _value(field: Any, kept: dict[str, Any]) -> Any:
    value = kept.get(field.attname)
    return value if field.is_relation else kept_value(field, value)


def _title(resource: type[Resource], row: models.Model) -> str:
    """A row's name, made of what needs no further question."""
    if not resource.titled:
        return str(row)
    parts = []
    for name in resource.titled:
        field = resource.field(name)
        if not field.is_relation:
            parts.append(value_text(field, getattr(row, name)))
        elif name in row._state.fields_cache:
            other = getattr(row, name)
            parts.append(_title(resource_of(type(other)), other))
    return " · ".join(parts) or f"{resource.model._meta.verbose_name} {row.pk}"

"""Rows as the interface sends them, and what it sends back as a command takes it."""

import re
from typing import Any

from django.db import models
from django.http import HttpRequest
from ninja import Schema
from ninja.errors import HttpError

from meridian.engine.api.schemas import versioned
from meridian.engine.commands import Refusal
from meridian.engine.listing.lookup import referred_row
from meridian.engine.policies import Actor
from meridian.engine.records import permitted_rows
from meridian.engine.resources import UNSEEN, Columns, Resource


class RowReader:
    """Rows of a resource as an actor reads them: a reference by its natural key, if it is theirs to see."""

    def __init__(self, resource: type[Resource], actor: Actor) -> None:
        self.resource = resource
        self.own = ["id", "version"] if versioned(resource) else ["id"]
        self.columns = Columns(resource, readable_names(resource), actor)

    def rows(self, found: models.QuerySet) -> dict[int, dict[str, Any]]:
        """The rows of a query by id, as the schema names their fields."""
        fetched = list(found.values_list(*self.own, *self.columns.paths))
        own = len(self.own)
        shown = self.columns.rows([values[own:] for values in fetched])
        return {
            values[0]: self._row(values[:own], columns)
            for values, columns in zip(fetched, shown, strict=True)
        }

    def _row(self, own: tuple[Any, ...], columns: list[Any]) -> dict[str, Any]:
        row = dict(zip([*self.own, *self.columns.names], [*own, *columns], strict=True))
        for name in self.columns.names:
            if self.resource.field(name).is_relation and row[name] is not None:
                row[name] = str(row[name])
        return row


def readable_names(resource: type[Resource]) -> list[str]:
    return [name for name in resource.api_fields("r") if not resource.field(name).many_to_many]


def command_values(resource: type[Resource], payload: Schema, actor: Actor) -> dict[str, Any]:
    """The fields that were sent, references looked up; `Refusal` names one that isn't there.

    A reference that was read as unseen stays as it is.
    """
    values: dict[str, Any] = {}
    for name, value in payload.model_dump(exclude_unset=True).items():
        field = resource.field(name)
        if value is None and not field.null:
            raise Refusal(f"{name} can't be null.", name)
        if field.is_relation and value == UNSEEN:
            continue
        if field.is_relation and value is not None:
            value = referred(field.related_model, name, value, actor)
        values[name] = value
    return values


def referred(model: type[models.Model], name: str, value: str, actor: Actor) -> models.Model:
    """The row that the input `name` refers to; `Refusal` when the actor can see none."""
    try:
        return referred_row(model, value, actor)
    except LookupError as fault:
        raise Refusal(f"{name}: {fault}", name) from None


def etag_of(row: dict[str, Any]) -> str:
    return f'"{row["version"]}"' if "version" in row else ""


def expected_version(request: HttpRequest) -> int | None:
    """The version that `If-Match` asks for; None without the header or with `*`."""
    header = request.headers.get("If-Match", "").strip()
    if not header or header == "*":
        return None
    found = re.fullmatch(r'(?:W/)?"(\d{1,9})"', header)
    if found is None:
        raise HttpError(412, 'If-Match must be the ETag of the row, such as "3".')
    return int(found[1])


def stated_version(request: HttpRequest, carry_out: Any) -> int | None:
    """`expected_version`; what can't be undone is done only to the row as the program has read it."""
    version = expected_version(request)
    if version is None and carry_out.facts.irreversible:
        raise HttpError(428, "This can't be undone: send the ETag of the row as If-Match.")
    return version


def one_row(resource: type[Resource], actor: Actor, key: int) -> dict[str, Any] | None:
    """The row as the actor may see it, or None."""
    if not 0 < key < 2**63:
        return None
    rows = permitted_rows(resource.model, actor, "view").filter(pk=key)
    return RowReader(resource, actor).rows(rows).get(key)


def instance(resource: type[Resource], actor: Actor, key: int) -> models.Model | None:
    """The row for a command, as the actor may see it, or None."""
    if not 0 < key < 2**63:
        return None
    return permitted_rows(resource.model, actor, "view").filter(pk=key).first()

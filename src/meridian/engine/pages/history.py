"""A row's history from the audit trail, in words."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from meridian.engine.audit.models import Change
from meridian.engine.figures import instant_text
from meridian.engine.pages.display import label_of
from meridian.engine.pages.earlier import latest
from meridian.engine.policies import Request
from meridian.engine.resources import Resource, Sight, unseen_text

MOST_CHANGES = 200


def history_of(request: Request, resource: type[Resource], row: models.Model) -> dict[str, Any]:
    """The latest changes of a row, newest first, as `design/partials/events.html` shows them: `events`,
    the `cut` that they are of the whole history, and the address of the earlier ones. A
    reference is told by the name of the row it leads to, to whoever may see that row."""
    words = {
        "add": _("added this"),
        "change": _("changed this"),
        "remove": _("removed this"),
        "load": _("loaded this"),
    }
    changes = Change.objects.filter(table=resource.model._meta.db_table, row_id=row.pk)
    found, earlier_url = latest(request, changes.select_related("entry"), MOST_CHANGES)
    names = _Names(resource, list(found.shown), Sight(request.actor))
    events = [
        {
            "who": change.entry.actor_label or _("Meridian"),
            "what": words[change.operation],
            "at": instant_text(change.entry.at),
            "instant": change.entry.at.isoformat(),
            "body": _differences(change, names),
            "strong": change.operation != "change",
            "note": False,
        }
        for change in found.shown
    ]
    return {"events": events, "cut": found, "earlier_url": earlier_url}


class _Names:
    """What the columns of changes are called, and what stands in them for this reader."""

    def __init__(self, resource: type[Resource], changes: list[Change], sight: Sight) -> None:
        self.resource = resource
        self.sight = sight
        self.fields = {field.column: field for field in resource.model._meta.concrete_fields}
        self.rows: dict[str, dict[Any, models.Model]] = {}
        for column, field in self.fields.items():
            if field.is_relation:
                self.rows[column] = self._referred(field, _values(changes, column))

    def _referred(self, field: Any, keys: set[Any]) -> dict[Any, models.Model]:
        self.sight.look(field.related_model, keys)
        seen = [key for key in keys if self.sight.sees(field.related_model, key)]
        return field.related_model._base_manager.in_bulk(seen) if seen else {}

    def label(self, column: str) -> str:
        field = self.fields.get(column)
        return label_of(field) if field is not None else column

    def text(self, column: str, value: Any) -> str:
        field = self.fields.get(column)
        if field is not None and field.is_relation and value is not None:
            if not self.sight.sees(field.related_model, value):
                return unseen_text()
            row = self.rows[column].get(value)
            return self.sight.title(row) if row is not None else str(value)
        if field is not None and isinstance(value, dict):
            value = self.sight.masked(value, self.resource.mentions(field.name, lambda _name: None))
        return _text(value)


def _values(changes: list[Change], column: str) -> set[Any]:
    """Every value that stood in a column before or after a change of it."""
    stood = (side.get(column) for change in changes for side in (change.before or {}, change.after or {}))
    return {value for value in stood if value is not None}


def _differences(change: Change, names: _Names) -> str:
    if change.operation != "change":
        return ""
    lines = []
    for column, later in (change.after or {}).items():
        earlier = (change.before or {}).get(column)
        lines.append(f"{names.label(column)}: {names.text(column, earlier)} → {names.text(column, later)}")
    return "\n".join(lines)


def _text(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {text}" for key, text in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)

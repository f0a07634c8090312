"""A row's history from the audit trail, in words."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from meridian.engine.audit.models import Change
from meridian.engine.pages.display import instant_text, label_of
from meridian.engine.pages.earlier import latest
from meridian.engine.resources import Resource

MOST_CHANGES = 200


def history_of(request: HttpRequest, resource: type[Resource], row: models.Model) -> dict[str, Any]:
    """The latest changes of a row, newest first, as `design/partials/events.html` shows them: `events`,
    the `cut` that they are of the whole history, and the address of the earlier ones."""
    words = {
        "add": _("added this"),
        "change": _("changed this"),
        "remove": _("removed this"),
        "load": _("loaded this"),
    }
    changes = Change.objects.filter(table=resource.model._meta.db_table, row_id=row.pk)
    found, earlier_url = latest(request, changes.select_related("entry"), MOST_CHANGES)
    labels = {field.column: label_of(field) for field in resource.model._meta.concrete_fields}
    events = [
        {
            "who": change.entry.actor_label or _("Meridian"),
            "what": words[change.operation],
            "at": instant_text(change.entry.at),
            "instant": change.entry.at.isoformat(),
            "body": _differences(change, labels),
            "strong": change.operation != "change",
            "note": False,
        }
        for change in found.shown
    ]
    return {"events": events, "cut": found, "earlier_url": earlier_url}


def _differences(change: Change, labels: dict[str, str]) -> str:
    if change.operation != "change":
        return ""
    lines = []
    for column, later in (change.after or {}).items():
        earlier = (change.before or {}).get(column)
        lines.append(f"{labels.get(column, column)}: {_text(earlier)} → {_text(later)}")
    return "\n".join(lines)


def _text(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {text}" for key, text in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)

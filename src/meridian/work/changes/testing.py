"""Changes in tests."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model

from meridian.work.changes.models import Board, Change, ChangeEvent, ChangeMessage
from meridian.work.changes.models.references import Person
from meridian.work.servicedesk.facade import Team

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _change(make: Callable[..., Any], number: int, **values: Any) -> Change:
    team = values.pop("team", None) or make(Team)
    requester = values.pop("requester", None) or make(Person)
    given = {"number": f"CT{number}", "title": f"Change {number}", "opened_at": AT, "updated_at": AT}
    return Change.objects.create(**{**given, "team": team, "requester": requester, **values})


def _message(make: Callable[..., Any], number: int, **values: Any) -> ChangeMessage:
    event = values.pop("event", None) or make(ChangeEvent, type="noted")
    given = {"item": event.item, "visibility": "internal", "text": "words", **values}
    return ChangeMessage.objects.create(event=event, **given)


FACTORIES: dict[type[Model], Any] = {
    Change: _change,
    ChangeEvent: {"sequence": lambda number: number},
    ChangeMessage: _message,
    Board: {"is_active": False},
}

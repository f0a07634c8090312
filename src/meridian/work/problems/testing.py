"""Problems in tests."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model

from meridian.work.problems.models import (
    Candidate,
    KnownError,
    Problem,
    ProblemEvent,
    ProblemMessage,
)
from meridian.work.servicedesk.facade import Team

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _problem(make: Callable[..., Any], number: int, **values: Any) -> Problem:
    team = values.pop("team", None) or make(Team)
    given = {
        "number": f"PROBLEM{number}",
        "title": f"Cause {number}",
        "team": team,
        "opened_at": AT,
        "updated_at": AT,
    }
    return Problem.objects.create(**{**given, **values})


def _message(make: Callable[..., Any], number: int, **values: Any) -> ProblemMessage:
    event = values.pop("event", None) or make(ProblemEvent, type="noted")
    given = {"item": event.item, "visibility": "internal", "text": "words", **values}
    return ProblemMessage.objects.create(event=event, **given)


FACTORIES: dict[type[Model], Any] = {
    Problem: _problem,
    ProblemEvent: {"sequence": lambda number: number},
    ProblemMessage: _message,
    KnownError: {"number": lambda number: f"KT{number}"},
    Candidate: {"mark": lambda number: f"printer {number}"},
}

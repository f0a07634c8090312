"""How rows of service levels are made for tests."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Model

from meridian.work.service_levels.models import Call, Clock, ClockPolicy, ClockSign, PolicyVersion
from meridian.work.servicedesk.facade import Team


def _policy(make: Callable[..., Any], number: int, **values: Any) -> ClockPolicy:
    """Policies for teams: no two at one place."""
    given = {"code": f"P{number}", "name": {"en": f"Promise {number}"}, "kind": "ola", "measure": "resolve"}
    if not {"team", "site", "category"} & set(values):
        given["team"] = make(Team)
    return ClockPolicy.objects.create(**{**given, **values})


def _clock(make: Callable[..., Any], number: int, **values: Any) -> Clock:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    policy = values.get("policy") or make(ClockPolicy)
    given = {
        "subject": "" if values.get("item") else f"testing.subject.{number}",
        "title": f"Thing {number}",
        "policy": policy,
        "kind": "sla",
        "measure": "approve",
        "state": "running",
        "target_seconds": 3_600,
        "started_at": at,
        "due_at": at,
    }
    if "team" not in values:
        given["team"] = make(Team)
    if "terms" not in values:
        given["terms"] = make(PolicyVersion, policy=policy)
    return Clock.objects.create(**{**given, **values})


FACTORIES: dict[type[Model], Any] = {
    ClockPolicy: _policy,
    Clock: _clock,
    PolicyVersion: {
        "hours": lambda _number: "always",
        "priority_3": lambda _number: 60,
        "effective_on": lambda number: date(2026, 3, 1) + timedelta(days=number % 3_000),
    },
    ClockSign: {"sign": lambda _number: "pause"},
    Call: {"percent": lambda number: 1 + number % 100},
}

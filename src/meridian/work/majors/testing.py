"""Major incidents in tests."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model

from meridian.engine.records import reference
from meridian.work.majors import commands as verbs
from meridian.work.majors.models import MajorIncident
from meridian.work.servicedesk.facade import Team, WorkItem

Person = reference("people.Person")
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _major(make: Callable[..., Any], number: int, **values: Any) -> MajorIncident:
    incident = values.pop("incident", None) or make(WorkItem, team=make(Team))
    leads = {
        role: make(Person) for role in ("manager", "communications", "technical_lead") if role not in values
    }
    given = {"number": f"MAT{number}", "subject": {"en": "Mail"}, "declared_at": AT, **leads, **values}
    return MajorIncident.objects.create(incident=incident, **given)


__all__ = ["FACTORIES", "verbs"]
FACTORIES: dict[type[Model], Any] = {MajorIncident: _major}

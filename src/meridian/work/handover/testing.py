"""Hand-over in tests: two hubs with a person each, and rows that are lawful together."""

import datetime
from typing import Any

from meridian.work.handover.models import Custody, Sheet, SheetItem
from meridian.work.shifts.facade import Hub

START = datetime.datetime(2026, 3, 2, 18, tzinfo=datetime.UTC)


def _sheet(make: Any, number: int, **values: Any) -> Sheet:
    """Each made sheet is of another hub, for a hub has one open sheet at most."""
    given = {"from_hub": values.pop("from_hub", None) or _hub(make), "due_at": START, "begun_at": START}
    to_hub = values.pop("to_hub", None) or make_other(make)
    return Sheet.objects.create(**{**given, "to_hub": to_hub, **values})


def _hub(make: Any) -> Hub:
    hub = make(Hub)
    return hub if not hub.sheets_out.exists() else make(Hub, code=f"{hub.code}-{hub.pk}")


def make_other(make: Any) -> Hub:
    """A hub that no shared row stands for."""
    return make(Hub, is_active=True)


FACTORIES = {
    Sheet: _sheet,
    SheetItem: {"summary": "The link is down", "next_action": "Call the carrier"},
    Custody: {"since_at": START},
}

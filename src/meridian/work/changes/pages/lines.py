"""How the log of a change is told."""

from meridian.work.changes.contracts import EventType
from meridian.work.changes.models import Change
from meridian.work.items.facade import PERSON_NAME, PLAIN_NAME, Telling
from meridian.work.servicedesk.facade import WorkItem

TURNS = {"opened", "authorised", "voided", "rejected", "started", "completed", "reviewed", "cancelled"}

TELLING = Telling(
    Change,
    WorkItem,
    EventType,
    {"team": PLAIN_NAME, "assignee": PERSON_NAME},
    frozenset(TURNS),
    frozenset({"plan", "test_plan", "backout_plan", "why", "risk_score"}),
)

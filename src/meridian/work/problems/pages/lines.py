"""How the log of a problem is told."""

from meridian.work.items.facade import ENTRY_NAME, PERSON_NAME, PLAIN_NAME, TRANSLATED_NAME, Telling
from meridian.work.problems.contracts import EventType
from meridian.work.problems.models import Problem
from meridian.work.servicedesk.facade import WorkItem

TELLING = Telling(
    Problem,
    WorkItem,
    EventType,
    {"team": PLAIN_NAME, "assignee": PERSON_NAME, "category": TRANSLATED_NAME, "concerns": ENTRY_NAME},
    frozenset({"opened", "cause_found", "known", "resolved", "closed", "cancelled", "reopened"}),
)

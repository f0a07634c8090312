"""The log of a problem in the reader's words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from meridian.engine.figures import instant_text
from meridian.engine.resources import Sight
from meridian.work.items.facade import (
    ENTRY_NAME,
    PERSON_NAME,
    PLAIN_NAME,
    TRANSLATED_NAME,
    Beside,
    TimelineRow,
    beside,
)
from meridian.work.problems.contracts import EventType
from meridian.work.problems.models import Problem
from meridian.work.servicedesk.facade import WorkItem

NAMED: Mapping[str, str] = {
    "team": PLAIN_NAME,
    "assignee": PERSON_NAME,
    "category": TRANSLATED_NAME,
    "concerns": ENTRY_NAME,
}
TURNS = frozenset({"opened", "cause_found", "known", "resolved", "closed", "cancelled", "reopened"})
OF_PROBLEMS = frozenset({"merged", "unmerged", "linked", "unlinked"})


def beside_problem(problem: Problem, rows: Sequence[TimelineRow], reader: int | None) -> Beside:
    """Who follows it, its links and files, who is here, and the names that its log speaks of."""
    return beside(problem, NAMED, rows, reader)


def told(rows: Sequence[TimelineRow], found: Beside, sight: Sight) -> list[dict[str, Any]]:
    """Rows as `design/partials/events.html` shows them to whoever `sight` is of."""
    for model, of in ((Problem, True), (WorkItem, False)):
        named = (
            row.data.get(key) for row in rows for key in ("item", "from") if (row.type in OF_PROBLEMS) is of
        )
        sight.look(model, named, "number")
    return [_told(row, found, sight) for row in rows]


def _told(row: TimelineRow, found: Beside, sight: Sight) -> dict[str, Any]:
    return {
        "who": f"{row.given_name} {row.family_name}" if row.given_name else _("Meridian"),
        "what": ": ".join(filter(None, (str(EventType(row.type).label), _what(row, found, sight)))),
        "at": instant_text(row.at),
        "instant": row.at.isoformat(),
        "body": row.text,
        "strong": row.type in TURNS,
    }


def _what(row: TimelineRow, found: Beside, sight: Sight) -> str:
    number = row.data.get("item") or row.data.get("from")
    if number:
        model = Problem if row.type in OF_PROBLEMS else WorkItem
        return str(number) if sight.sees(model, number, "number") else _("an item that is not yours to see")
    if row.type == EventType.OPENED:
        return ""
    return ", ".join(
        f"{_field(name).verbose_name} {_value(name, change[1], found)}"
        for name, change in row.data.items()
        if name not in ("state", "known_error") and isinstance(change, list)
    )


def _value(name: str, value: Any, found: Beside) -> str:
    if name in NAMED:
        return found.names.of(name, value) or "–"
    return str(dict(_field(name).flatchoices).get(value, value)) if value != "" else "–"


def _field(name: str) -> Any:
    return Problem._meta.get_field(name)

"""The history of an item in the reader's words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.design.tables import Cell, value_markup
from meridian.engine.figures import instant_text
from meridian.engine.resources import Sight, unseen_text
from meridian.work.agentdesk.pages.words import PRIORITIES, STATE_WORDS
from meridian.work.items.facade import Names, Seen, TimelineRow
from meridian.work.servicedesk.facade import ConfigurationItem, WorkItem

TURNS = frozenset(
    {"opened", "resolved", "confirmed", "reopened", "closed", "cancelled", "merged", "unmerged"}
)
PLAIN: Mapping[str, Promise] = {
    "opened": gettext_lazy("opened this"),
    "started": gettext_lazy("began to work on it"),
    "resumed": gettext_lazy("went on with it"),
    "resolved": gettext_lazy("gave the solution"),
    "confirmed": gettext_lazy("confirmed the solution"),
    "reopened": gettext_lazy("reopened this"),
    "closed": gettext_lazy("closed this"),
    "cancelled": gettext_lazy("cancelled this"),
    "noted": gettext_lazy("noted"),
    "attached": gettext_lazy("attached a file"),
}
FIELDS: Mapping[str, Promise] = {
    "title": gettext_lazy("subject"),
    "kind": gettext_lazy("kind"),
    "site": gettext_lazy("site"),
    "category": gettext_lazy("category"),
    "concerns": gettext_lazy("what it concerns"),
    "configuration_item": gettext_lazy("what it concerns, in words"),
    "impact": gettext_lazy("impact"),
    "urgency": gettext_lazy("urgency"),
    "priority": gettext_lazy("priority"),
    "priority_reason": gettext_lazy("reason for another priority"),
    "due_at": gettext_lazy("due"),
    "state": gettext_lazy("state"),
    "team": gettext_lazy("team"),
    "assignee": gettext_lazy("assignee"),
}
# What events of an earlier system kept of its own words.
EARLIER: Mapping[str, Promise] = {
    "source_state": gettext_lazy("state"),
    "owner": gettext_lazy("owner"),
    "service_line": gettext_lazy("line of support"),
    "country": gettext_lazy("country"),
    "impact_words": gettext_lazy("impact"),
}


class Known:
    """What the reader may be told of that events name: rows by id, and items by number."""

    def __init__(self, names: Names, rows: Sequence[TimelineRow], sight: Sight) -> None:
        self.names = names
        self.sight = sight
        sight.look(WorkItem, (row.data.get(key) for row in rows for key in ("item", "from")), "number")

    def of(self, kind: str, key: Any) -> str:
        return self.names.of(kind, key)

    def concern(self, key: Any) -> str:
        """What an item concerns, of what is not the reader's to see that there is something."""
        return self.of("concerns", key) if self.sight.sees(ConfigurationItem, key) else unseen_text()

    def number(self, row: TimelineRow, *keys: str) -> str:
        """The number of the item that the event names, of another that there is one."""
        number = next((row.data[key] for key in keys if key in row.data), "")
        seen = self.sight.sees(WorkItem, number or None, "number")
        return str(number) if seen else _("an item that is not yours to see")


def told(rows: Sequence[TimelineRow], names: Names, sight: Sight) -> list[dict[str, Any]]:
    """Rows as `design/partials/events.html` shows them to whoever `sight` is of."""
    known = Known(names, rows, sight)
    return [_told(row, known) for row in rows]


def mark_new(events: list[dict[str, Any]], seen: Seen | None, reader: int | None) -> dict[str, Any]:
    """Mark the first event that others added since the reader looked; how many they are, and since when."""
    if seen is None:
        return {"count": 0}
    new = [event for event in events if event["sequence"] > seen.events and event["actor"] != reader]
    if new:
        new[0]["since"] = instant_text(seen.at)
    return {"count": len(new), "since": instant_text(seen.at)}


def _told(row: TimelineRow, names: Known) -> dict[str, Any]:
    return {
        "id": row.id,
        "sequence": row.sequence,
        "actor": row.actor,
        "who": f"{row.given_name} {row.family_name}" if row.given_name else _("Meridian"),
        "what": _WORDINGS.get(row.type, _plain)(row, names),
        "at": instant_text(row.at),
        "instant": row.at.isoformat(),
        "body": row.text,
        "language": row.language,
        # What was relayed from a merged item stays that item's: it can't be split off here.
        "message": row.message if row.visibility == "public" else None,
        "strong": row.type in TURNS,
        "earlier": _earlier(row),
        "note": row.visibility == "internal" and row.type != "replied",
    }


def _earlier(row: TimelineRow) -> list[SafeString]:
    """The earlier system's own words, each after what it names."""
    said = [(label, row.data[name]) for name, label in EARLIER.items() if row.data.get(name)]
    return [format_html("{}: {}", label, value_markup(Cell(str(value)))) for label, value in said]


def _plain(row: TimelineRow, names: Known) -> str:
    return str(PLAIN.get(row.type, row.type))


def _after(row: TimelineRow, name: str) -> Any:
    change = row.data.get(name)
    return change[1] if change else None


def _assigned(row: TimelineRow, names: Known) -> str:
    team = names.of("team", _after(row, "team"))
    person = names.of("assignee", _after(row, "assignee"))
    if team and person:
        return _("gave it to %(person)s of %(team)s") % {"person": person, "team": team}
    if team:
        return _("gave it to %(team)s") % {"team": team}
    if person and _after(row, "assignee") == row.actor:
        return _("took it")
    if person:
        return _("gave it to %(person)s") % {"person": person}
    return _("gave it back to the team")


def _held(row: TimelineRow, names: Known) -> str:
    reason = names.of("hold_reason", _after(row, "hold_reason"))
    return (
        _("put it on hold, waiting for: %(reason)s") % {"reason": reason} if reason else _("put it on hold")
    )


def _changed(row: TimelineRow, names: Known) -> str:
    if row.data.get("undone"):
        given_back = ", ".join(str(FIELDS[name]) for name in row.data if name in FIELDS)
        return _("undid what was done to several at once: %(fields)s") % {"fields": given_back}
    if "concerns" in row.data and len([name for name in row.data if name in FIELDS]) == 1:
        concern = names.concern(_after(row, "concerns"))
        return _("said that it concerns %(what)s") % {"what": concern or _("nothing in particular")}
    fields = [str(FIELDS[name]) for name in row.data if name in FIELDS]
    if "priority" in row.data and "priority_reason" not in row.data:
        before, after = row.data["priority"]
        words = {"before": PRIORITIES.get(before, before), "after": PRIORITIES.get(after, after)}
        return _("changed the priority from %(before)s to %(after)s") % words
    return _("changed: %(fields)s") % {"fields": ", ".join(fields)}


def _merged(row: TimelineRow, names: Known) -> str:
    if "from" in row.data:
        return _("merged %(number)s into this") % {"number": names.number(row, "from")}
    return _("merged this into %(number)s") % {"number": names.number(row, "item")}


def _unmerged(row: TimelineRow, names: Known) -> str:
    return _("undid the merge with %(number)s") % {"number": names.number(row, "from", "item")}


def _split(row: TimelineRow, names: Known) -> str:
    return _("split a message off into %(number)s") % {"number": names.number(row, "item")}


def _linked(row: TimelineRow, names: Known) -> str:
    return _("linked this with %(number)s") % {"number": names.number(row, "item")}


def _unlinked(row: TimelineRow, names: Known) -> str:
    return _("removed the link with %(number)s") % {"number": names.number(row, "item")}


def _replied(row: TimelineRow, names: Known) -> str:
    if "from" in row.data:
        return _("wrote on %(number)s") % {"number": names.number(row, "from")}
    return _("wrote")


def _imported(row: TimelineRow, names: Known) -> str:
    state = _after(row, "state")
    if state:
        return _("history from the earlier system: %(state)s") % {"state": STATE_WORDS.get(state, state)}
    return _("history from the earlier system")


_WORDINGS: Mapping[str, Callable[[TimelineRow, Known], str]] = {
    "assigned": _assigned,
    "held": _held,
    "changed": _changed,
    "merged": _merged,
    "replied": _replied,
    "unmerged": _unmerged,
    "split": _split,
    "linked": _linked,
    "unlinked": _unlinked,
    "imported": _imported,
}

"""Turn the rows of an incident into the events of a work item."""

from operator import attrgetter
from typing import Any

from meridian.work.histories.contracts import Happening, Incident, LogRow, Quarantined
from meridian.work.histories.rules.reading import STATES

HOLD_REASONS = {
    "Awaiting User Info": "requester",
    "Awaiting Vendor": "supplier",
    "Awaiting Problem": "problem",
    "Awaiting Evidence": "evidence",
}
CHANNELS = {
    "Phone": "phone",
    "IVR": "other",
    "Self service": "portal",
    "Email": "mail",
    "Direct opening": "other",
}
INTO = {"on_hold": "held", "resolved": "resolved", "closed": "closed"}
ENDED = ("resolved", "closed")


# The columns of the work item that every row speaks of, and the row's fields that hold them.
DESCRIBED = ("team", "assignee", "site", "category", "configuration_item", "impact", "urgency", "priority")
described_of = attrgetter(
    *("group", "assignee", "location", "category", "configuration_item", "impact", "urgency", "priority")
)


def happenings(incident: Incident) -> list[Happening]:
    """The opening and one event per row of the log, those put aside included, in order.

    The opening carries what the first row says of the incident. A `?` leaves what was known before. The
    counters, and the instant of resolution, are the log's own: it counts hand-overs between groups that
    it doesn't name, and gives no instant for 1,556 incidents although they were resolved.
    """
    life = _Life()
    events = [life.open(incident.rows[0])]
    events += map(life.update, incident.rows)
    if incident.quarantined:
        events += [_put_aside(put, incident) for put in incident.quarantined]
        events[1:] = sorted(events[1:], key=lambda event: (event.at, event.facts["row"]))
    return events


def _put_aside(put: Quarantined, incident: Incident) -> Happening:
    """An event that changes nothing, at the time of the row before it."""
    opened_at = incident.rows[0].opened_at
    at = max((row.updated_at for row in incident.rows if row.line < put.line), default=opened_at)
    facts = {"row": put.line, "quarantined": put.reason, "words": list(put.words)}
    return Happening(at, "imported", None, {}, facts)


class _Life:
    """What is known of an incident as its rows are read."""

    __slots__ = ("described", "hold_reason", "latest", "reassigned", "reopened", "state")

    def __init__(self) -> None:
        self.state = "new"
        self.hold_reason: str | None = None
        self.reassigned = self.reopened = 0
        self.described: list[Any] = [None] * len(DESCRIBED)
        self.latest: tuple[Any, ...] = ()

    def open(self, row: LogRow) -> Happening:
        changes = {"state": [None, "new"], **self._describe(row)}
        return Happening(row.opened_at, "opened", row.opened_by, changes, {})

    def update(self, row: LogRow) -> Happening:
        before, self.state = self.state, STATES[row.state]
        changes = self._describe(row)
        if before != self.state:
            changes["state"] = [before, self.state]
        type = _type(before, self.state, changes)
        # A fold counts changes of team and reopenings unless the event names the counter.
        if "team" in changes or row.reassignment_count != self.reassigned:
            changes["reassigned_count"] = [self.reassigned, row.reassignment_count]
            self.reassigned = row.reassignment_count
        if type == "reopened" or row.reopen_count != self.reopened:
            changes["reopened_count"] = [self.reopened, row.reopen_count]
            self.reopened = row.reopen_count
        reason = HOLD_REASONS.get(row.state)
        if reason and self.hold_reason != reason:
            changes["hold_reason"] = [self.hold_reason, reason]
        self.hold_reason = reason
        if self.state in ENDED:
            changes["resolved_at"] = [None, row.resolved_at.isoformat() if row.resolved_at else None]
        facts = {"row": row.line, "made_sla": row.made_sla, "source_state": row.state}
        return Happening(row.updated_at, type, row.updated_by, changes, facts)

    def _describe(self, row: LogRow) -> dict[str, list[Any]]:
        """What the row says anew of the columns; None says nothing."""
        said, known = described_of(row), self.described
        if said == self.latest:
            return {}
        self.latest = said
        changes = {
            DESCRIBED[place]: [known[place], value]
            for place, value in enumerate(said)
            if value is not None and known[place] != value
        }
        for place, value in enumerate(said):
            if value is not None:
                known[place] = value
        return changes


def _type(before: str, state: str, changes: dict[str, list[Any]]) -> str:
    """The type of event that leads from one state to the other."""
    if before != state:
        if state in INTO:
            return "reopened" if before in ENDED and state == "on_hold" else INTO[state]
        if before in ENDED:
            return "reopened"
        return "resumed" if before == "on_hold" else "started"
    if "team" in changes or "assignee" in changes:
        return "assigned"
    return "changed" if changes else "imported"


def channel_of(incident: Incident) -> str:
    """The channel by which an incident came, by its last row."""
    return CHANNELS.get(incident.rows[-1].contact_type, "other")

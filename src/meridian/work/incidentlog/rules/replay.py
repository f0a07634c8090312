"""Turn the rows of an incident into the events of a work item."""

from meridian.work.incidentlog.contracts import Happening, Incident, LogRow
from meridian.work.incidentlog.rules.reading import STATES

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


def happenings(incident: Incident) -> list[Happening]:
    """The opening and one event per row of the log, those put aside included, in order.

    The opening carries what the first row says of the incident. A `?` leaves what was known before. The
    counters, and the instant of resolution, are the log's own: it counts hand-overs between groups that
    it doesn't name, and gives no instant for 1,556 incidents although they were resolved.
    """
    first = incident.rows[0]
    known: dict[str, object] = {"state": None, "reassigned_count": 0, "reopened_count": 0}
    events = [_opening(first, known)]
    for row in incident.rows:
        events.append(_update(row, known))
    for put in incident.quarantined:
        at = max((row.updated_at for row in incident.rows if row.line < put.line), default=first.opened_at)
        facts = {"row": put.line, "quarantined": put.reason, "words": list(put.words)}
        events.append(Happening(at, "imported", None, {}, facts))
    events[1:] = sorted(events[1:], key=lambda event: (event.at, event.facts["row"]))
    return events


def _opening(row: LogRow, known: dict[str, object]) -> Happening:
    changes = _changes({**_described(row), "state": "new"}, known)
    return Happening(row.opened_at, "opened", row.opened_by, changes)


def _update(row: LogRow, known: dict[str, object]) -> Happening:
    before, state = str(known["state"]), STATES[row.state]
    counters = {name: known[name] for name in ("reassigned_count", "reopened_count")}
    counted = {"reassigned_count": row.reassignment_count, "reopened_count": row.reopen_count}
    changes = _changes({**_described(row), "state": state, **counted}, known)
    type = _type(before, state, changes)
    if "team" in changes:
        changes["reassigned_count"] = [counters["reassigned_count"], row.reassignment_count]
    if type == "reopened":
        changes["reopened_count"] = [counters["reopened_count"], row.reopen_count]
    reason = HOLD_REASONS.get(row.state)
    if reason and known.get("hold_reason") != reason:
        changes["hold_reason"] = [known.get("hold_reason"), reason]
    known["hold_reason"] = reason
    if state in ENDED:
        changes["resolved_at"] = [None, row.resolved_at.isoformat() if row.resolved_at else None]
    facts = {"row": row.line, "made_sla": row.made_sla, "source_state": row.state}
    return Happening(row.updated_at, type, row.updated_by, changes, facts)


def _described(row: LogRow) -> dict[str, object]:
    """The columns of the work item that a row speaks of; None says nothing."""
    return {
        "team": row.group,
        "assignee": row.assignee,
        "site": row.location,
        "category": row.category,
        "configuration_item": row.configuration_item,
        "impact": row.impact,
        "urgency": row.urgency,
        "priority": row.priority,
    }


def _changes(said: dict[str, object], known: dict[str, object]) -> dict[str, list[object]]:
    changes = {
        name: [known.get(name), value]
        for name, value in said.items()
        if value is not None and known.get(name) != value
    }
    known.update({name: after for name, (_, after) in changes.items()})
    return changes


def _type(before: str, state: str, changes: dict[str, list[object]]) -> str:
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

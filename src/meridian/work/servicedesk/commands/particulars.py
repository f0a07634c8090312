"""Changing what an item is about: words, classification and priority."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, command
from meridian.engine.policies import Actor
from meridian.kernel.words import can_be_seen
from meridian.work.items.contracts.happenings import Happened
from meridian.work.servicedesk.commands.guards import require_verb
from meridian.work.servicedesk.commands.log import record
from meridian.work.servicedesk.commands.opening import TITLE_LENGTH
from meridian.work.servicedesk.contracts import EventType
from meridian.work.servicedesk.models import WorkItem
from meridian.work.servicedesk.queries.settings import priority_matrix
from meridian.work.servicedesk.rules import LEVELS, PRIORITIES

PARTICULARS = frozenset(
    {
        *("title", "kind", "site", "category", "concerns"),
        *("impact", "urgency", "priority", "priority_reason"),
    }
)


@command("servicedesk.workitem.change", on=WorkItem, target="row")
def change_item(*, actor: Actor, row: WorkItem, **fields: Any) -> WorkItem:
    """Change particulars of the item by name (`PARTICULARS`).

    Impact and urgency give the priority. Naming another `priority` needs a `priority_reason` and holds until
    the matrix' own is named. What decides the promise moves the due time; what the item waited with a stopped
    clock stays granted. Other fields of the item may be named with the value they have, as a whole form does.
    """
    require_verb(actor, row, "change")
    fields = _changeable(row, fields)
    _check(fields)
    if all(getattr(row, name) == value for name, value in fields.items()):
        return row
    changes = {**fields, **_priority(row, fields)}
    return record(row, Happened(EventType.CHANGED, timezone.now(), actor.person_id, changes))


def _changeable(item: WorkItem, fields: dict[str, Any]) -> dict[str, Any]:
    others = {name for name in fields if name not in PARTICULARS}
    altered = sorted(name for name in others if getattr(item, name, None) != fields[name])
    if altered:
        raise Refusal(
            _("These particulars can't be changed here: %(names)s. Use the action made for them.")
            % {"names": ", ".join(altered)},
            altered[0],
        )
    return {name: value for name, value in fields.items() if name in PARTICULARS}


def _check(fields: dict[str, Any]) -> None:
    if "title" in fields:
        fields["title"] = fields["title"].strip()
        if not can_be_seen(fields["title"]) or len(fields["title"]) > TITLE_LENGTH:
            raise Refusal(
                _("The subject has between 1 and %(length)d characters.") % {"length": TITLE_LENGTH}, "title"
            )
    for name, allowed in (("impact", LEVELS), ("urgency", LEVELS), ("priority", PRIORITIES)):
        if name in fields and fields[name] not in allowed:
            raise Refusal(
                _("Choose a number from %(least)d to %(most)d.")
                % {"least": allowed.start, "most": allowed.stop - 1},
                name,
            )


def _priority(item: WorkItem, fields: dict[str, Any]) -> dict[str, Any]:
    cell = (fields.get("impact", item.impact), fields.get("urgency", item.urgency))
    derived = priority_matrix().get(cell, item.priority)
    kept = item.priority if item.priority_reason and cell == (item.impact, item.urgency) else derived
    priority = fields.get("priority", kept)
    reason = fields.get("priority_reason", item.priority_reason).strip()
    if priority == derived:
        return {"priority": derived, "priority_reason": ""}
    if not reason:
        raise Refusal(
            _("The matrix gives priority %(derived)d. Say why it shall be %(wanted)d.")
            % {"derived": derived, "wanted": priority},
            "priority_reason",
        )
    return {"priority": priority, "priority_reason": reason}

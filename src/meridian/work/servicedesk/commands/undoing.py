"""Giving back what was done to several items at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Untimely, command
from meridian.engine.events import publish
from meridian.engine.policies import Actor
from meridian.work.items.contracts.folding import changing_of, columns_of
from meridian.work.items.contracts.happenings import Happened
from meridian.work.servicedesk.commands.log import record
from meridian.work.servicedesk.contracts import EventType
from meridian.work.servicedesk.events import ItemAssigned, ItemResumed
from meridian.work.servicedesk.models import WorkItem
from meridian.work.servicedesk.rules import ENDED, ON_HOLD, Folded


@command("servicedesk.workitem.take_back", on=WorkItem, target="item", action="take", title=_("Undo"))
def take_back(*, actor: Actor, item: WorkItem, before: Mapping[str, Any]) -> WorkItem:
    """Give the columns of an item what they held `before`, as the trail keeps them.

    What was said stays said, and time on hold stays counted as it passed. What ended the item has been
    told to its requester: that is reopened, not undone.
    """
    if item.merged_into_id or item.state in ENDED or before.get("state") in ENDED:
        raise Untimely(_("The requester was told how this ended. Reopen it if there is more to do."))
    now, held = timezone.now(), item.state == ON_HOLD
    record(item, Happened(EventType.CHANGED, now, actor.person_id, _changes(before), facts={"undone": True}))
    told = (item.pk, item.event_count, actor.person_id, now)
    if {"team_id", "assignee_id"} & before.keys():
        publish(ItemAssigned(*told, item.team_id, item.assignee_id))
    if held and item.state != ON_HOLD:
        publish(ItemResumed(*told))
    return item


def _changes(before: Mapping[str, Any]) -> dict[str, Any]:
    """The folded columns and what they held."""
    changing = changing_of(Folded)
    names = {column: name for name, column in columns_of(Folded).items() if name in changing}
    return {names[column]: _read(names[column], value) for column, value in before.items() if column in names}


def _read(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name in Folded.INSTANTS and value is not None else value

"""Promising an item for another time, when what the promise follows from was corrected."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import command
from meridian.engine.policies import Actor
from meridian.work.items.contracts.happenings import Happened
from meridian.work.servicedesk.commands.log import record
from meridian.work.servicedesk.contracts import EventType
from meridian.work.servicedesk.models import WorkItem


@command("servicedesk.workitem.promise", on=WorkItem, target="item", title=_("promise another time"))
def promise(*, actor: Actor, item: WorkItem, due_at: datetime) -> WorkItem:
    """Promise the item as its clock now says: a policy or a calendar was corrected."""
    if item.due_at == due_at:
        return item
    return record(item, Happened(EventType.CHANGED, timezone.now(), actor.person_id, {"due_at": due_at}))

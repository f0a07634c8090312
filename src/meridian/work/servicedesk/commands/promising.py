"""Promising items for another time, when what the promise follows from was corrected."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import command
from meridian.engine.policies import Actor
from meridian.work.items.contracts.happenings import Happened
from meridian.work.servicedesk.commands.log import LOG
from meridian.work.servicedesk.contracts import EventType
from meridian.work.servicedesk.models import WorkItem


@command("servicedesk.workitem.promise", on=WorkItem, target="items", title=_("promise another time"))
def promise(*, actor: Actor, items: list[WorkItem], due: Mapping[int, datetime]) -> None:
    """Promise items as their clocks now say, each by its key: a policy or a calendar was corrected."""
    now = timezone.now()
    LOG.record_all(
        (item, Happened(EventType.CHANGED, now, actor.person_id, {"due_at": due[item.pk]}))
        for item in items
        if item.due_at != due[item.pk]
    )

"""Asking how it went, when an item is closed."""

from meridian.engine.commands import Refusal
from meridian.engine.policies import system_actor
from meridian.work.servicedesk.events import ItemEnded
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.surveys.commands import invite

HOUSE = system_actor("Surveys")


def is_closed(event: ItemEnded) -> bool:
    """Whether it came to an end with a solution."""
    return event.state == "closed"


def ask_how_it_went(event: ItemEnded) -> None:
    """Invite whoever asked, unless a rule says that nobody is asked about this item."""
    item = WorkItem.objects.select_related("requester").get(pk=event.item)
    try:
        invite(actor=HOUSE, item=item)
    except Refusal:
        # Each reason is a rule of `why_not_asked`: not to ask is no fault.
        return

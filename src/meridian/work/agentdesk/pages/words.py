"""What the desk's pages say and show alike: tones, priorities, spans of time, the reader's rights."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meridian.engine.commands import Unseen
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Actor
from meridian.engine.resources import resource_of
from meridian.work.servicedesk.contracts import State
from meridian.work.servicedesk.facade import WorkItem, find_item

PRIORITIES: Mapping[int, Promise] = {
    1: pgettext_lazy("priority", "1 · critical"),
    2: pgettext_lazy("priority", "2 · high"),
    3: pgettext_lazy("priority", "3 · medium"),
    4: pgettext_lazy("priority", "4 · low"),
    5: pgettext_lazy("priority", "5 · can wait"),
}
PRIORITY_TONES: Mapping[int, str] = {1: "bad", 2: "watch", 3: "accent", 4: "still", 5: "still"}
LEVELS: Mapping[int, Promise] = {
    1: pgettext_lazy("impact or urgency", "1 · most"),
    2: pgettext_lazy("impact or urgency", "2 · much"),
    3: pgettext_lazy("impact or urgency", "3 · some"),
    4: pgettext_lazy("impact or urgency", "4 · least"),
}
# The letters that press a verb on the page of an item, or beside the queue.
KEYS: Mapping[str, str] = {"take": "t", "assign": "a", "resolve": "d"}
KEY_WORDS = (
    ("n", _("New item")),
    ("r", _("Answer, or note something")),
    ("t", _("Take")),
    ("a", _("Assign")),
    ("d", _("Resolve")),
    ("u", _("Back to the queue")),
)
NEWS = {"new": _("Changed since I looked")}
STATE_WORDS = {state.value: state.label for state in State}


def tone_of(state: str) -> str:
    return resource_of(WorkItem).tone_of(state)


for_agents = needs(
    "servicedesk.workitem.queue",
    _("The queue is for the people of the service desks. Your requests are in the portal."),
)


def shown_item(actor: Actor, number: str, *, as_desk: bool = False) -> Any:
    """The `WorkItem` of this number as the actor may see it; `Unseen` otherwise."""
    item = find_item(actor, number)
    if item is None or (as_desk and not item.at_desk):
        raise Unseen(_("There is no item %(number)s, or it is not yours to see.") % {"number": number})
    return item

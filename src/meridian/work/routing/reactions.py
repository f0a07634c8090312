"""New items are routed; who must decide hears of what nobody can have."""

import logging

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal
from meridian.engine.notices.commands import Tidings, tell
from meridian.engine.notices.words import in_words
from meridian.engine.policies import system_actor
from meridian.registers.access.facade import account_ids_of
from meridian.work.routing.commands import route
from meridian.work.routing.events import ItemUnroutable
from meridian.work.routing.queries import rule_for
from meridian.work.servicedesk.events import ItemOpened
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.shifts.facade import Hub, leads_to_tell

HOUSE = system_actor("Routing")

logger = logging.getLogger(__name__)


def route_new(event: ItemOpened) -> None:
    """A new item that nobody has and that a rule fits finds whoever works on it."""
    item = WorkItem.objects.select_related("site").get(pk=event.item)
    if not item.is_open or item.assignee_id is not None or rule_for(item) is None:
        return
    try:
        route(actor=HOUSE, item=item)
    except Refusal as refusal:
        logger.warning("Item %s is not routed: %s", item.number, refusal)


def tell_of_unroutable(event: ItemUnroutable) -> None:
    """The lead on duty of the team, else of every hub, hears that a person must decide."""
    item = WorkItem.objects.get(pk=event.item)
    teams = [event.team] if event.team else list(Hub.objects.values_list("team", flat=True))
    people = {person for team in teams for person in leads_to_tell(event.at, team)}
    sentence = in_words(_("Nobody can have %(number)s: decide who works on it"), number=item.number)
    tidings = Tidings(
        kind="routing.unroutable",
        text=sentence,
        url=reverse("routing-why", args=(item.number,)),
        words=item.title,
        occasion=f"routing.unroutable.{item.pk}.{event.at:%s}",
    )
    tell(actor=HOUSE, account_ids=account_ids_of(people), tidings=tidings)

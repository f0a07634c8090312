"""Custody follows the desk's log; people hear of what is offered and returned."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meridian.engine.notices.commands import Tidings, tell
from meridian.engine.notices.words import in_words
from meridian.engine.policies import system_actor
from meridian.registers.access.facade import account_ids_of
from meridian.work.handover.commands.answers import follow_item
from meridian.work.handover.events import ItemReturned, ItemUnaccepted
from meridian.work.handover.models import SheetItem
from meridian.work.servicedesk.events import ItemAssigned, ItemOpened, ItemResumed
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.shifts.facade import leads_to_tell

HOUSE = system_actor("Hand-over")


def came_to_a_team(event: ItemOpened | ItemAssigned) -> bool:
    """Only what some team has can be in a hub's hands."""
    return event.team is not None


def follow_opened(event: ItemOpened) -> None:
    """Note in whose hands a new item is."""
    follow_item(actor=HOUSE, item=WorkItem.objects.get(pk=event.item))


def follow_assigned(event: ItemAssigned) -> None:
    """Note in whose hands an item is that came to a team."""
    follow_item(actor=HOUSE, item=WorkItem.objects.get(pk=event.item))


def go_on(event: ItemResumed) -> None:
    """What goes on after a wait comes to the desk of the hub that has it."""
    follow_item(actor=HOUSE, item=WorkItem.objects.get(pk=event.item), goes_on=True)


def tell_of_returned(event: ItemReturned) -> None:
    """Whoever offered an item hears why it was returned."""
    row = SheetItem.objects.select_related("item", "sheet__to_hub").get(pk=event.sheet_item)
    sentence = in_words(_("%(hub)s returns %(number)s"), hub=str(row.sheet.to_hub), number=row.item.number)
    tidings = Tidings(
        kind="handover.returned",
        text=sentence,
        url=reverse("handover-sheet-detail", args=(row.sheet_id,)),
        words=event.reason,
        occasion=f"handover.returned.{row.pk}.{event.at:%s}",
    )
    tell(actor=HOUSE, account_ids=account_ids_of([row.offered_by_id]), tidings=tidings)


def tell_of_unaccepted(event: ItemUnaccepted) -> None:
    """The lead who is on duty at the incoming hub hears that nobody accepts."""
    rows = SheetItem.objects.select_related("item", "sheet__from_hub", "sheet__to_hub")
    row = rows.get(pk=event.sheet_item)
    hub = row.sheet.to_hub
    sentence = in_words(
        _("Nobody has accepted %(number)s, offered by %(hub)s"),
        number=row.item.number,
        hub=str(row.sheet.from_hub),
    )
    tidings = Tidings(
        kind="handover.unaccepted",
        text=sentence,
        url=reverse("handover-sheet-detail", args=(row.sheet_id,)),
        words=row.next_action,
        occasion=f"handover.unaccepted.{row.pk}.{event.at:%s}",
    )
    people = leads_to_tell(event.at, hub.team_id)
    tell(actor=HOUSE, account_ids=account_ids_of(people), tidings=tidings)

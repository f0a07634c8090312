"""Clocks follow what happens to items, and people are told when their time runs out."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meridian.engine.notices.commands import Tidings, tell
from meridian.engine.notices.words import FieldOf, in_words
from meridian.engine.policies import system_actor
from meridian.registers.access.facade import account_ids_of
from meridian.work.service_levels.commands.counting import count_clocks
from meridian.work.service_levels.events import PersonCalled
from meridian.work.service_levels.models import Call, Clock
from meridian.work.servicedesk.events import ItemMoved, ItemOpened

HOUSE = system_actor("Service levels")
ALL_OF_IT = 100


def begin(event: ItemOpened) -> None:
    """Start the clocks of a new item."""
    count_clocks(actor=HOUSE, items=[event.item])


def follow(event: ItemMoved) -> None:
    """Count the clocks of an item anew, from its whole log: in what order events are heard is the same."""
    count_clocks(actor=HOUSE, items=[event.item])


def tell_of_threshold(event: PersonCalled) -> None:
    """Tell whoever is called how much of the time is gone, and by when the work is due."""
    call = Call.objects.select_related("clock__item").filter(pk=event.call).first()
    if call is not None:
        tell(actor=HOUSE, account_ids=account_ids_of([call.person_id]), tidings=_tidings(call, call.clock))


def _tidings(call: Call, clock: Clock) -> Tidings:
    sentence = _("%(title)s: %(percent)s%% of the time is gone (%(measure)s), due %(at)s")
    if call.percent >= ALL_OF_IT:
        sentence = _("%(title)s is late (%(measure)s): it was due %(at)s")
    item = clock.item
    facts = {"percent": call.percent, "at": clock.due_at, "measure": FieldOf(clock, "measure")}
    title = f"{item.number} {item.title}" if item else clock.title
    return Tidings(
        kind="service_levels.instead" if call.instead else "service_levels.threshold",
        text=in_words(sentence, title=title, **facts),
        url=reverse("desk-item", args=(item.number,)) if item else clock.address,
        occasion=f"service_levels.{clock.pk}.{call.percent}",
    )

"""Who is told of swaps."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meridian.engine.notices.commands import Tidings, tell
from meridian.engine.notices.words import in_words
from meridian.engine.policies import system_actor
from meridian.registers.access.facade import account_ids_of
from meridian.work.servicedesk.facade import Person
from meridian.work.shifts.events import SwapAnswered, SwapAsked
from meridian.work.shifts.models import Swap

HOUSE = system_actor("Rosters")


def tell_of_asked_swap(event: SwapAsked) -> None:
    """Whoever is asked learns who asks, and for when."""
    sentence = in_words(
        _("%(person)s asks you to take a shift over"), person=str(Person.objects.get(pk=event.giver))
    )
    _tell("asked", event.swap, event.taker, sentence)


def tell_of_answered_swap(event: SwapAnswered) -> None:
    """Whoever asked learns the answer."""
    said = {
        Swap.State.ACCEPTED: _("%(person)s takes your shift over"),
        Swap.State.REFUSED: _("%(person)s does not take your shift over"),
    }
    sentence = in_words(said[Swap.State(event.state)], person=str(Person.objects.get(pk=event.taker)))
    _tell("answered", event.swap, event.giver, sentence)


def _tell(kind: str, swap: int, person: int, sentence: object) -> None:
    tidings = Tidings(
        kind=f"shifts.{kind}",
        text=sentence,  # type: ignore[arg-type]
        url=reverse("shifts-swap-detail", args=(swap,)),
        occasion=f"shifts.{kind}.{swap}",
    )
    tell(actor=HOUSE, account_ids=account_ids_of([person]), tidings=tidings)

"""Who is told what happened at the desk."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meridian.engine.errands.events import ErrandEnded
from meridian.engine.errands.models import Errand, State
from meridian.engine.events import publish
from meridian.engine.notices.commands import Tidings, tell
from meridian.engine.notices.words import in_words
from meridian.engine.policies import system_actor
from meridian.engine.values import url_of
from meridian.registers.access.facade import account_ids_of, actors_named
from meridian.work.items.facade import words_at
from meridian.work.notifications.events import PeopleTold
from meridian.work.notifications.rules import mentions
from meridian.work.servicedesk.events import (
    ItemAssigned,
    ItemDueMoved,
    ItemEnded,
    ItemHeld,
    ItemNoted,
    ItemOpened,
    ItemReopened,
    ItemReplied,
    ItemResolved,
    ItemResumed,
)
from meridian.work.servicedesk.facade import WorkItem, audience_of, may_read

HOUSE = system_actor("Service desk")


class Telling:
    """Tells of one happening. Each account hears of it once, by the first kind that fits.

    Sentences are lazy texts with the placeholder `number`, and others named in `facts`.
    """

    def __init__(self, event: Any) -> None:
        self.item: int = event.item
        self.audience = audience_of(event.item)
        self.words = words_at(WorkItem, event.item, event.sequence)
        self._sequence: int = event.sequence
        self._occasion = f"servicedesk.{event.item}.{event.sequence}"
        self._person = event.person
        self._doer = account_ids_of([event.person])

    def requesters(self, kind: str, sentence: Promise, **facts: Any) -> None:
        """Tell the requester, those whose items went into this one (each of their own), and the watchers."""
        found = self.audience
        about = {"number": found.number, **facts}
        self._people(kind, [found.requester], sentence, about)
        for number, requester in found.merged:
            self._people(kind, [requester], sentence, about | {"number": number})
        self._people("followed", found.watchers, sentence, about)

    def desk(self, kind: str, sentence: Promise, **facts: Any) -> None:
        """Tell who has the work; where nobody has it, the team."""
        found = self.audience
        about = {"number": found.number, **facts}
        if found.assignee is None:
            self._people("team", found.agents, sentence, about, at_desk=True)
        else:
            self._people(kind, [found.assignee], sentence, about, at_desk=True)

    def mentioned(self, *, as_desk: bool) -> None:
        """Tell whom the words name, if they may read them."""
        named = {
            actor.account_id
            for actor in actors_named(mentions(self.words))
            if actor.account_id is not None and may_read(actor, self.item, as_desk=as_desk)
        }
        about = {"number": self.audience.number}
        self._accounts("mentioned", named, _("You are named on %(number)s"), about, at_desk=True)

    def _people(
        self,
        kind: str,
        person_ids: Iterable[int | None],
        sentence: Promise,
        about: dict[str, Any],
        *,
        at_desk: bool = False,
    ) -> None:
        people = [key for key in person_ids if key is not None and key != self._person]
        self._accounts(kind, account_ids_of(people), sentence, about, at_desk=at_desk)
        if people and not at_desk:
            number = about["number"]
            seen = (self._title_for(number), self._words_for(kind, number))
            publish(PeopleTold(kind, self.item, self._sequence, number, tuple(people), *seen))

    def _accounts(
        self, kind: str, account_ids: set[int], sentence: Promise, about: dict[str, Any], *, at_desk: bool
    ) -> None:
        number = about["number"]
        title = self._title_for(number)
        said = in_words(sentence, **about)
        tidings = Tidings(
            kind=f"notifications.{kind}",
            text=in_words(_("%(sentence)s: %(title)s"), sentence=said, title=title) if title else said,
            url=reverse("desk-item" if at_desk else "portal-follow", args=(number,)),
            words=self._words_for(kind, number),
            occasion=self._occasion,
        )
        tell(actor=HOUSE, account_ids=account_ids - self._doer, tidings=tidings)

    def _title_for(self, number: str) -> str:
        """The subject of an item that went into this one stays with its own requester's page."""
        return self.audience.title if number == self.audience.number else ""

    def _words_for(self, kind: str, number: str) -> str:
        return self.words if kind in (SPOKEN if number == self.audience.number else OF_THE_DESK) else ""


# Whom the kind concerns may read what was said; of notes for the desk only who is named in them.
SPOKEN = frozenset({"answered", "solved", "ended", "followed", "replied", "reopened", "team", "mentioned"})
# Who asked the same elsewhere reads the desk's words and nobody else's.
OF_THE_DESK = frozenset({"answered", "solved"})


def asked_for_another(event: ItemOpened) -> bool:
    """Whether somebody opened it for somebody else."""
    return event.person != event.requester


def waits_for_requester(event: ItemHeld) -> bool:
    """Whether the work waits for an answer."""
    return event.waits_for_requester


def woke_by_itself(event: ItemResumed) -> bool:
    """Whether nobody let the work go on."""
    return event.person is None


def tell_of_opening(event: ItemOpened) -> None:
    """Whoever asked by themselves knows; for whom somebody else asked is told."""
    Telling(event).requesters("opened", _("%(number)s was opened for you"))


def tell_of_assignment(event: ItemAssigned) -> None:
    """Tell the agent, or the team where no agent has it."""
    telling = Telling(event)
    if event.assignee:
        telling.desk("assigned", _("%(number)s was given to you"))
    else:
        telling.desk("assigned", _("%(number)s came to %(team)s"), team=telling.audience.team_name)


def tell_of_reply(event: ItemReplied) -> None:
    """Tell the other side, and whom the words name."""
    telling = Telling(event)
    if event.by == "desk":
        telling.requesters("answered", _("The desk answers on %(number)s"))
    else:
        telling.desk("replied", _("The requester answers on %(number)s"))
    telling.mentioned(as_desk=False)


def tell_of_note(event: ItemNoted) -> None:
    """Tell whom a note for the desk names."""
    Telling(event).mentioned(as_desk=True)


def tell_of_question(event: ItemHeld) -> None:
    """Tell the requester that nothing goes on without them."""
    Telling(event).requesters("asked", _("The desk waits for your answer on %(number)s"))


def tell_of_waking(event: ItemResumed) -> None:
    """Tell of an item that woke by itself: whoever goes on by hand knows."""
    Telling(event).desk("woken", _("%(number)s waits no longer: go on with it"))


def tell_of_solution(event: ItemResolved) -> None:
    """Tell the requester the solution."""
    Telling(event).requesters("solved", _("%(number)s is solved; say if it is not fixed"))


def tell_of_reopening(event: ItemReopened) -> None:
    """Tell who has the item again, or the team that finds it in its list."""
    Telling(event).desk("reopened", _("%(number)s is not fixed"))


def tell_of_end(event: ItemEnded) -> None:
    """Tell both sides; whoever ended it knows."""
    is_cancelled = event.state == "cancelled"
    sentence = _("%(number)s was cancelled") if is_cancelled else _("%(number)s is closed")
    telling = Telling(event)
    telling.requesters("ended", sentence)
    if telling.audience.assignee:
        telling.desk("replied", sentence)


def tell_of_promise(event: ItemDueMoved) -> None:
    """Tell the requester that the desk's promise has changed."""
    Telling(event).requesters("promised", _("%(number)s is now due %(at)s"), at=event.due_at)


def tell_of_errand(event: ErrandEnded) -> None:
    """Tell whoever asked for long work that it has ended, and how."""
    errand = Errand.objects.filter(pk=event.errand).first()
    if errand is None:
        return
    sentences = {State.DONE: _("%(title)s: done"), State.REFUSED: _("%(title)s: refused")}
    sentence = sentences.get(State(errand.state), _("%(title)s: it did not succeed"))
    text = in_words(sentence, title=errand.title)
    tidings = Tidings("notifications.errand", text, url_of(errand), occasion=f"errands.{errand.pk}")
    tell(actor=system_actor("Errands"), account_ids=[errand.account_id], tidings=tidings)

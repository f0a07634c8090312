"""How an item ends, and how it is taken up again."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Warned, command
from meridian.engine.events import publish
from meridian.engine.policies import Actor
from meridian.kernel.words import can_be_seen
from meridian.work.items.contracts.happenings import Happened
from meridian.work.items.facade import ended_whole, refuse_open_parts, words_of
from meridian.work.servicedesk.commands.guards import require_verb
from meridian.work.servicedesk.commands.log import RELATIONS, record
from meridian.work.servicedesk.commands.opening import open_wish, wish_like
from meridian.work.servicedesk.contracts import EventType, LanguageCode
from meridian.work.servicedesk.events import ItemEnded, ItemReopened
from meridian.work.servicedesk.models import Membership, WorkItem
from meridian.work.servicedesk.rules import ASSIGNED, CANCELLED, CLOSED, IN_PROGRESS, NEW, may_reopen


@command("servicedesk.workitem.confirm", on=WorkItem, target="item")
def confirm(*, actor: Actor, item: WorkItem, text: str = "", language: LanguageCode = "en") -> WorkItem:
    """The requester says that it is solved; the item closes."""
    require_verb(actor, item, "confirm")
    return _end(actor, item, EventType.CONFIRMED, CLOSED, text, language)


@command("servicedesk.workitem.close", on=WorkItem, target="item")
def close(*, actor: Actor, item: WorkItem) -> WorkItem:
    """Close a resolved item without hearing from the requester."""
    require_verb(actor, item, "close")
    return _end(actor, item, EventType.CLOSED, CLOSED)


def _warn_of_cancelling(rows: list[WorkItem], _given: Any) -> Warned:
    number = {"number": rows[0].number}
    return Warned(
        title=_("Cancel %(number)s?") % number,
        does=(_("Nobody works on it any more; requester and desk read why."),),
        lost=_("A cancelled item can't be reopened."),
        button=_("Cancel the item"),
        done=_("%(number)s is cancelled. If it is needed after all, ask anew.") % number,
    )


@command("servicedesk.workitem.cancel", on=WorkItem, target="item", warns=_warn_of_cancelling)
def cancel(*, actor: Actor, item: WorkItem, reason: str, language: LanguageCode = "en") -> WorkItem:
    """Give the item up; requester and desk read why."""
    require_verb(actor, item, "cancel")
    if not can_be_seen(reason):
        raise Refusal(_("Say why it is cancelled."), "reason")
    return _end(actor, item, EventType.CANCELLED, CANCELLED, reason, language)


def _end(
    actor: Actor, item: WorkItem, type: EventType, state: str, text: str = "", language: str = "en"
) -> WorkItem:
    refuse_open_parts(actor, item)
    now, words = (
        timezone.now(),
        words_of(text, language, field="reason" if type == EventType.CANCELLED else "text"),
    )
    record(item, Happened(type, now, actor.person_id, {"state": state}, words=words))
    publish(ItemEnded(item.pk, item.event_count, actor.person_id, now, state))
    return item


@command("servicedesk.workitem.reopen", on=WorkItem, target="item")
def reopen(*, actor: Actor, item: WorkItem, text: str, language: LanguageCode = "en") -> WorkItem:
    """Take a resolved item up again, with what is still wrong.

    More than 14 days after its resolution, or as a part of what has ended, a new item linked to it
    is opened instead, in its language and channel. Returns the item on which things go on.
    """
    require_verb(actor, item, "reopen")
    if not can_be_seen(text):
        raise Refusal(_("Say what is still wrong."), "text")
    now = timezone.now()
    if not may_reopen(item.resolved_at or item.closed_at, now) or ended_whole(WorkItem, item.pk) is not None:
        return _open_anew(actor, item, text)
    changes: dict[str, Any] = {"resolution": "", **_taken_up_by(item)}
    record(item, Happened(EventType.REOPENED, now, actor.person_id, changes, words=words_of(text, language)))
    publish(ItemReopened(item.pk, item.event_count, actor.person_id, now))
    return item


def _taken_up_by(item: WorkItem) -> dict[str, Any]:
    """Who has an item that comes back: who had it, if still in the team; else it waits for the team."""
    if item.assignee_id is None:
        return {"state": NEW if item.team_id is None else ASSIGNED}
    agents = Membership.objects.filter(team=item.team_id, person=item.assignee_id)
    if item.team_id is None or agents.filter(person__left_on__isnull=True).exists():
        return {"state": IN_PROGRESS}
    return {"state": ASSIGNED, "assignee": None}


def _open_anew(actor: Actor, item: WorkItem, text: str) -> WorkItem:
    successor = open_wish(actor, wish_like(item, item.title, text, item.language))
    RELATIONS.relate(actor, successor, item)
    return successor

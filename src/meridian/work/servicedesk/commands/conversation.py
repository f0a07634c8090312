"""What is said about an item: replies that the requester sees, notes for the desk."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, command
from meridian.engine.events import publish
from meridian.engine.policies import Actor
from meridian.work.items.contracts.happenings import Happened, Words
from meridian.work.items.facade import merge_path, words_of
from meridian.work.servicedesk.commands.guards import require_verb, waits_for_requester
from meridian.work.servicedesk.commands.log import record
from meridian.work.servicedesk.contracts import EventType, LanguageCode
from meridian.work.servicedesk.events import ItemNoted, ItemReplied
from meridian.work.servicedesk.models import WorkItem
from meridian.work.servicedesk.rules import IN_PROGRESS, ON_HOLD

REQUESTER, DESK = "requester", "desk"


@command("servicedesk.workitem.reply", on=WorkItem, target="item")
def reply(*, actor: Actor, item: WorkItem, text: str, language: LanguageCode = "en") -> WorkItem:
    """Say something that requester and desk both see.

    A requester's reply ends a hold that waits for it. It does not reopen a resolved item, for
    most such replies say thanks: reopening is a choice of its own. On an item that was merged
    into another the requester's words arrive on the last of the chain too, for the desk alone:
    whoever asked there does not read them.
    """
    by = REQUESTER if actor.person_id == item.requester_id else DESK
    path = merge_path(item) if by == REQUESTER else []
    last = WorkItem.objects.select_for_update().get(pk=path[-1].item) if path else None
    require_verb(actor, last or item, "reply")
    words = _words(text, language)
    _say(actor, item, {"by": by}, words)
    if last:
        relayed = words._replace(visibility="internal")
        _say(actor, last, {"by": REQUESTER, "from": item.number}, relayed)
    return item


def _say(actor: Actor, item: WorkItem, facts: dict[str, str], words: Words) -> None:
    now, by = timezone.now(), facts["by"]
    awaited = by == REQUESTER and item.state == ON_HOLD and waits_for_requester(item)
    changes = {"state": IN_PROGRESS} if awaited else {}
    record(item, Happened(EventType.REPLIED, now, actor.person_id, changes, facts, words))
    publish(ItemReplied(item.pk, item.event_count, actor.person_id, now, by))


@command("servicedesk.workitem.note", on=WorkItem, target="item")
def note(*, actor: Actor, item: WorkItem, text: str, language: LanguageCode = "en") -> WorkItem:
    """Write something down that only the desk sees."""
    words = _words(text, language)._replace(visibility="internal")
    now = timezone.now()
    record(item, Happened(EventType.NOTED, now, actor.person_id, words=words))
    publish(ItemNoted(item.pk, item.event_count, actor.person_id, now))
    return item


def _words(text: str, language: str) -> Words:
    words = words_of(text, language)
    if words is None:
        raise Refusal(_("Write something first."), "text")
    return words

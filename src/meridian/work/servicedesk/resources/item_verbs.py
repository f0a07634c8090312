"""What may be done to a work item, as people meet it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meridian.engine.policies import Actor
from meridian.engine.resources import Ask, Verb
from meridian.work.servicedesk import commands
from meridian.work.servicedesk.models import Link, Message, Watcher, WorkItem
from meridian.work.servicedesk.queries.items import holder_of
from meridian.work.servicedesk.rules import MACHINE

MERGING = _(
    "It is merged into %(number)s “%(subject)s”, asked for by %(requester)s. This item is closed and the"
    " other goes on. What was said stays where it was said; the requester keeps following this item, where"
    " answers on the other appear. “Undo the merge” brings everything back."
)


def _open_to(verb: str) -> Q:
    """The states from which the verb starts; what was merged goes on where it went."""
    return Q(state__in=sorted(MACHINE.moves[verb].sources), merged_into=None)


def _watches(actor: Actor, item: WorkItem) -> bool:
    """Whoever follows the item."""
    return Watcher.objects.filter(item=item, person=actor.person_id).exists()


def _watches_not(actor: Actor, item: WorkItem) -> bool:
    """Whoever does not follow the item yet."""
    return not _watches(actor, item)


def _is_anothers(actor: Actor, item: WorkItem) -> bool:
    """Open work that the actor doesn't have already."""
    return not item.merged_into_id and MACHINE.may("take", item.state) and not item.is_had_by(actor.person_id)


def _links(item: WorkItem) -> QuerySet[Link]:
    return Link.objects.filter(Q(source=item) | Q(target=item))


def _public_messages(item: WorkItem) -> QuerySet[Message]:
    return Message.objects.filter(item=item, visibility=Message.Visibility.PUBLIC)


def _merging(_item: WorkItem, given: Mapping[str, Any]) -> str:
    into = given["into"]
    return str(MERGING) % {"number": into.number, "subject": into.title, "requester": into.requester}


def _step(command: Callable[..., Any], title: Any, icon: str, *fields: Ask, **facets: Any) -> Verb:
    """A verb of the table of states."""
    name = command.facts.name.rsplit(".", 1)[1]  # type: ignore[attr-defined]
    return Verb(command, title, icon, when=_open_to(name), fields=fields, **facets)


def _text(title: Any, name: str = "text") -> Ask:
    return Ask(name, title, long=True)


TEAM = Ask("team", _("Team"), _("Empty keeps the present team."))
AGENT = Ask("assignee", _("Agent"), _("Empty leaves it to the team."))
SOLUTION = _text(_("Solution, for the requester"), "solution")
WAITING = (Ask("hold_reason", _("It waits for")), Ask("until", _("Until")))
NOTE = _("Note for the desk")
WHO = (Ask("person", _("Who"), _("You, when left empty.")),)
LINKED = Q(links_out__isnull=False) | Q(links_in__isnull=False)
OVER = Ask("over", _("Over from"), hidden=True, again=holder_of)
OTHER = (Ask("other", _("Other item")), Ask("type", _("This item")))
SPLIT = (
    Ask("message", _("Message"), among=_public_messages),
    Ask("title", _("Subject of the new item")),
)

ITEM_VERBS = (
    Verb(commands.take, _("Take"), "user", when=_is_anothers, bulk=True, fields=(OVER,)),
    _step(commands.start, _("Begin work"), "check"),
    _step(commands.resume, _("Go on"), "check"),
    _step(commands.resolve, _("Resolve"), "check", SOLUTION, Ask("resolution", _("How it ended")), bulk=True),
    _step(commands.assign, _("Assign"), "people", TEAM, AGENT, bulk=True),
    _step(commands.hold, _("Put on hold"), "hold", *WAITING, _text(NOTE, "note"), bulk=True),
    _step(commands.reply, _("Reply"), "reply", _text(_("Words for requester and desk"))),
    Verb(commands.note, _("Note"), "edit", fields=(_text(NOTE),)),
    _step(commands.confirm, _("It is solved"), "check", _text(_("A word to the desk"))),
    _step(commands.close, _("Close"), "lock", bulk=True),
    _step(commands.reopen, _("Reopen"), "history", _text(_("What is still wrong"))),
    Verb(commands.watch, _("Follow"), "bell", when=_watches_not, fields=WHO),
    Verb(commands.unwatch, _("Follow no longer"), "bell", when=_watches, fields=WHO),
    Verb(commands.link, pgettext_lazy("action", "Link"), "link", fields=OTHER),
    Verb(commands.unlink, _("Remove the link"), "close", when=LINKED, fields=(Ask("link", among=_links),)),
    Verb(commands.split, _("Split a message off"), "split", fields=SPLIT),
    _step(commands.merge, _("Merge"), "merge", Ask("into", _("Into which item")), tells=_merging),
    Verb(commands.unmerge, _("Undo the merge"), "split", when=Q(merged_into__isnull=False)),
    _step(commands.cancel, _("Cancel the item"), "close", _text(_("Why"), "reason"), danger=True),
)

"""How items stand to one another: merged, split, linked; and who watches them."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, command
from meridian.engine.policies import Actor
from meridian.work.items.contracts.happenings import Happened
from meridian.work.servicedesk.commands.guards import require_verb
from meridian.work.servicedesk.commands.log import RELATIONS, record
from meridian.work.servicedesk.commands.opening import open_wish, wish_like
from meridian.work.servicedesk.contracts import EventType
from meridian.work.servicedesk.models import Link, Message, Watcher, WorkItem
from meridian.work.servicedesk.models.references import Person


@command("servicedesk.workitem.merge", on=WorkItem, target="item")
def merge(*, actor: Actor, item: WorkItem, into: WorkItem) -> WorkItem:
    """Close the item as merged into another; what was said stays where it was said.

    The requester goes on following their own item, where the desk's answers on the other
    appear. `unmerge` restores it.
    """
    require_verb(actor, item, "merge")
    return RELATIONS.merge(actor, item, into)


@command("servicedesk.workitem.unmerge", on=WorkItem, target="item")
def unmerge(*, actor: Actor, item: WorkItem) -> WorkItem:
    """Undo the merge of this item: its columns become exactly what they were before it."""
    return RELATIONS.unmerge(actor, item)


@command("servicedesk.workitem.split", on=WorkItem, target="item")
def split(*, actor: Actor, item: WorkItem, message: Message, title: str) -> WorkItem:
    """Open a new item from one public message of this one, for the same requester; both are linked."""
    if message.item_id != item.pk or message.visibility != Message.Visibility.PUBLIC:
        raise Refusal(_("Choose a message of this item."), "message")
    made = open_wish(actor, wish_like(item, title, message.text, message.language))
    Link.objects.create(source=made, target=item, type=Link.Type.RELATED)
    facts = {"item": made.number, "message": message.pk}
    record(item, Happened(EventType.SPLIT, timezone.now(), actor.person_id, facts=facts))
    return made


@command("servicedesk.workitem.link", on=WorkItem, target="item")
def link(*, actor: Actor, item: WorkItem, other: WorkItem, type: Link.Type) -> WorkItem:
    """Say how the item stands to another (`Link.Type`). Parents form a forest three deep."""
    return RELATIONS.link(actor, item, other, type)


@command("servicedesk.workitem.unlink", on=WorkItem, target="item")
def unlink(*, actor: Actor, item: WorkItem, link: Link) -> WorkItem:
    """Remove a link that starts or ends at the item."""
    return RELATIONS.unlink(actor, item, link)


@command("servicedesk.workitem.watch", on=WorkItem, target="item")
def watch(*, actor: Actor, item: WorkItem, person: Person | None = None) -> Watcher:
    """Follow the item, or let somebody follow it: a watcher reads what the requester reads."""
    watcher: Watcher = RELATIONS.watch(actor, item, person)
    return watcher


@command("servicedesk.workitem.unwatch", on=WorkItem, target="item")
def unwatch(*, actor: Actor, item: WorkItem, person: Person | None = None) -> None:
    """No longer follow the item, or let somebody follow it no longer."""
    RELATIONS.unwatch(actor, item, person)

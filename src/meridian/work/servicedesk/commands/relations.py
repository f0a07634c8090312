"""How items stand to one another: merged, split, linked; and who watches them."""

from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Untimely, command
from meridian.engine.policies import Actor
from meridian.work.servicedesk.commands.guards import (
    lock_another,
    number_for,
    refuse_open_parts,
    require_verb,
)
from meridian.work.servicedesk.commands.log import Happened, folded_of, record
from meridian.work.servicedesk.commands.opening import Wish, open_wish
from meridian.work.servicedesk.contracts import EventType
from meridian.work.servicedesk.models import Link, Merge, Message, Watcher, WorkItem
from meridian.work.servicedesk.models.references import Person
from meridian.work.servicedesk.queries.links import ancestors_of, depth_below, ended_whole
from meridian.work.servicedesk.rules import CHANGING, CLOSED, LINK_DEPTH, OPEN, plain


@command("servicedesk.workitem.merge", on=WorkItem, target="item")
def merge(*, actor: Actor, item: WorkItem, into: WorkItem) -> WorkItem:
    """Close the item as merged into another; what was said stays where it was said.

    The requester goes on following their own item, where the desk's answers on the other
    appear. `unmerge` restores it.
    """
    require_verb(actor, item, "merge")
    if into.pk == item.pk:
        raise Refusal(_("An item can't be merged into itself."), "into")
    target = lock_another(actor, into, "merge")
    if target.merged_into_id:
        raise Refusal(
            _("%(number)s was merged itself: merge into the item it went to.") % {"number": target.number},
            "into",
        )
    refuse_open_parts(actor, item)
    now = timezone.now()
    snapshot = folded_of(item)
    before = {name: plain(getattr(snapshot, name)) for name in CHANGING}
    Merge.objects.create(source=item, target=target, before=before, merged_at=now)
    changes = {"state": CLOSED, "merged_into": target}
    record(item, Happened(EventType.MERGED, now, actor.person_id, changes, {"item": target.number}))
    record(target, Happened(EventType.MERGED, now, actor.person_id, facts={"from": item.number}))
    return item


@command("servicedesk.workitem.unmerge", on=WorkItem, target="item")
def unmerge(*, actor: Actor, item: WorkItem) -> WorkItem:
    """Undo the merge of this item: its columns become exactly what they were before it."""
    merged = Merge.objects.select_for_update().filter(source=item, undone_at=None).first()
    if merged is None:
        raise Untimely(_("This item is not merged into another."))
    target = lock_another(actor, merged.target, "unmerge")
    if target.merged_into_id:
        raise Untimely(
            _("%(number)s has been merged further: undo that merge first.") % {"number": target.number}
        )
    if merged.before["state"] in OPEN and (whole := ended_whole(item.pk)) is not None:
        raise Untimely(
            _("It is part of %(number)s, which has ended: reopen that first, or remove the link.")
            % {"number": number_for(actor, whole)}
        )
    now = timezone.now()
    merged.undone_at = now
    merged.save(update_fields=("undone_at",))
    current = folded_of(item)
    restored = {name: [plain(getattr(current, name)), value] for name, value in merged.before.items()}
    record(
        item,
        Happened(EventType.UNMERGED, now, actor.person_id, facts={**restored, "item": target.number}),
    )
    record(target, Happened(EventType.UNMERGED, now, actor.person_id, facts={"from": item.number}))
    return item


@command("servicedesk.workitem.split", on=WorkItem, target="item")
def split(*, actor: Actor, item: WorkItem, message: Message, title: str) -> WorkItem:
    """Open a new item from one public message of this one, for the same requester; both are linked."""
    if message.item_id != item.pk or message.visibility != Message.Visibility.PUBLIC:
        raise Refusal(_("Choose a message of this item."), "message")
    wish = Wish(
        item.requester,
        title,
        message.text,
        kind=item.kind,
        channel=item.channel,
        language=message.language,
        site=item.site,
        team=item.team,
        category=item.category,
        configuration_item=item.configuration_item,
        impact=item.impact,
        urgency=item.urgency,
    )
    made = open_wish(actor, wish)
    Link.objects.create(source=made, target=item, type=Link.Type.RELATED)
    facts = {"item": made.number, "message": message.pk}
    record(item, Happened(EventType.SPLIT, timezone.now(), actor.person_id, facts=facts))
    return made


@command("servicedesk.workitem.link", on=WorkItem, target="item")
def link(*, actor: Actor, item: WorkItem, other: WorkItem, type: Link.Type) -> WorkItem:
    """Say how the item stands to another (`Link.Type`). Parents form a forest three deep."""
    if type not in Link.Type.values:
        raise Refusal(_("Choose how the two items stand to each other."), "type")
    if other.pk == item.pk:
        raise Refusal(_("An item can't be linked to itself."), "other")
    target = lock_another(actor, other, "view")
    if type == Link.Type.PARENT:
        _check_forest(item, target)
        _check_going_on(item, target)
    _made, is_new = Link.objects.get_or_create(source=item, target=target, type=type)
    if not is_new:
        raise Refusal(_("These two items are linked in this way already."), "other")
    _tell_both(actor, item, target, EventType.LINKED, type)
    return item


def _check_forest(parent: WorkItem, part: WorkItem) -> None:
    if Link.objects.filter(target=part, type=Link.Type.PARENT).exists():
        raise Refusal(
            _("%(number)s is part of an item already; it can have one parent.") % {"number": part.number},
            "other",
        )
    above = ancestors_of(parent.pk)
    if part.pk in above:
        raise Refusal(
            _("%(number)s stands above this item; a part can't hold its own whole.")
            % {"number": part.number},
            "other",
        )
    if len(above) + 1 + depth_below(part.pk) > LINK_DEPTH:
        raise Refusal(_("Items can be parts of parts, but no deeper than three."), "other")


def _check_going_on(whole: WorkItem, part: WorkItem) -> None:
    if part.is_open and not (whole.is_open and ended_whole(whole.pk) is None):
        raise Refusal(
            _("This item has ended, so %(number)s, which goes on, can't become its part.")
            % {"number": part.number},
            "other",
        )


@command("servicedesk.workitem.unlink", on=WorkItem, target="item")
def unlink(*, actor: Actor, item: WorkItem, link: Link) -> WorkItem:
    """Remove a link that starts or ends at the item."""
    if item.pk not in (link.source_id, link.target_id):
        raise Refusal(_("Choose a link of this item."), "link")
    source, target = link.source, link.target
    other = target if source.pk == item.pk else source
    locked = WorkItem.objects.select_for_update().get(pk=other.pk)
    link.delete()
    _tell_both(actor, item, locked, EventType.UNLINKED, link.type)
    return item


def _tell_both(actor: Actor, item: WorkItem, other: WorkItem, type: EventType, relation: str) -> None:
    now = timezone.now()
    for here, there in ((item, other), (other, item)):
        facts = {"link": str(relation), "item": there.number}
        record(here, Happened(type, now, actor.person_id, facts=facts))


@command("servicedesk.workitem.watch", on=WorkItem, target="item")
def watch(*, actor: Actor, item: WorkItem, person: Annotated[Any, Person] | None = None) -> Watcher:
    """Follow the item, or let somebody follow it: a watcher reads what the requester reads."""
    chosen = person.pk if person else actor.person_id
    if chosen is None:
        raise Refusal(_("Choose who is to follow the item."), "person")
    watcher, _made = Watcher.objects.get_or_create(item=item, person_id=chosen)
    return watcher


@command("servicedesk.workitem.unwatch", on=WorkItem, target="item")
def unwatch(*, actor: Actor, item: WorkItem, person: Annotated[Any, Person] | None = None) -> None:
    """No longer follow the item, or let somebody follow it no longer."""
    watching: Any = person.pk if person else actor.person_id
    Watcher.objects.filter(item=item, person_id=watching).delete()

"""How items stand to one another: merged, linked; and who watches them."""

from typing import Any, Generic, TypeVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Untimely
from meridian.engine.policies import Actor
from meridian.work.items.commands.guards import lock_another, number_for, refuse_open_parts
from meridian.work.items.commands.log import Log, folded_of
from meridian.work.items.contracts import happenings
from meridian.work.items.contracts.folding import changing_of, plain
from meridian.work.items.contracts.happenings import Happened
from meridian.work.items.models import Item
from meridian.work.items.queries.kin import Kin, kin_of
from meridian.work.items.queries.links import PARENT, ancestors_of, depth_below, ended_whole

I = TypeVar("I", bound=Item)  # noqa: E741 - an item
LINK_DEPTH = 3


class Relations(Generic[I]):
    """What the items of one table are to one another; every happening goes to their `log`.

    The commands of the module have asked already whether the verb is lawful for the actor and timely.
    """

    def __init__(self, log: Log[I]) -> None:
        self.log = log

    @property
    def kin(self) -> Kin:
        return kin_of(self.log.model)

    def merge(self, actor: Actor, item: I, into: I) -> I:
        """End the item as merged into another; what was said stays where it was said."""
        if into.pk == item.pk:
            raise Refusal(_("An item can't be merged into itself."), "into")
        target: Any = lock_another(actor, into, "merge")
        if target.merged_into_id:
            raise Refusal(
                _("%(number)s was merged itself: merge into the item it went to.")
                % {"number": target.number},
                "into",
            )
        refuse_open_parts(actor, item)
        now, kept = timezone.now(), folded_of(item)
        before = {name: plain(getattr(kept, name)) for name in changing_of(item.folded)}
        self.kin.merge.objects.create(source=item, target=target, before=before, merged_at=now)
        changes = {"state": item.machine.moves["merge"].target, "merged_into": target}
        gone = Happened(happenings.MERGED, now, actor.person_id, changes, {"item": target.number})
        self.log.record(item, gone)
        self.log.record(
            target, Happened(happenings.MERGED, now, actor.person_id, facts={"from": item.number})
        )
        return item

    def unmerge(self, actor: Actor, item: I) -> I:
        """Undo the merge of this item: its columns become exactly what they were before it."""
        merged = self.kin.merge.objects.select_for_update().filter(source=item, undone_at=None).first()
        if merged is None:
            raise Untimely(_("This item is not merged into another."))
        target = lock_another(actor, merged.target, "unmerge")
        if target.merged_into_id:
            raise Untimely(
                _("%(number)s has been merged further: undo that merge first.") % {"number": target.number}
            )
        whole = ended_whole(self.log.model, item.pk) if merged.before["state"] in item.machine.open else None
        if whole is not None:
            raise Untimely(
                _("It is part of %(number)s, which has ended: reopen that first, or remove the link.")
                % {"number": number_for(actor, whole)}
            )
        now, current = timezone.now(), folded_of(item)
        merged.undone_at = now
        merged.save(update_fields=("undone_at",))
        restored = {name: [plain(getattr(current, name)), value] for name, value in merged.before.items()}
        facts = {**restored, "item": target.number}
        self.log.record(item, Happened(happenings.UNMERGED, now, actor.person_id, facts=facts))
        facts = {"from": item.number}
        self.log.record(target, Happened(happenings.UNMERGED, now, actor.person_id, facts=facts))
        return item

    def link(self, actor: Actor, item: I, other: I, type: str) -> I:
        """Say how the item stands to another. Parents form a forest three deep."""
        if type not in self.kin.link.Type.values:
            raise Refusal(_("Choose how the two items stand to each other."), "type")
        if other.pk == item.pk:
            raise Refusal(_("An item can't be linked to itself."), "other")
        target = lock_another(actor, other, "view")
        if type == PARENT:
            self._check_forest(item, target)
            self._check_going_on(item, target)
        _made, is_new = self.kin.link.objects.get_or_create(source=item, target=target, type=type)
        if not is_new:
            raise Refusal(_("These two items are linked in this way already."), "other")
        self._tell_both(actor, item, target, happenings.LINKED, type)
        return item

    def unlink(self, actor: Actor, item: I, link: Any) -> I:
        """Remove a link that starts or ends at the item."""
        if item.pk not in (link.source_id, link.target_id):
            raise Refusal(_("Choose a link of this item."), "link")
        other = link.target if link.source_id == item.pk else link.source
        locked: Any = self.log.model._default_manager.select_for_update().get(pk=other.pk)
        link.delete()
        self._tell_both(actor, item, locked, happenings.UNLINKED, link.type)
        return item

    def relate(self, actor: Actor, made: I, item: I) -> None:
        """Link an item that was opened because of another to it; the other's log tells it."""
        related = self.kin.link.Type.RELATED
        self.kin.link.objects.create(source=made, target=item, type=related)
        facts = {"link": related.value, "item": made.number}
        self.log.record(item, Happened(happenings.LINKED, timezone.now(), actor.person_id, facts=facts))

    def watch(self, actor: Actor, item: I, person: Any | None) -> Any:
        """Follow the item, or let somebody follow it."""
        chosen = person.pk if person else actor.person_id
        if chosen is None:
            raise Refusal(_("Choose who is to follow the item."), "person")
        watcher, _made = self.kin.watcher.objects.get_or_create(item=item, person_id=chosen)
        return watcher

    def unwatch(self, actor: Actor, item: I, person: Any | None) -> None:
        """No longer follow the item, or let somebody follow it no longer."""
        chosen = person.pk if person else actor.person_id
        self.kin.watcher.objects.filter(item=item, person_id=chosen).delete()

    def _check_forest(self, parent: I, part: I) -> None:
        model = self.log.model
        if self.kin.link.objects.filter(target=part, type=PARENT).exists():
            raise Refusal(
                _("%(number)s is part of an item already; it can have one parent.") % {"number": part.number},
                "other",
            )
        above = ancestors_of(model, parent.pk)
        if part.pk in above:
            raise Refusal(
                _("%(number)s stands above this item; a part can't hold its own whole.")
                % {"number": part.number},
                "other",
            )
        if len(above) + 1 + depth_below(model, part.pk) > LINK_DEPTH:
            raise Refusal(_("Items can be parts of parts, but no deeper than three."), "other")

    def _check_going_on(self, whole: Any, part: Any) -> None:
        if part.is_open and not (whole.is_open and ended_whole(self.log.model, whole.pk) is None):
            raise Refusal(
                _("This item has ended, so %(number)s, which goes on, can't become its part.")
                % {"number": part.number},
                "other",
            )

    def _tell_both(self, actor: Actor, item: I, other: I, type: str, relation: str) -> None:
        now = timezone.now()
        for here, there in ((item, other), (other, item)):
            facts = {"link": str(relation), "item": there.number}
            self.log.record(here, Happened(type, now, actor.person_id, facts=facts))

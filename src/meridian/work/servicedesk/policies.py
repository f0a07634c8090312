"""Who may see and work on what at the desk."""

from django.db.models import Exists, OuterRef, Q

from meridian.engine.policies import NOBODY, Actor, Policy
from meridian.work.servicedesk.models import Watcher, WorkItem


class SettingPolicy(Policy):
    everyone = frozenset({"view"})


class TeamPolicy(Policy):
    unit = "unit__path"
    everyone = frozenset({"view", "export"})


class MembershipPolicy(Policy):
    unit = "team__unit__path"
    everyone = frozenset({"view"})


REQUESTER_ACTIONS = frozenset({"view", "reply", "confirm", "reopen", "cancel", "attach"})


class WorkItemPolicy(Policy):
    """A requester sees and follows what they asked for; agents work at their teams' units.

    Every agent of a team may work on its items, whatever the unit of their role; a watcher
    may read.
    """

    unit = "team__unit__path"
    everyone = frozenset({"ask"})

    def own(self, actor: Actor, action: str) -> Q:
        if actor.person_id is None:
            return NOBODY
        condition = NOBODY
        if action in REQUESTER_ACTIONS:
            condition |= Q(requester=actor.person_id)
        if action == "view":
            condition |= Exists(Watcher.objects.filter(item=OuterRef("pk"), person=actor.person_id))
        return condition


class ItemPartPolicy(Policy):
    """Parts of an item follow the item: who may see it may see them."""

    item = "item"

    def scope(self, actor: Actor, action: str) -> Q:
        seen = WorkItem.objects.permitted(actor, "view").values("pk")
        mine = super().scope(actor, action)
        if action != "view" or mine == Q():
            return mine
        return mine | Q(**{f"{self.item}__in": seen})


class MessagePolicy(ItemPartPolicy):
    """Requesters see public messages only; the desk sees all."""

    unit = "item__team__unit__path"

    def scope(self, actor: Actor, action: str) -> Q:
        desk = Policy.scope(self, actor, action)
        if action != "view" or desk == Q():
            return desk
        seen = WorkItem.objects.permitted(actor, "view").values("pk")
        return desk | Q(item__in=seen, visibility="public")


class LinkPolicy(ItemPartPolicy):
    unit = "source__team__unit__path"
    item = "source"


class MergePolicy(ItemPartPolicy):
    unit = "target__team__unit__path"
    item = "target"


class EventPolicy(ItemPartPolicy):
    unit = "item__team__unit__path"

"""Parts of an item follow the item: who may see it may see them, the inner ones at the desk alone."""

from typing import Any

from django.db.models import Q

from meridian.engine.policies import Actor, Policy
from meridian.engine.records import permitted_rows
from meridian.work.items.contracts.happenings import NOTED, REPLIED


class ItemPartPolicy(Policy):
    """Who may see the item (all of them, of several) may see the part."""

    items: tuple[str, ...] = ("item",)

    def items_for(self, actor: Actor, action: str) -> Any:
        """The items to which the actor may do this."""
        item: Any = self.model._meta.get_field(self.items[0]).related_model
        return permitted_rows(item, actor, action).values("pk")

    def rows(self, actor: Actor, action: str) -> Q:
        mine = super().rows(actor, action)
        if action != "view" or mine == Q():
            return mine
        seen = self.items_for(actor, "view")
        return mine | Q(**{f"{name}__in": seen for name in self.items})


class MessagePolicy(ItemPartPolicy):
    """Requesters and watchers see public messages only; the desk (`queue`) sees all."""

    def rows(self, actor: Actor, action: str) -> Q:
        desk = Policy.rows(self, actor, action)
        if action != "view" or desk == Q():
            return desk
        worked_on, seen = self.items_for(actor, "queue"), self.items_for(actor, "view")
        return desk | Q(item__in=worked_on) | Q(item__in=seen, visibility="public")


class EventPolicy(ItemPartPolicy):
    """Requesters learn of no notes and of no words of others; the desk (`queue`) sees every event."""

    def rows(self, actor: Actor, action: str) -> Q:
        if action != "view":
            return Policy.rows(self, actor, action)
        worked_on = self.items_for(actor, "queue")
        seen = super().rows(actor, action)
        hidden = Q(type=NOTED) | Q(type=REPLIED, data__has_key="from")
        return seen if seen == Q() else Q(item__in=worked_on) | (seen & ~hidden)


class LinkPolicy(ItemPartPolicy):
    items = ("source", "target")


class MergePolicy(ItemPartPolicy):
    items = ("target",)

"""Who sees time spent, and who writes it down."""

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor
from meridian.work.items.facade import ItemPartPolicy

CORRECTIONS = frozenset({"change", "remove"})


class TimeEntryPolicy(ItemPartPolicy):
    """Whoever works on the item sees its time, writes down their own and corrects it.

    Who holds the right to correct, such as a lead, corrects that of others there too.
    """

    def rows(self, actor: Actor, action: str) -> Q:
        mine = self.own(actor, action)
        if not actor.holds(self.code(action)):
            return mine
        worked_on = Q(item__in=self.items_for(actor, "queue"))
        return worked_on & Q(person=actor.person_id) if action == "add" else worked_on | mine

    def own(self, actor: Actor, action: str) -> Q:
        if actor.person_id is None or action not in CORRECTIONS:
            return NOBODY
        return Q(person=actor.person_id, item__in=self.items_for(actor, "queue"))

"""Who sees time spent, and who writes it down."""

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor
from meridian.work.items.facade import ItemPartPolicy

OWN_ACTIONS = ("add", "change", "remove")


class TimeEntryPolicy(ItemPartPolicy):
    """Whoever works on the item sees its time; everybody writes and corrects their own."""

    def rows(self, actor: Actor, action: str) -> Q:
        if not actor.holds(self.code(action)):
            return NOBODY
        worked_on = Q(item__in=self.items_for(actor, "queue"))
        return worked_on & Q(person=actor.person_id) if action in OWN_ACTIONS else worked_on

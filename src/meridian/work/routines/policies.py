"""Who writes routines, and who uses them."""

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor, everywhere
from meridian.work.items.facade import ItemPartPolicy

RoutinePolicy = everywhere()


class ItemStepPolicy(ItemPartPolicy):
    """Steps are the desk's: whoever works on the item sees them, and with the right changes them."""

    def rows(self, actor: Actor, action: str) -> Q:
        if not actor.holds(self.code(action)):
            return NOBODY
        return Q(item__in=self.items_for(actor, "queue"))

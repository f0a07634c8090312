"""Who writes a sheet and who answers it: the people of the two hubs, or a role at their units."""

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor, Policy
from meridian.work.servicedesk.facade import Membership

INCOMING = frozenset({"accept", "give_back"})
OUTGOING = frozenset({"begin", "add", "change", "offer", "drop", "choose", "select_anew", "close", "write"})
READING = frozenset({"view", "export"})


class SheetPolicy(Policy):
    """The outgoing hub writes, offers and closes; the incoming accepts and returns; both read."""

    before = ""

    def rows(self, actor: Actor, action: str) -> Q:
        if "" in actor.unit_paths(self.code(action)):
            return Q()
        condition = NOBODY
        for side in self.sides(action):
            condition |= self.hubs(actor, action, f"{self.before}{side}__")
        return condition

    def hubs(self, actor: Actor, action: str, to_hub: str = "") -> Q:
        """The hubs on whose side the actor may do this; `to_hub` leads to them."""
        condition = NOBODY
        for path in actor.unit_paths(self.code(action)):
            condition |= Q(**{f"{to_hub}team__unit__path__startswith": path})
        if actor.person_id and action in INCOMING | OUTGOING | READING:
            teams = Membership.objects.filter(person=actor.person_id).values("team")
            condition |= Q(**{f"{to_hub}team__in": teams})
        return condition

    def sides(self, action: str) -> tuple[str, ...]:
        """Of the two hubs those whose people may do this."""
        if action in INCOMING:
            return ("to_hub",)
        return ("from_hub", "to_hub") if action in READING else ("from_hub",)


class SheetItemPolicy(SheetPolicy):
    """What stands on a sheet follows the sheet."""

    before = "sheet__"

"""Who sees and writes rosters."""

from django.db.models import Exists, OuterRef, Q

from meridian.engine.policies import NOBODY, Actor, Policy
from meridian.work.servicedesk.facade import Membership


def mine(actor: Actor) -> Q:
    """Rows of the teams to which the actor belongs."""
    return Q(team__in=Membership.objects.filter(person=actor.person_id).values("team"))


class ShiftPolicy(Policy):
    """People see the shifts of their teams; `swap` is asking a colleague to take one's own."""

    unit = "team__unit__path"

    def own(self, actor: Actor, action: str) -> Q:
        if actor.person_id is None or action not in ("view", "swap"):
            return NOBODY
        own = Q(person=actor.person_id)
        return own | mine(actor) if action == "view" else own


class SwapPolicy(Policy):
    """A swap is between two people, who see, answer and withdraw it; a lead may do it for them."""

    unit = "team__unit__path"

    def own(self, actor: Actor, action: str) -> Q:
        if actor.person_id is None:
            return NOBODY
        asked, offered = Q(giver=actor.person_id), Q(taker=actor.person_id)
        by_action = {"view": asked | offered, "withdraw": asked, "accept": offered, "refuse": offered}
        return by_action.get(action, NOBODY)


class OfPeoplePolicy(Policy):
    """Rows about a person belong to the units of that person's teams; one sees one's own."""

    def rows(self, actor: Actor, action: str) -> Q:
        found = super().rows(actor, action)
        for path in actor.unit_paths(self.code(action)) if found != Q() else ():
            teams = Membership.objects.filter(person=OuterRef("person"), team__unit__path__startswith=path)
            found |= Q(Exists(teams))
        return found

    def own(self, actor: Actor, action: str) -> Q:
        return Q(person=actor.person_id) if action == "view" and actor.person_id else NOBODY

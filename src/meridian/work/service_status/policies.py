"""Who says how services stand, and who follows them."""

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor, Policy, everywhere, own

LEADING = frozenset({"add", "change", "alter", "recover"})


class DisruptionPolicy(Policy):
    """Everybody reads how services stand; who leads the major incident, or works at its team, says so."""

    unit = "major__incident__team__unit__path"
    everyone = frozenset({"view", "export"})
    fixed = ("major", "service")

    def own(self, actor: Actor, action: str) -> Q:
        if actor.person_id is None or action not in LEADING:
            return NOBODY
        person = actor.person_id
        return Q(major__manager=person) | Q(major__communications=person) | Q(major__technical_lead=person)


StepPolicy = everywhere(everyone={"view", "export"})
SubscriptionPolicy = own("account", owner_may={"view", "export", "add", "unfollow"}, fixed=("account",))

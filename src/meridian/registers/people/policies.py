"""Who may see and keep the register of people."""

from django.db.models import Q

from meridian.engine.policies import Actor, Policy


class PersonPolicy(Policy):
    """Everybody may look a colleague up; a person is kept by the units they belong to."""

    unit = "affiliations__unit__path"
    everyone = frozenset({"view"})


class AffiliationPolicy(Policy):
    unit = "unit__path"
    everyone = frozenset({"view"})


class DelegationPolicy(Policy):
    """A delegation is seen by its two parties and made by its giver."""

    def own(self, actor: Actor, action: str) -> Q:
        if action == "view":
            return Q(giver=actor.person_id) | Q(taker=actor.person_id)
        return (
            Q(giver=actor.person_id) if action in ("add", "change", "remove") else super().own(actor, action)
        )

"""Who may see and keep the register of people."""

from typing import ClassVar

from django.db.models import Q
from django.utils import timezone

from meridian.engine.policies import NOBODY, Actor, Policy
from meridian.registers.people.models import Affiliation


class PersonPolicy(Policy):
    """Everybody may look a colleague up; a person is kept by the units they belong to."""

    unit = "affiliations__unit__path"
    everyone = frozenset({"view"})

    def at(self, path: str) -> Q:
        """Whoever belongs there; a unit that somebody has left keeps them no longer."""
        there = Affiliation.objects.filter(unit__path__startswith=path)
        staying = there.filter(Q(ends_on=None) | Q(ends_on__gt=timezone.localdate()))
        return Q(pk__in=staying.values("person"))


class AffiliationPolicy(Policy):
    """A unit takes in only whom it, or whoever acts for it, is in charge of already: whoever belongs
    to a unit is kept by it, with the address to which a new password is sent."""

    unit = "unit__path"
    everyone = frozenset({"view"})
    confers: ClassVar = {"person": "change"}


class DelegationPolicy(Policy):
    """A delegation is seen by its two parties and made by its giver."""

    fixed = ("giver", "taker")

    def own(self, actor: Actor, action: str) -> Q:
        if action == "view":
            return Q(giver=actor.person_id) | Q(taker=actor.person_id)
        return (
            Q(giver=actor.person_id) if action in ("add", "change", "remove") else super().own(actor, action)
        )

    def gained(self, actor: Actor, action: str) -> Q:
        return Q(taker=actor.person_id) if actor.person_id else NOBODY

"""Who may see and keep accounts and rights."""

from typing import ClassVar

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor, OwnPolicy, Policy, policy_of
from meridian.engine.records import reference

Person = reference("people.Person")


class AccountPolicy(Policy):
    """Everybody sees their own account; the rest is for those who give out access.

    An account becomes a person's only by somebody in charge of that person, and nobody's own by
    themself.
    """

    unit = "person__affiliations__unit__path"
    confers: ClassVar = {"person": "change"}

    def at(self, path: str) -> Q:
        """The accounts of those whom the unit keeps."""
        return Q(person__in=Person.objects.filter(policy_of(Person).at(path)).values("pk"))

    def own(self, actor: Actor, action: str) -> Q:
        return Q(pk=actor.account_id) if action in ("view", "prefer", "choose_password") else NOBODY

    def gained(self, actor: Actor, action: str) -> Q:
        return NOBODY if action in ("prefer", "choose_password") else Q(pk=actor.account_id)


class HoldingPolicy(Policy):
    """One's own roles are no secret; giving them out at a unit needs the right at that unit."""

    unit = "unit__path"
    others_keep = "Roles are given out by those who answer for access at the unit."
    fixed = ("account",)

    def own(self, actor: Actor, action: str) -> Q:
        return Q(account=actor.account_id) if action == "view" else NOBODY

    def gained(self, actor: Actor, action: str) -> Q:
        return Q(account=actor.account_id)


class TokenPolicy(OwnPolicy):
    """Tokens are their maker's own. A token can't make further tokens."""

    owner_may = frozenset({"view", "export", "add", "revoke"})

    def own(self, actor: Actor, action: str) -> Q:
        return super().own(actor, action) if action == "view" or actor.scopes is None else NOBODY

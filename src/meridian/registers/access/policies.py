"""Who may see and keep accounts and rights."""

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor, OwnPolicy, Policy


class AccountPolicy(Policy):
    """Everybody sees their own account; the rest is for those who give out access."""

    unit = "person__affiliations__unit__path"

    def own(self, actor: Actor, action: str) -> Q:
        return Q(pk=actor.account_id) if action in ("view", "prefer") else NOBODY


class RolePolicy(Policy):
    everyone = frozenset({"view"})


class HoldingPolicy(Policy):
    """One's own roles are no secret; giving them out at a unit needs the right at that unit."""

    unit = "unit__path"
    others_keep = "Roles are given out by those who answer for access at the unit."

    def own(self, actor: Actor, action: str) -> Q:
        return Q(account=actor.account_id) if action == "view" else NOBODY


class TokenPolicy(OwnPolicy):
    """Tokens are their maker's own. A token can't make further tokens."""

    owner_may = frozenset({"view", "export", "add", "revoke"})

    def own(self, actor: Actor, action: str) -> Q:
        return super().own(actor, action) if action == "view" or actor.scopes is None else NOBODY

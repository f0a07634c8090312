"""Who may see and keep accounts and rights."""

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor, Policy


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

    def own(self, actor: Actor, action: str) -> Q:
        return Q(account=actor.account_id) if action == "view" else NOBODY


class TokenPolicy(Policy):
    """Tokens are their maker's own. A token can't make further tokens."""

    def own(self, actor: Actor, action: str) -> Q:
        mine = action == "view" or (action in ("add", "revoke") and actor.scopes is None)
        return Q(account=actor.account_id) if mine else NOBODY

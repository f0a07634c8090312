"""Who may see and keep accounts and rights."""

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor, Policy


class AccountPolicy(Policy):
    """Everybody sees and changes their own account; the rest is for those who give out access."""

    unit = "person__affiliations__unit__path"

    def own(self, actor: Actor, action: str) -> Q:
        return Q(pk=actor.account_id) if action in ("view", "change") else NOBODY


class RolePolicy(Policy):
    everyone = frozenset({"view"})


class HoldingPolicy(Policy):
    """One's own roles are no secret; giving them out at a unit needs the right at that unit."""

    unit = "unit__path"

    def own(self, actor: Actor, action: str) -> Q:
        return Q(account=actor.account_id) if action == "view" else NOBODY


class TokenPolicy(Policy):
    def own(self, actor: Actor, action: str) -> Q:
        return Q(account=actor.account_id) if action in ("view", "add", "change", "remove") else NOBODY

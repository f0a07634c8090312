"""One's own things: what belongs to one account and is nobody else's business."""

from django.db.models import Q

from meridian.engine.policies.actor import Actor
from meridian.engine.policies.policy import NOBODY, Policy


class OwnPolicy(Policy):
    """Rows of one account. No role reaches them, however wide: not to read, not to change.

    `owner` is the field that names the account, `owner_may` what that account may do with them,
    `shared` rows that everybody signed in reads as well. `by_role` are the actions that a role
    gives as anywhere else, for they hand something to an account without reading what it has.
    Meridian itself at work (an actor without an account) keeps all of them.
    """

    owner: str = "account"
    owner_may: frozenset[str] = frozenset({"view", "export"})
    shared: Q = NOBODY
    by_role: frozenset[str] = frozenset()

    def own(self, actor: Actor, action: str) -> Q:
        if actor.account_id is None or action not in self.owner_may:
            return NOBODY
        mine = Q(**{self.owner: actor.account_id})
        return mine | self.shared if action == "view" and self.shared != NOBODY else mine

    def rows(self, actor: Actor, action: str) -> Q:
        if actor.account_id is None or action in self.by_role:
            return super().rows(actor, action)
        return self.own(actor, action)

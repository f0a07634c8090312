"""A notice is its reader's."""

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor, Policy


class NoticePolicy(Policy):
    def own(self, actor: Actor, action: str) -> Q:
        return Q(account=actor.account_id) if action in ("view", "read") else NOBODY

"""A saved view is its maker's; a shared one is read by everybody."""

from django.db.models import Q

from meridian.engine.policies import Actor, Policy


class SavedViewPolicy(Policy):
    def own(self, actor: Actor, action: str) -> Q:
        mine = Q(account=actor.account_id)
        return mine | Q(is_shared=True) if action == "view" else mine

    def may(self, actor: Actor, action: str) -> bool:
        return actor.account_id is not None or super().may(actor, action)

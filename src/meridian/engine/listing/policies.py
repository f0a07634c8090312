"""A saved view is its maker's; a shared one is read by everybody."""

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor, OwnPolicy


class SavedViewPolicy(OwnPolicy):
    """Whoever may share views shares their own, and nobody else's."""

    owner_may = frozenset({"view", "export", "save", "change", "remove", "share", "unshare"})
    shared = Q(is_shared=True)

    def own(self, actor: Actor, action: str) -> Q:
        if action == "share" and not actor.holds(self.code(action)):
            return NOBODY
        return super().own(actor, action)

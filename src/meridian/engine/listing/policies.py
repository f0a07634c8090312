"""A saved view is its maker's; a shared one is read by everybody."""

from django.db.models import Q

from meridian.engine.policies import OwnPolicy


class SavedViewPolicy(OwnPolicy):
    owner_may = frozenset({"view", "export", "save", "change", "remove"})
    shared = Q(is_shared=True)

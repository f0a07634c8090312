"""Notices, and the choice of them, are their reader's."""

from meridian.engine.policies import OwnPolicy


class NoticePolicy(OwnPolicy):
    """Who may tell, tells by a role or for Meridian; what was told is read by whoever it is for."""

    owner_may = frozenset({"view", "export", "read"})
    by_role = frozenset({"tell", "mark_mailed"})


class ChoicePolicy(OwnPolicy):
    owner_may = frozenset({"view", "export", "choose"})

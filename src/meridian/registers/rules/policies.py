"""Everybody may read rules and ask why; those with the right keep and publish them."""

from meridian.engine.policies import Policy


class RulePolicy(Policy):
    everyone = frozenset({"view", "export"})

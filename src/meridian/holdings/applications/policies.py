"""Everybody may look an application up; the unit that owns it keeps it."""

from meridian.engine.policies import Policy


class ApplicationPolicy(Policy):
    unit = "unit__path"
    everyone = frozenset({"view", "export"})

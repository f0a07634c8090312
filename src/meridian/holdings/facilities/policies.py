"""Everybody may look a facility up; the unit that runs it keeps it."""

from meridian.engine.policies import Policy


class FacilityPolicy(Policy):
    unit = "unit__path"
    everyone = frozenset({"view", "export"})

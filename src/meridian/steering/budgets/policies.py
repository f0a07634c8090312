"""Budget lines are read by whoever holds the right at the unit, and kept likewise."""

from meridian.engine.policies import Policy


class YearlyLinePolicy(Policy):
    unit = "unit__path"

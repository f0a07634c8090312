"""Reports and loads belong to no unit: only a right held everywhere counts."""

from meridian.engine.policies import Policy


class ReportPolicy(Policy):
    """Those with the right read, write and load."""

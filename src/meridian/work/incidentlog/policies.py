"""Logs belong to no unit: only a right held everywhere counts."""

from meridian.engine.policies import Policy


class IncidentLogPolicy(Policy):
    """Those with the right see and take in logs."""

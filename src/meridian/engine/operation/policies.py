"""The trail is read by those who answer for it, and by nobody else."""

from meridian.engine.policies import Policy


class TrailPolicy(Policy):
    """Only a role held everywhere opens the trail: its rows belong to no unit."""

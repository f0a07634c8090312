"""The door of scheduling: a project, its schedule within limits, and what is proven of its cost."""

from meridian.steering.scheduling.least import least_cost
from meridian.steering.scheduling.project import (
    Bond,
    Milestone,
    Mode,
    Precedence,
    Project,
    Resource,
    Schedule,
    Task,
)
from meridian.steering.scheduling.run import Scheduled, schedule_within

__all__ = [
    "Bond",
    "Milestone",
    "Mode",
    "Precedence",
    "Project",
    "Resource",
    "Schedule",
    "Scheduled",
    "Task",
    "least_cost",
    "schedule_within",
]

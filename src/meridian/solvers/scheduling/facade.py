"""The door of scheduling: a project, its schedule within limits, and what is proven of its cost."""

from meridian.solvers.scheduling.least import least_cost
from meridian.solvers.scheduling.project import (
    Bond,
    Milestone,
    Mode,
    Precedence,
    Project,
    Resource,
    Schedule,
    Task,
)
from meridian.solvers.scheduling.run import Scheduled, schedule_within

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

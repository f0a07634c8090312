"""The door of consolidation: schedules of projects, and solvers in a process of their own."""

from meridian.engine.solving.limits import Limits, limits_from
from meridian.engine.solving.worker import Outcome, Reporter, run, serve
from meridian.steering.consolidation.waves.project import (
    Milestone,
    Mode,
    Precedence,
    Project,
    Resource,
    Schedule,
    Task,
)
from meridian.steering.consolidation.waves.run import Scheduled, schedule_within

__all__ = [
    "Limits",
    "Milestone",
    "Mode",
    "Outcome",
    "Precedence",
    "Project",
    "Reporter",
    "Resource",
    "Schedule",
    "Scheduled",
    "Task",
    "limits_from",
    "run",
    "schedule_within",
    "serve",
]

"""The door of projects for other modules."""

from meridian.work.projects.commands import (
    STEP_COMMANDS,
    add_dependency,
    add_project,
    add_task,
    freeze_baseline,
)
from meridian.work.projects.queries import project_of

__all__ = ["STEP_COMMANDS", "add_dependency", "add_project", "add_task", "freeze_baseline", "project_of"]

"""Projects in tests: both ends of a dependency lie in one project."""

import datetime

from meridian.work.projects.models import Change, Dependency, Project, Risk, Task

DAY = datetime.date(2026, 3, 2)


def make_dependency(make, number, **values):
    project = make(Project)
    given = {"predecessor": make(Task, project=project), "successor": make(Task, project=project)} | values
    row = Dependency(**given)
    row.save()
    return row


FACTORIES = {
    Project: {"code": lambda number: f"PROJECT-{number}", "starts_on": DAY, "ends_on": DAY},
    Task: {"code": lambda number: f"1.{number}", "starts_on": DAY, "ends_on": DAY},
    Dependency: make_dependency,
    Change: {"reasons": "The supplier is late."},
    Risk: {"likelihood": 3, "impact": 4},
}

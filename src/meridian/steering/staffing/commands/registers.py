"""Keeping establishments, stages, headcounts, roles, titles and norms."""

from meridian.engine.commands import command
from meridian.engine.policies import Actor
from meridian.steering.staffing.models import (
    JobTitle,
    Role,
)


@command("staffing.jobtitle.confirm", on=JobTitle, target="row")
def confirm_title(*, actor: Actor, row: JobTitle, role: Role | None) -> JobTitle:
    """Say to which standard role a title belongs; None opens the question again."""
    row.role = role
    row.save()
    return row

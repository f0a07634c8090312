"""Keeping establishments, stages, headcounts, roles, titles and norms."""

from meridian.engine.commands import command, standard_commands
from meridian.engine.policies import Actor
from meridian.steering.staffing.models import (
    DriverAmount,
    Establishment,
    Headcount,
    JobTitle,
    Role,
    StaffingNorm,
    Stage,
    StandardCost,
    VacancyRate,
)

add_establishment, change_establishment, remove_establishment = standard_commands(Establishment)
add_stage, change_stage, remove_stage = standard_commands(Stage)
add_headcount, change_headcount, remove_headcount = standard_commands(Headcount)
add_role, change_role, remove_role = standard_commands(Role)
add_job_title, change_job_title, remove_job_title = standard_commands(JobTitle)
add_norm, change_norm, remove_norm = standard_commands(StaffingNorm)
add_driver_amount, change_driver_amount, remove_driver_amount = standard_commands(DriverAmount)
add_standard_cost, change_standard_cost, remove_standard_cost = standard_commands(StandardCost)
add_vacancy_rate, change_vacancy_rate, remove_vacancy_rate = standard_commands(VacancyRate)


@command("staffing.jobtitle.confirm", on=JobTitle, target="row")
def confirm_title(*, actor: Actor, row: JobTitle, role: Role | None) -> JobTitle:
    """Say to which standard role a title belongs; None opens the question again."""
    row.role = role
    row.save()
    return row

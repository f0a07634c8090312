"""What projects say on the pages of units."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import day_text
from meridian.engine.listing.cut import cut
from meridian.engine.pages.slots import TabPart
from meridian.engine.policies import Actor, policy_of
from meridian.work.projects.models import Project

MOST_PROJECTS = 50


def unit_tab(actor: Actor, row: Any) -> TabPart | None:
    """A tab with the projects that a unit keeps, those that end last first."""
    if not policy_of(Project).may(actor, "view"):
        return None

    def content() -> dict[str, Any]:
        found = Project.objects.permitted(actor, "view").filter(unit=row).order_by("-ends_on", "-pk")
        shown = cut(found, MOST_PROJECTS)
        url = f"{reverse('projects-project-list')}?unit={row.pk}"
        return {"table": _table(shown.shown), "cut": shown, "url": url}

    return TabPart(_("Projects"), "projects/unit_tab.html", content)


def _table(projects: list[Project]) -> Table:
    columns = (
        Column(_("Project")),
        Column(_("State")),
        Column(_("First day"), "date", minor=True),
        Column(_("Last day"), "date"),
    )
    return Table(_("Projects of the unit"), columns, [_row(project) for project in projects])


def _row(project: Project) -> Row:
    return Row(
        (
            Cell(str(project), url=reverse("projects-project-detail", args=(project.pk,))),
            Cell(project.get_state_display()),
            Cell(day_text(project.starts_on), "date", instant=project.starts_on.isoformat()),
            Cell(day_text(project.ends_on), "date", instant=project.ends_on.isoformat()),
        )
    )

"""What projects say on the pages of units."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import day_text
from meridian.engine.listing.cut import cut, first_rows
from meridian.engine.pages.first_page import MOST_TASKS, Part, Task, list_url
from meridian.engine.pages.slots import FirstPagePart, TabPart
from meridian.engine.policies import Actor, policy_of
from meridian.engine.policies.request import Request
from meridian.engine.values.together import Asking
from meridian.work.projects.models import Change, Project

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


def changes_to_decide(request: Request) -> Asking[FirstPagePart | None]:
    """Changes of frozen plans that wait for the reader's decision, the oldest first."""
    asked = Change.objects.permitted(request.actor, "decide").filter(state=Change.State.NEW)
    found = yield from first_rows(asked.select_related("project").order_by("pk"), MOST_TASKS)
    if not found.shown:
        return None
    tasks = [
        Task(
            change.title,
            reverse("projects-project-detail", args=(change.project_id,)),
            str(change.project),
            change.get_state_display(),
            "watch",
        )
        for change in found.shown
    ]
    return Part(
        _("Changes of plans for me to decide"),
        reverse("projects-project-list"),
        tasks=tasks,
        cut=found,
    ).given()


def running_projects(request: Request) -> Asking[FirstPagePart | None]:
    """Projects under way, those that end first on top."""
    if not policy_of(Project).may(request.actor, "view"):
        return None
    url = list_url(Project, state=Project.State.IN_PROGRESS.value)
    rows = Project.objects.permitted(request.actor).filter(state=Project.State.IN_PROGRESS)
    found = yield from first_rows(rows.order_by("ends_on", "pk"), MOST_TASKS)
    today = timezone.localdate()
    tasks = [
        Task(
            str(project),
            reverse("projects-project-detail", args=(project.pk,)),
            _("until %(day)s") % {"day": day_text(project.ends_on)},
            _("late") if project.ends_on < today else _("under way"),
            "bad" if project.ends_on < today else "good",
        )
        for project in found.shown
    ]
    title, empty = _("Projects under way"), _("No project is under way.")
    return Part(title, url, tasks=tasks, cut=found, empty=empty).given()

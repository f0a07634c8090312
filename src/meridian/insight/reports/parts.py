"""What reports say on first pages: published tables and papers."""

from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.listing.cut import cut
from meridian.engine.pages.first_page import MOST_TASKS, Part, Task
from meridian.engine.pages.slots import FirstPagePart
from meridian.engine.policies.request import Request
from meridian.engine.tables.catalogue import printed_tables
from meridian.insight.reports.models import Report


def published_tables(request: Request) -> FirstPagePart:
    """Every table that the house prints."""
    tasks = [
        Task(str(table.title), reverse("reports-table", args=(name,)))
        for name, table in printed_tables().items()
    ]
    tasks.sort(key=lambda task: task.title)
    return Part(_("Published tables"), reverse("reports-tables"), tasks=tasks).given()


def papers(request: Request) -> FirstPagePart:
    """The reports, the newest first."""
    found = cut(Report.objects.permitted(request.actor).order_by("-pk"), MOST_TASKS)
    tasks = [
        Task(str(report.title), reverse("reports-report-detail", args=(report.pk,)), report.symbol)
        for report in found.shown
    ]
    empty = _("No report is written yet; every table can be read by itself.")
    return Part(_("Papers"), reverse("reports-home"), tasks=tasks, cut=found, empty=empty).given()

"""Imported logs on one page: how their cases flowed, and what became of each line of their files."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.marks import Said
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import instant_text, number_text, percent_text
from meridian.engine.listing.cut import cut
from meridian.engine.pages.entry import needs
from meridian.engine.pages.first_page import list_url
from meridian.engine.policies import Request
from meridian.work.histories.contracts import Flow
from meridian.work.histories.models import Intake, Log, LoggedCase, QuarantinedLine
from meridian.work.histories.queries.flow import flow
from meridian.work.histories.rules.chart import draw_shares
from meridian.work.histories.rules.flow import SHARES

MOST_LOGS, MOST_INTAKES = 20, 50
SEEING = "histories.loggedcase.view"


@needs(SEEING)
@require_safe
def flows(request: Request) -> HttpResponse:
    """The flow figures of each log, each number a link to its cases; and the control totals of its files."""
    logs = cut(Log.objects.permitted(request.actor, "view").order_by("-begun_at", "-pk"), MOST_LOGS)
    counted = [(log, flow(log)) for log in logs.shown]
    charts = [
        {
            "title": log.name,
            "unit": _("0 to 100 per cent"),
            "svg": draw_shares(log.name, [getattr(found, share) for share in SHARES], _said(log, found)),
        }
        for log, found in counted
    ]
    context = {
        "flows": _flows(counted),
        "intakes": _intakes(Intake.objects.permitted(request.actor, "view")),
        "charts": charts,
    }
    return render(request, "histories/flows.html", context)


def _flows(counted: list[tuple[Log, Flow]]) -> Table:
    columns = [
        Column(_("Log")),
        Column(_("Cases"), "number"),
        Column(_("Events"), "number"),
        Column(_("Change country"), "number"),
        Column(_("Come back to a country"), "number"),
        Column(_("Stay in one line"), "number"),
        Column(_("Waited"), "number"),
        Column(_("Median hours"), "number"),
    ]
    return Table(_("How the cases flowed"), columns, [_flow(log, found) for log, found in counted])


def _flow(log: Log, found: Flow) -> Row:
    every = list_url(LoggedCase, log=str(log.pk))
    cells = [
        Cell(log.name, url=every),
        Cell(number_text(found.cases), "number", every),
        Cell(number_text(found.events), "number", every),
    ]
    cells += [Cell(text, "number", url) for text, url in _shares(log, found)]
    median = "" if found.median_hours is None else number_text(_rounded(found.median_hours), 1)
    cells.append(Cell(median, "number", every))
    return Row(cells)


def _shares(log: Log, found: Flow) -> list[tuple[str, str]]:
    """Each share in words, and the list of its cases."""
    told = []
    for share in SHARES:
        asked: dict[str, Any] = {"log": str(log.pk), share: "true"}
        value = getattr(found, share)
        text = _("not told") if value is None else percent_text(_rounded(value), 1)
        told.append((text, "" if value is None else list_url(LoggedCase, **asked)))
    return told


def _said(log: Log, found: Flow) -> list[Said]:
    """What the mark of each share says."""
    names = (_("change country"), _("come back to a country"), _("stay in one line"), _("waited"))
    return [
        Said(f"{name}: {text}", url) for name, (text, url) in zip(names, _shares(log, found), strict=True)
    ]


def _rounded(value: float) -> Decimal:
    return Decimal(repr(value))


def _intakes(permitted: QuerySet[Intake]) -> Table:
    columns = [
        Column(_("Log")),
        Column(_("File")),
        Column(_("Taken in"), "date"),
        Column(_("Lines read"), "number"),
        Column(_("Loaded"), "number"),
        Column(_("In quarantine"), "number"),
    ]
    found = cut(permitted.select_related("log").order_by("-taken_at", "-pk"), MOST_INTAKES)
    rows = [
        Row(
            [
                Cell(intake.log.name, url=list_url(Intake, log=str(intake.log_id))),
                Cell(intake.file),
                Cell(instant_text(intake.taken_at), "date"),
                Cell(number_text(intake.read), "number"),
                Cell(number_text(intake.loaded), "number", list_url(LoggedCase, log=str(intake.log_id))),
                Cell(
                    number_text(intake.quarantined),
                    "number",
                    list_url(QuarantinedLine, intake=str(intake.pk)) if intake.quarantined else "",
                ),
            ]
        )
        for intake in found.shown
    ]
    return Table(_("What became of each line"), columns, rows)


root_urlpatterns = [path("histories/flows/", flows, name="histories-flows")]

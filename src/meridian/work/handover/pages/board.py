"""All hubs and their open sheets on one page; beginning a sheet."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meridian.engine.commands import Unseen
from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import number_text, time_text
from meridian.engine.listing.parameters import row_key
from meridian.engine.pages.entry import needs
from meridian.engine.pages.first_page import list_url
from meridian.engine.policies import Actor, Request
from meridian.engine.records.zones import zone_or_utc
from meridian.work.handover.commands.sheets import begin_sheet
from meridian.work.handover.models import Sheet
from meridian.work.handover.policies import SheetPolicy
from meridian.work.handover.resources import SheetResource
from meridian.work.shifts.contracts import HubNow
from meridian.work.shifts.facade import Hub, hubs_at


@needs("handover.sheet.view")
@require_safe
def board(request: Request) -> HttpResponse:
    """Who is awake, who hands over to whom and when, and the sheet of each hub."""
    now = timezone.now()
    rows = hubs_at(now)
    sheets = {
        sheet.from_hub_id: sheet
        for sheet in Sheet.objects.permitted(request.actor)
        .exclude(state=Sheet.State.CLOSED)
        .select_related("from_hub", "to_hub")
    }
    may_begin = set(_hubs_to_begin(request.actor).values_list("pk", flat=True))
    context = {
        "hubs": _table(rows, sheets),
        "to_begin": [
            each.row
            for each in rows
            if each.row.hub in may_begin and each.row.hub not in sheets and each.row.hands_over_to
        ],
        "all_url": list_url(Sheet),
    }
    return render(request, "handover/board.html", context)


@needs("handover.sheet.begin")
@require_POST
def begin(request: Request) -> HttpResponse:
    """Begin the sheet of a hub and open it."""
    hub = _hubs_to_begin(request.actor).filter(pk=row_key(request.POST.get("hub", ""))).first()
    if hub is None:
        raise Unseen(_("There is no such hub, or its sheet is not yours to begin."))
    sheet = begin_sheet(actor=request.actor, from_hub=hub)
    return redirect("handover-sheet-detail", sheet.pk)


def _hubs_to_begin(actor: Actor) -> QuerySet[Hub]:
    """The hubs whose sheet the reader may begin."""
    return Hub.objects.permitted(actor).filter(SheetPolicy(Sheet).hubs(actor, "begin"))


def _table(rows: list[HubNow], sheets: dict[int, Sheet]) -> Table:
    names = {each.row.hub: each.row.name for each in rows}
    columns = (
        Column(_("Hub")),
        Column(_("State"), "state"),
        Column(_("Local time"), "date", minor=True),
        Column(_("At work"), "number", why=Unproved.HELD, minor=True),
        Column(_("Until"), "date"),
        Column(_("Hands over to")),
        Column(_("Sheet"), "state"),
    )
    return Table(_("The hubs now"), columns, [_row(each, names, sheets.get(each.row.hub)) for each in rows])


def _row(each: HubNow, names: dict[int, str], sheet: Sheet | None) -> Row:
    zone = zone_or_utc(each.row.zone)[0]
    now = timezone.now()
    until: Any = each.until if each.awake else each.next_start
    sheet_cell = Cell("–", "state")
    if sheet:
        sheet_cell = Cell(
            sheet.get_state_display(),
            "state",
            reverse("handover-sheet-detail", args=(sheet.pk,)),
            SheetResource.tone_of(sheet.state),
        )
    return Row(
        (
            Cell(each.row.name, url=reverse("shifts-hub-detail", args=(each.row.hub,))),
            Cell(_("awake") if each.awake else _("asleep"), "state", "", "good" if each.awake else "still"),
            Cell(time_text(now.astimezone(zone)), "date"),
            Cell(number_text(len(each.awake)), "number"),
            Cell(time_text(until.astimezone(zone)) if until else "–", "date"),
            Cell(names.get(each.row.hands_over_to or 0, "–")),
            sheet_cell,
        )
    )

"""Writing time down beside an item, and where the time of a month went."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from meridian.engine.commands import Refusal, Unseen
from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import Unread, month_text, number_text, page_reader, sentence
from meridian.engine.listing.parameters import one_of
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.pages.first_page import list_url
from meridian.engine.policies import Request
from meridian.work.effort import commands
from meridian.work.effort.models import TimeEntry
from meridian.work.effort.parts import duration_text
from meridian.work.effort.queries import added_up
from meridian.work.servicedesk.facade import WorkItem

MOST_MONTHS = 24
BY = {"team": gettext_lazy("Team"), "person": gettext_lazy("Person")}


@needs("effort.timeentry.view")
@require_safe
@takes("month", "by")
def spent(request: Request) -> HttpResponse:
    """Where the time of a month went, by team or person; each number leads to its entries."""
    by = one_of("by", request.GET.get("by", ""), {"": BY["team"], **BY}) or "team"
    months = _months()
    titles = {key: f"{month_text(day)} {day.year}" for key, day in months.items()}
    month = one_of("month", request.GET.get("month", ""), {"": _("This month"), **titles})
    first = months[month or next(iter(months))]
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    found = added_up(request.actor, by, first, last)
    days = {"worked_on_from": first.isoformat(), "worked_on_to": last.isoformat()}
    rows = [_row(by, key, name, minutes, items, days) for key, name, minutes, items in found]
    columns = [
        Column(str(BY[by])),
        Column(_("Time"), "number", why=Unproved.LISTED),
        Column(_("Items"), "number", why=Unproved.LISTED),
    ]
    total = sum(minutes for _key, _name, minutes, _items in found)
    context = {
        "table": Table(_("Time spent"), columns, rows),
        "by": by,
        "ways": BY,
        "month": month,
        "months": titles,
        "total": duration_text(total),
        "total_url": list_url(TimeEntry, **days),
    }
    return render(request, "effort/spent.html", context)


def _row(by: str, key: int | None, name: str, minutes: int, items: int, days: dict[str, str]) -> Row:
    url = list_url(TimeEntry, **days, **{by: str(key)}) if key is not None else ""
    return Row(
        [
            Cell(name or _("no team")),
            Cell(duration_text(minutes), "number", url),
            Cell(number_text(items), "number", url),
        ]
    )


def _months() -> dict[str, date]:
    """The first days of the last months, the newest first, by how an address names them."""
    day = timezone.localdate().replace(day=1)
    found = {}
    for _month in range(MOST_MONTHS):
        found[f"{day.year}-{day.month:02}"] = day
        day = (day - timedelta(days=1)).replace(day=1)
    return found


@needs("effort.timeentry.add")
@require_POST
def write_down(request: Request, number: str) -> HttpResponse:
    """Write time down on the page of an item, and go back there."""
    item = WorkItem.objects.permitted(request.actor, "queue").filter(number=number).first()
    if item is None:
        raise Unseen(_("There is no item %(number)s, or it is not yours to work on.") % {"number": number})
    try:
        minutes = page_reader().whole(request.POST.get("minutes", ""))
        note = request.POST.get("note", "").strip()
        commands.add_time(actor=request.actor, item=item, minutes=minutes, note=note)
        messages.success(request, _("%(time)s written down.") % {"time": duration_text(minutes)})
    except Unread as fault:
        messages.error(request, sentence(fault))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("desk-item", item.number)


root_urlpatterns = [
    path("effort/spent/", spent, name="effort-spent"),
    path("effort/items/<str:number>/", write_down, name="effort-write-down"),
]

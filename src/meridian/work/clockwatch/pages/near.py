"""What is due soon, and what is due where nobody is awake."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import instant_text
from meridian.engine.figures.spans import Spans
from meridian.engine.listing.cut import Cut, cut
from meridian.engine.listing.parameters import one_of
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.work.clockwatch.pages.words import choices_for
from meridian.work.clockwatch.queries.near import HUB, NOBODY, TEAM, Near, near_end, with_who_is_there

MOST_CLOCKS = 200
USUAL_HOURS = "8"


@needs("servicedesk.workitem.queue")
@require_safe
@takes("hours", "there")
def near_page(request: Request) -> HttpResponse:
    """The running clocks that end within some hours, those that have run out first."""
    hours = {"4": _("4 hours"), "8": _("8 hours"), "24": _("a day"), "72": _("three days")}
    there = {"": _("whoever is there"), NOBODY: _("nobody"), HUB: _("a hub only"), TEAM: _("the team")}
    ahead = one_of("hours", request.GET.get("hours", USUAL_HOURS), hours)
    wanted = one_of("there", request.GET.get("there", ""), there)
    now = timezone.now()
    rows = cut(near_end(request.actor, now, timedelta(hours=int(ahead))), MOST_CLOCKS)
    found = [near for near in with_who_is_there(rows.shown) if wanted in ("", near.there)]
    spans = Spans(now)
    columns = [
        Column(_("Work")),
        Column(_("Promise")),
        Column(_("Time left"), "date"),
        Column(_("Due"), "date", minor=True),
        Column(_("Team"), minor=True),
        Column(_("There then")),
    ]
    context = {
        "table": Table(_("Clocks near their end"), columns, [_row(near, spans) for near in found]),
        "cut": Cut(found, rows.of if not wanted else len(found)),
        "hours": choices_for(hours, ahead),
        "there": choices_for(there, wanted),
    }
    return render(request, "clockwatch/near.html", context)


def _row(near: Near, spans: Spans) -> Row:
    clock, item = near.clock, near.clock.item
    title = f"{item.number} {item.title}" if item else clock.title
    url = reverse("service-levels-why", args=(item.number,)) if item else clock.address
    left, late = spans.due(clock.due_at)
    words = {TEAM: (_("the team"), "good"), HUB: (_("a hub"), "watch"), NOBODY: (_("nobody"), "bad")}
    there, tone = words[near.there]
    return Row(
        [
            Cell(title, url=url),
            Cell(clock.get_measure_display()),
            Cell(left, "state", tone="bad" if late else "watch"),
            Cell(instant_text(clock.due_at), "date", instant=clock.due_at.isoformat()),
            Cell(str(clock.team or "")),
            Cell(there, "state", tone=tone),
        ]
    )

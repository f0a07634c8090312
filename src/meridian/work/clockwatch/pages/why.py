"""Why is it due then? Every second that was counted, by up to three clocks on the wall."""

from datetime import UTC, datetime, tzinfo
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import instant_text
from meridian.engine.listing.cut import Cut
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.engine.records.zones import zone_or_utc
from meridian.kernel.local_time import instant
from meridian.work.clockwatch.pages.promises import policies_of, policies_table, weighed_policies
from meridian.work.clockwatch.pages.words import hours_words, instant_cell, span_text
from meridian.work.clockwatch.queries.why import AHEAD, STOOD, Explained, Line, explain_item, is_projected
from meridian.work.service_levels.contracts import ClockState, Kind, Measure
from meridian.work.service_levels.facade import Book, PolicyVersion
from meridian.work.servicedesk.facade import Team, WorkItem

MOST_LINES = 200
TONES = {"running": "accent", "paused": "watch", "met": "good", "breached": "bad", "cancelled": "still"}


@needs("servicedesk.workitem.view")
@require_safe
def why_page(request: Request, number: str) -> HttpResponse:
    """The clocks of an item with every stretch, for whoever may see the item."""
    actor = request.actor
    rows = WorkItem.objects.permitted(actor, "view").select_related("site__duty_station")
    item = rows.filter(number=number).first()
    if item is None:
        raise Http404
    at_desk = WorkItem.objects.permitted(actor, "queue").filter(pk=item.pk).exists()
    book, explained = explain_item(item, timezone.now(), at_desk=at_desk)
    zones = zones_of(item)
    versions = PolicyVersion.objects.select_related("policy").in_bulk(
        {one.clock.terms.version for one in explained}
    )
    teams = Team.objects.in_bulk({line.team for one in explained for line in one.lines if line.team})
    clocks = [_clock(one, versions[one.clock.terms.version], zones, teams, book) for one in explained]
    weighed = [weighed_policies(one.clock, book) for one in explained]
    policies = policies_of(weighed)
    for shown, each in zip(clocks, weighed, strict=True):
        shown["policies"], shown["policies_cut"] = policies_table(each, policies)
    context = {"item": item, "at_desk": at_desk, "clocks": clocks, "zones": [name for name, _zone in zones]}
    return render(request, "clockwatch/why.html", context)


def zones_of(item: WorkItem) -> list[tuple[str, tzinfo]]:
    """The zones in which times are shown, each once: of the requester's place, of the reader, and UTC."""
    theirs = item.site.duty_station.zone if item.site else ""
    mine = timezone.get_current_timezone()
    found: dict[str, tuple[str, tzinfo]] = {}
    if theirs:
        found[theirs] = (_("At the requester (%(zone)s)") % {"zone": theirs}, zone_or_utc(theirs)[0])
    found.setdefault(str(mine), (_("Here (%(zone)s)") % {"zone": mine}, mine))
    found.setdefault("UTC", ("UTC", UTC))
    return list(found.values())


def _clock(
    one: Explained,
    version: PolicyVersion,
    zones: list[tuple[str, tzinfo]],
    teams: dict[int, Team],
    book: Book,
) -> dict[str, Any]:
    clock = one.clock
    state = ClockState(clock.state)
    shown = Cut(one.lines[-MOST_LINES:], len(one.lines))
    columns = [
        Column(_("What")),
        *(
            Column(_("%(edge)s · %(zone)s") % {"edge": edge, "zone": name}, "date")
            for name, _zone in zones
            for edge in (_("from"), _("to"))
        ),
        Column(_("Team"), minor=True),
        Column(_("Counted")),
        Column(_("In all")),
    ]
    measure = Measure(clock.run.measure).label
    return {
        "title": measure if clock.run.cycle == 1 else f"{measure} · {clock.run.cycle}",
        "kind": Kind(clock.promise.kind).label,
        "state": state.label,
        "tone": TONES[clock.state],
        "facts": _facts(one, version, book),
        "projected": is_projected(clock),
        "table": Table(str(measure), columns, [_row(line, zones, teams, book) for line in shown.shown]),
        "cut": shown,
    }


def _facts(one: Explained, version: PolicyVersion, book: Book) -> list[dict[str, Any]]:
    clock = one.clock
    instants: list[tuple[str, datetime]] = [
        (_("Began"), instant(clock.run.start)),
        (_("Due"), instant(clock.due)),
    ]
    if clock.run.stop is not None:
        instants.append((_("Ended"), instant(clock.run.stop)))
    facts: list[dict[str, Any]] = [
        {"label": _("Promised by"), "text": str(version.policy)},
        {"label": _("In force since"), "text": str(version)},
        {"label": _("Counted in the hours of"), "text": hours_words(version.hours)},
        {"label": _("Target"), "text": span_text(clock.target)},
        {"label": _("Counted"), "text": span_text(clock.count.open_seconds)},
        {"label": _("Paused"), "text": span_text(clock.count.paused_seconds)},
    ]
    return facts + [
        {"label": label, "text": instant_text(at), "instant": at.isoformat()} for label, at in instants
    ]


def _row(line: Line, zones: list[tuple[str, tzinfo]], teams: dict[int, Team], book: Book) -> Row:
    stands = line.what == STOOD
    word, tone = _what(line, book)
    team = teams.get(line.team or 0)
    cells = [Cell(word, "state", tone=tone)]
    for _name, zone in zones:
        cells += [instant_cell(line.start, zone), instant_cell(line.end, zone)]
    cells += [
        Cell(str(team or "")),
        Cell("" if stands else span_text(line.seconds)),
        Cell(span_text(line.total)),
    ]
    return Row(cells)


def _what(line: Line, book: Book) -> tuple[str, str]:
    if line.what == AHEAD:
        return _("still to come"), "still"
    if line.what != STOOD:
        return _("counted"), "accent"
    _kind, _colon, reason = line.reason.partition(":")
    if reason.isdecimal() and int(reason) in book.reasons:
        return _("waits for: %(reason)s") % {"reason": book.reasons[int(reason)]}, "watch"
    return _("was solved, and reopened"), "watch"

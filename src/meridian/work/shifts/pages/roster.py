"""The roster of a hub for a week: people and days, what it asks of each, and what a lead may change."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import number_text, time_text, weekday_text
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.pages.first_page import list_url
from meridian.engine.policies import Actor, Request, policy_of
from meridian.work.servicedesk.facade import Membership
from meridian.work.shifts.models import Absence, CoverageNeed, Hub, Override, Rotation, Shift
from meridian.work.shifts.pages.asking import choices, hub_asked, steps, week_asked, week_words
from meridian.work.shifts.queries.rosters import agents_of, shifts_between, week_of, zone_of
from meridian.work.shifts.rules.checks import LEAST_REST, MOST_NIGHTS, Load, balance_score, loads


@needs("shifts.shift.view")
@require_safe
@takes("hub", "week")
def roster(request: Request) -> HttpResponse:
    """Who works when at a hub in a week, by the hub's own clock."""
    actor, monday = request.actor, week_asked(request)
    hubs = list(Hub.objects.filter(is_active=True).select_related("team__duty_station").order_by("code"))
    hub = hub_asked(request, hubs) or _own(actor, hubs)
    path = reverse("roster")
    context: dict[str, Any] = {
        "hubs": choices(path, hubs, hub, "hub", week=monday.isoformat()),
        "hub": hub,
        "week": week_words(monday),
    }
    if hub is not None:
        context |= _week(actor, hub, monday) | {
            "steps": steps(path, monday, hub=hub.code),
            "ways": _ways(actor, hub, monday),
        }
    return render(request, "shifts/roster.html", context)


def _own(actor: Actor, hubs: Sequence[Hub]) -> Hub | None:
    """The hub where the reader works, else the first."""
    teams = set(Membership.objects.filter(person=actor.person_id).values_list("team", flat=True))
    return next((hub for hub in hubs if hub.team_id in teams), hubs[0] if hubs else None)


def _week(actor: Actor, hub: Hub, monday: date) -> dict[str, Any]:
    zone = zone_of(hub)
    edges = week_of(monday, zone)
    # A day more on either side, so that the rest before the first and after the last shift is seen.
    around = shifts_between(actor, [hub.team_id], edges[0] - timedelta(days=1), edges[-1])
    shifts = [shift for shift in around if shift.end_at > edges[0]]
    people = agents_of(hub.team_id) | {shift.person_id: str(shift.person) for shift in shifts}
    worked = {shift.person_id for shift in shifts}
    found = loads([(each.person_id, each.start_at, each.end_at) for each in around], zone)
    hours = {person: found[person].hours for person in worked}
    return {
        "grid": _grid(people, worked, shifts, edges, zone),
        "loads": _loads(people, {person: found[person] for person in worked}, hub),
        "zone": str(zone),
        "balance": number_text(balance_score(hours)),
        # To whoever sees no shift of the hub nothing is told of who has none.
        "off": [name for person, name in people.items() if person not in worked] if worked else [],
    }


def _grid(
    people: dict[int, str], worked: set[int], shifts: list[Shift], edges: list[datetime], zone: tzinfo
) -> Table:
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for shift in shifts:
        # A shift stands on the day on which it begins; one from the day before on the first.
        day = max(0, sum(edge <= shift.start_at for edge in edges[:-1]) - 1)
        cells[shift.person_id, day].append(
            f"{time_text(shift.start_at.astimezone(zone))}–{time_text(shift.end_at.astimezone(zone))}"
        )
    columns = [Column(_("Person"))]
    columns += [Column(weekday_text(edge.astimezone(zone).date()), "date") for edge in edges[:-1]]
    rows = [
        Row(
            [
                Cell(name, url=list_url(Shift, person=str(person))),
                *(Cell(", ".join(cells.get((person, day), ())) or "–", "date") for day in range(7)),
            ]
        )
        for person, name in people.items()
        if person in worked
    ]
    return Table(_("The week of the hub"), columns, rows)


def _loads(people: dict[int, str], found: dict[int, Load], hub: Hub) -> Table:
    columns = [
        Column(_("Person")),
        Column(_("Hours"), "number", why=Unproved.FOLLOWS),
        Column(_("Shifts"), "number", why=Unproved.FOLLOWS),
        Column(_("Nights"), "number", why=Unproved.FOLLOWS, minor=True),
        Column(_("Shortest rest, hours"), "number", why=Unproved.FOLLOWS),
        Column(_("To mend"), "state"),
    ]
    rows = [_load(name, found[person]) for person, name in people.items() if person in found]
    return Table(_("What the week asks of each"), columns, rows)


def _load(name: str, load: Load) -> Row:
    rest = load.shortest_rest
    faults = []
    if load.short_rests:
        faults.append(_("less than %(n)s hours of rest") % {"n": LEAST_REST // timedelta(hours=1)})
    if load.nights_in_row > MOST_NIGHTS:
        faults.append(_("%(n)s nights in a row") % {"n": load.nights_in_row})
    return Row(
        [
            Cell(name),
            Cell(number_text(round(load.hours)), "number"),
            Cell(number_text(load.shifts), "number"),
            Cell(number_text(load.nights), "number"),
            Cell(number_text(rest // timedelta(hours=1)) if rest is not None else "–", "number"),
            Cell(", ".join(faults) or _("nothing"), "state", "", "bad" if faults else "good"),
        ]
    )


def _ways(actor: Actor, hub: Hub, monday: date) -> list[dict[str, str]]:
    """Where a lead changes the roster, and its coverage; each only for who may."""
    team, asked = str(hub.team_id), {"hub": hub.code, "week": monday.isoformat()}
    ways: list[tuple[Any, str, str, str]] = [
        (Override, "add", _("Put somebody on duty"), f"{reverse('shifts-override-add')}?team={team}"),
        (Absence, "add", _("Note an absence"), reverse("shifts-absence-add")),
        (Rotation, "change", _("Rotations"), list_url(Rotation, team=team)),
        (Hub, "take_over", _("Take a roster over"), reverse("shifts-hub-take_over", args=(hub.pk,))),
        (CoverageNeed, "view", _("Coverage"), f"{reverse('shifts-coverage')}?{urlencode(asked)}"),
    ]
    return [
        {"title": title, "url": url}
        for model, action, title, url in ways
        if policy_of(model).may(actor, action)
    ]

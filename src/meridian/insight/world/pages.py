"""The world view, and the same for a screen on the wall."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import number_text, time_text
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.insight.world.queries import (
    STATES,
    TONES,
    World,
    all_desks_address,
    change_words,
    local_time,
    map_marks,
    map_words,
    mark_address,
    queue_address,
    state_words,
    work_by_state,
    world_at,
)
from meridian.insight.world.rules.world_map import draw_small_map, draw_world

SEEING = "servicedesk.team.view"
DESKS, WORK = "world.desks", "world.work"
# A minute is how long the sun takes to move a quarter of a degree: less would not be seen.
REFRESH_SECONDS = 60


@needs(SEEING)
def world(request: Request) -> HttpResponse:
    """Map, tiles, small maps and the list of all desks."""
    return _answer(request, "world/world.html")


@needs(SEEING)
def wall(request: Request) -> HttpResponse:
    """The map alone, for a screen that nobody touches; it renews itself every minute."""
    answer = _answer(request, "world/wall.html")
    answer["Refresh"] = str(REFRESH_SECONDS)
    return answer


def _answer(request: Request, template: str) -> HttpResponse:
    now = world_at(timezone.now(), request.actor)
    target = request.headers.get("HX-Target", "")
    if target.endswith("world"):
        template = "world/now.html"
    return render(request, template, _context(now))


def _context(now: World) -> dict[str, Any]:
    ground = static("meridian/world.svg")
    return {
        "map": draw_world(now.now, map_marks(now), ground, map_words(), mark_address),
        "time": time_text(now.now),
        "tiles": _tiles(now),
        "small_maps": [
            {"title": title, "svg": draw_small_map(marks, title, ground, now.now)}
            for title, marks in work_by_state(now)
        ],
        "table": _table(now),
    }


def _tiles(now: World) -> list[dict[str, str]]:
    counts = now.counts
    in_hand = all_desks_address(now, state="in_progress")
    awake = counts["open"] + counts["handover"]
    figures = (
        (awake, _("desks open"), "#desks", "good", proof_address(DESKS, awake, state="awake")),
        (
            counts["handover"],
            _("about to hand over"),
            "#desks",
            "watch",
            proof_address(DESKS, counts["handover"], state="closing"),
        ),
        (
            now.in_hand,
            _("items in hand"),
            in_hand,
            "accent",
            proof_address(WORK, now.in_hand, what="in_hand"),
        ),
        (
            now.waiting,
            _("items waiting"),
            all_desks_address(now, view="waiting"),
            "watch",
            proof_address(WORK, now.waiting, what="waiting"),
        ),
    )
    return [
        {"number": number_text(number), "label": label, "url": url, "tone": tone, "proof": proof}
        for number, label, url, tone, proof in figures
    ]


def _table(now: World) -> Table:
    words = state_words()
    rank = {"handover": 0, "open": 1, "closed": 2}
    ordered = sorted(
        now.desks, key=lambda desk: (rank[STATES[desk.state]], -(desk.waiting + desk.in_hand), desk.name)
    )
    rows = [
        Row(
            [
                Cell(desk.name, url=reverse("servicedesk-team-detail", args=(desk.team,))),
                Cell(words[STATES[desk.state]], "state", "", TONES[STATES[desk.state]]),
                Cell(local_time(desk, now.now), "date"),
                Cell(change_words(desk, now.now)),
                Cell(number_text(desk.waiting), "number", queue_address(desk, view="waiting")),
                Cell(number_text(desk.in_hand), "number", queue_address(desk, state="in_progress")),
            ]
        )
        for desk in ordered
    ]
    columns = [
        Column(_("Desk")),
        Column(_("State")),
        Column(_("Local time"), "date", minor=True),
        Column(_("Next change"), minor=True),
        Column(_("Waiting"), "number"),
        Column(_("In hand"), "number"),
    ]
    return Table(caption=_("All service desks now"), columns=columns, rows=rows)


root_urlpatterns = [
    path("world/", world, name="world"),
    path("world/wall/", wall, name="world-wall"),
]

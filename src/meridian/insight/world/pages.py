"""The world view, the hours before and after it, and the same for a screen on the wall."""

from datetime import UTC
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import instant_text, number_text, time_text
from meridian.engine.listing.cut import Cut, cut
from meridian.engine.listing.parameters import NotUnderstood
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Actor, Request
from meridian.insight.world.hours import hours_strip
from meridian.insight.world.hubs import hubs_table
from meridian.insight.world.queries import (
    STATES,
    TONES,
    World,
    address_of_marks,
    all_desks_address,
    asked_of,
    change_words,
    local_time,
    map_marks,
    map_words,
    queue_address,
    state_words,
    work_by_state,
    world_at,
    world_beside,
)
from meridian.insight.world.rules.strip import REACH
from meridian.insight.world.rules.world_map import draw_small_map, draw_world
from meridian.work.deskwatch.facade import items_to_show

SEEING, DESKS, WORK = "servicedesk.team.view", "world.desks", "world.work"
# A minute is how long the sun takes to move a quarter of a degree: less would not be seen.
REFRESH_SECONDS = 60
MOST_ASLEEP = 20


@needs(SEEING)
@takes("hours")
def world(request: Request) -> HttpResponse:
    """Map, tiles, small maps and the list of all desks, now or `?hours=` from now (-24 to 24)."""
    now = timezone.now()
    seen = world_beside(now, _offset(request.GET.get("hours", "")), request.actor)
    context = _context(request.actor, seen) | {"offset": seen.offset, "asleep": _asleep(seen, request.actor)}
    if request.headers.get("HX-Target", "").endswith("world"):
        return render(request, "world/now.html", context)
    return render(request, "world/world.html", context | {"strip": hours_strip(now), "reach": REACH})


@needs(SEEING)
def wall(request: Request) -> HttpResponse:
    """The map alone, for a screen that nobody touches; it renews itself every minute."""
    seen = world_at(timezone.now(), request.actor)
    answer = render(request, "world/wall.html", _context(request.actor, seen))
    answer["Refresh"] = str(REFRESH_SECONDS)
    return answer


def _offset(text: str) -> int:
    """The hours asked for; `NotUnderstood` when they are none."""
    try:
        offset = int(text or "0")
    except ValueError:
        offset = REACH + 1
    if abs(offset) > REACH:
        raise NotUnderstood({"hours": _("Hours are a whole number from -24, yesterday, to 24, tomorrow.")})
    return offset


def _context(actor: Actor, seen: World) -> dict[str, Any]:
    ground = static("meridian/world.svg")
    small = work_by_state(seen) if not seen.offset else ()
    return {
        "map": draw_world(seen.now, map_marks(seen), ground, map_words(seen), address_of_marks(seen)),
        "time": time_text(seen.now),
        "when": _when(seen),
        "tiles": _tiles(seen),
        "small_maps": [
            {"title": title, "svg": draw_small_map(marks, title, ground, seen.now)} for title, marks in small
        ],
        "table": _table(seen),
        "hubs": hubs_table(actor, seen.now, live=not seen.offset),
    }


def _when(seen: World) -> str:
    """The hour that is shown, in a sentence; empty for now."""
    if not seen.offset:
        return ""
    # The clock of the map and of the strip is that of the world, whatever the reader's own zone.
    with timezone.override(UTC):
        said = {"hours": abs(seen.offset), "instant": f"{instant_text(seen.now)} UTC"}
    if seen.offset < 0:
        return (
            ngettext(
                "%(hours)s hour ago, %(instant)s: as the event log tells it.",
                "%(hours)s hours ago, %(instant)s: as the event log tells it.",
                abs(seen.offset),
            )
            % said
        )
    return (
        ngettext(
            "In %(hours)s hour, %(instant)s: who is there then, and what falls due by then.",
            "In %(hours)s hours, %(instant)s: who is there then, and what falls due by then.",
            seen.offset,
        )
        % said
    )


def _tiles(seen: World) -> list[dict[str, str]]:
    counts = seen.counts
    if not seen.offset:
        return _live_tiles(seen)
    figures = [
        (counts["open"] + counts["handover"], _("desks open"), "#desks", "good"),
        (counts["handover"], _("about to hand over"), "#desks", "watch"),
    ]
    if seen.offset > 0:
        due = all_desks_address(seen, **asked_of(seen))
        figures += [
            (seen.waiting, _("items fall due by then"), due, "accent"),
            (
                seen.in_hand,
                _("of them while their desk is closed"),
                "#asleep" if seen.in_hand else "",
                "bad" if seen.in_hand else "still",
            ),
        ]
    else:
        figures += [
            (seen.in_hand, _("items in hand"), "", "accent"),
            (seen.waiting, _("items waiting"), "", "watch"),
        ]
    return [
        {
            "number": number_text(number),
            "label": label,
            "url": url,
            "tone": tone,
            "proof": Unproved.RECKONED,
        }
        for number, label, url, tone in figures
    ]


def _live_tiles(now: World) -> list[dict[str, str]]:
    """The figures of this minute, each with its proof."""
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


def _asleep(seen: World, actor: Actor) -> dict[str, Any] | None:
    """What falls due by then while nobody is at its desk, the first ones first; numbers only of what the
    reader may see."""
    found = cut([item for item in seen.due if item.is_asleep], MOST_ASLEEP)
    if not found.shown:
        return None
    rows, desks = items_to_show(actor, (item.item for item in found.shown)), {d.team: d for d in seen.desks}
    shown = [
        {
            "number": rows[item.item].number if item.item in rows else "",
            "title": rows[item.item].title if item.item in rows else _("an item of another desk"),
            "desk": desks[item.team].name if item.team in desks else "",
            "due": instant_text(item.due_at),
        }
        for item in found.shown
    ]
    return {"rows": shown, "cut": Cut(shown, found.of)}


def _table(seen: World) -> Table:
    words = state_words()
    rank = {"handover": 0, "open": 1, "closed": 2}
    ordered = sorted(
        seen.desks, key=lambda desk: (rank[STATES[desk.state]], -(desk.waiting + desk.in_hand), desk.name)
    )
    rows = [
        Row(
            [
                Cell(desk.name, url=reverse("servicedesk-team-detail", args=(desk.team,))),
                Cell(words[STATES[desk.state]], "state", "", TONES[STATES[desk.state]]),
                Cell(local_time(desk, seen.now), "date"),
                Cell(change_words(desk, seen.now)),
                *_work_cells(seen, desk),
            ]
        )
        for desk in ordered
    ]
    first, second = (_("Falls due"), _("While closed")) if seen.offset > 0 else (_("Waiting"), _("In hand"))
    why = Unproved.RECKONED if seen.offset else Unproved.LISTED
    columns = [
        Column(_("Desk")),
        Column(_("State")),
        Column(_("Local time"), "date", minor=True),
        Column(_("Next change"), minor=True),
        Column(first, "number", why=why),
        Column(second, "number", why=why),
    ]
    caption = _("All service desks then") if seen.offset else _("All service desks now")
    return Table(caption=caption, columns=columns, rows=rows)


def _work_cells(seen: World, desk: Any) -> list[Cell]:
    """Two numbers with the rows behind them; what was yesterday is in no queue any more."""
    if seen.offset < 0:
        return [Cell(number_text(desk.waiting), "number"), Cell(number_text(desk.in_hand), "number")]
    if seen.offset > 0:
        asleep = "#asleep" if desk.in_hand else ""
        return [
            Cell(number_text(desk.waiting), "number", queue_address(desk, **asked_of(seen))),
            Cell(number_text(desk.in_hand), "number", asleep),
        ]
    return [
        Cell(number_text(desk.waiting), "number", queue_address(desk, view="waiting")),
        Cell(number_text(desk.in_hand), "number", queue_address(desk, state="in_progress")),
    ]


root_urlpatterns = [
    path("world/", world, name="world"),
    path("world/wall/", wall, name="world-wall"),
]

"""What the world view says on first pages: who hands over next, and how the world stands."""

from datetime import timedelta

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.listing.cut import cut
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.first_page import MOST_TASKS, Figure, Part, Task
from meridian.engine.pages.slots import FirstPagePart
from meridian.engine.policies.request import Request
from meridian.insight.world.queries import (
    STATES,
    TONES,
    all_desks_address,
    change_words,
    local_time,
    state_words,
    work_by_state,
    world_at,
)
from meridian.insight.world.rules.world_map import draw_small_map

SOON = timedelta(hours=12)


def handover(request: Request) -> FirstPagePart:
    """The hubs that open or close within half a day, the next one first: where work goes from here."""
    now = timezone.now()
    world, words = world_at(now, request.actor), state_words()
    hubs = [desk for desk in world.desks if desk.is_hub and desk.changes_at and desk.changes_at <= now + SOON]
    found = cut(sorted(hubs, key=lambda desk: (desk.changes_at or now, desk.name)), MOST_TASKS)
    tasks = [
        Task(
            desk.name,
            reverse("servicedesk-team-detail", args=(desk.team,)),
            f"{change_words(desk, now)} · {local_time(desk, now)}",
            words[STATES[desk.state]],
            TONES[STATES[desk.state]],
        )
        for desk in found.shown
    ]
    empty = _("No hub opens or closes within twelve hours.")
    return Part(_("Who hands over next"), reverse("world"), tasks=tasks, cut=found, empty=empty).given()


def world_now(request: Request) -> FirstPagePart:
    """How many desks are open and what waits, with a map of where it waits."""
    now = timezone.now()
    world, url = world_at(now, request.actor), reverse("world")
    counts = world.counts
    awake = counts["open"] + counts["handover"]
    figures = [
        Figure(
            awake, _("desks open"), f"{url}#desks", "good", proof_address("world.desks", awake, state="awake")
        ),
        Figure(
            world.in_hand,
            _("items in hand"),
            all_desks_address(world, state="in_progress"),
            "accent",
            proof_address("world.work", world.in_hand, what="in_hand"),
        ),
        Figure(
            world.waiting,
            _("items waiting"),
            all_desks_address(world, view="waiting"),
            "watch",
            proof_address("world.work", world.waiting, what="waiting"),
        ),
    ]
    title, marks = work_by_state(world)[1]
    svg = draw_small_map(marks, title, static("meridian/world.svg"), now)
    chart = {"title": title, "svg": svg, "table_url": f"{url}#desks"}
    return Part(_("The world now"), url, figures=figures, chart=chart).given()

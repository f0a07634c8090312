"""What the portal says on first pages: asking, one's requests, and who is there to help."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.figures.spans import Spans
from meridian.engine.listing.cut import Cut, cut
from meridian.engine.pages.first_page import MOST_TASKS, Part, Task
from meridian.engine.pages.slots import FirstPagePart, PanelPart
from meridian.engine.policies import Actor
from meridian.engine.policies.request import Request
from meridian.engine.resources import resource_of
from meridian.work.deskwatch.facade import desk_now, desks_near
from meridian.work.portal.pages.words import STANDINGS
from meridian.work.servicedesk import facade as desk


def ask(request: Request) -> FirstPagePart | None:
    """A field to say what is wrong: the way to help is one line."""
    if request.actor.person_id is None:
        return None
    return FirstPagePart(_("How can we help?"), "portal/ask_part.html")


def my_requests(request: Request) -> FirstPagePart | None:
    """What goes on with one's requests, those that wait for oneself first."""
    if request.actor.person_id is None:
        return None
    spans = Spans(timezone.now())
    found = desk.requests_of(request.actor, ended=False)
    mine_first = sorted(found.shown, key=lambda item: item.state != "resolved")
    tasks = [
        Task(
            item.title,
            reverse("portal-follow", args=(item.number,)),
            f"{item.number} · {spans.since(item.updated_at)}",
            str(STANDINGS[item.state]),
            resource_of(desk.WorkItem).tone_of(item.state),
        )
        for item in mine_first[:MOST_TASKS]
    ]
    empty = _("You wait for nothing.")
    return Part(
        _("My requests"), reverse("portal-home"), tasks=tasks, cut=Cut(tasks, found.of), empty=empty
    ).given()


def desks_near_me(request: Request) -> FirstPagePart | None:
    """The desks of one's duty station, and the hubs: who is there now, and until when."""
    now = timezone.now()
    spans = Spans(now)
    found = cut(desks_near(request.actor, now), MOST_TASKS)
    tasks = [
        Task(
            near.name,
            reverse("servicedesk-team-detail", args=(near.team,)),
            _until(near.is_open, near.changes_at and spans.due(near.changes_at)[0]),
            _("open") if near.is_open else _("closed"),
            "good" if near.is_open else "still",
        )
        for near in found.shown
    ]
    return Part(_("Who is there now"), tasks=tasks, cut=found).given() if tasks else None


def desk_that_has_it(actor: Actor, item: desk.WorkItem) -> PanelPart | None:
    """Who has the request now, and when somebody is there to read what one writes."""
    if item.team_id is None or item.state in item.folded.ENDED:
        return None
    now = timezone.now()
    near = desk_now(item.team_id, now)
    if near is None:
        return None
    then = Spans(now).due(near.changes_at)[0] if near.changes_at else None
    facts = [
        {"label": _("Desk"), "text": near.name, "url": reverse("servicedesk-team-detail", args=(near.team,))},
        {
            "label": _("Now"),
            "text": _("open") if near.is_open else _("closed"),
            "tone": "good" if near.is_open else "still",
        },
        {"label": _("Then"), "text": _until(near.is_open, then)},
    ]
    return PanelPart(_("Who reads what you write"), {"facts": facts})


def _until(is_open: bool, span: str | None) -> str:
    if not span:
        return ""
    return (_("closes %(span)s") if is_open else _("opens %(span)s")) % {"span": span}

"""Following, answering and confirming, on a phone and without JavaScript."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meridian.engine.api.idempotency import once_on_page
from meridian.engine.commands import Refusal, Unseen
from meridian.engine.figures.spans import Spans
from meridian.engine.listing.parameters import one_of
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.pages.slots import panels_for
from meridian.engine.policies import Actor, Request
from meridian.engine.resources import resource_of
from meridian.work.items import facade as items
from meridian.work.portal.pages.words import STANDINGS, shown_request, told
from meridian.work.servicedesk import facade as desk

ALL = {"": gettext_lazy("The latest"), "yes": gettext_lazy("All")}
SHOWN = {"": gettext_lazy("Going on"), "ended": gettext_lazy("Ended")}
BEGUN = ("in_progress", "on_hold")


@needs("servicedesk.workitem.ask")
@require_safe
@takes("show", "all")
def home(request: Request) -> HttpResponse:
    """What is going on with one's requests, and the way to a new one."""
    actor = request.actor
    spans = Spans(timezone.now())
    shown = one_of("show", request.GET.get("show", ""), SHOWN)
    ended = shown == "ended"
    whole = one_of("all", request.GET.get("all", ""), ALL) == "yes"
    found = desk.requests_of(actor, ended=ended, whole=whole)
    cards = [_card(item, spans) for item in found.shown]
    context = {"cards": cards, "ended": ended, "cut": found, "all_url": f"?show={shown}&all=yes"}
    return render(request, "portal/home.html", context)


def _card(item: Any, spans: Spans) -> dict[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "tone": resource_of(desk.WorkItem).tone_of(item.state),
        "state": str(STANDINGS[item.state]),
        "since": spans.since(item.updated_at),
        "instant": item.updated_at.isoformat(),
        "asks": item.state == "resolved",
    }


@needs("servicedesk.workitem.follow")
@require_safe
@takes("all")
def follow(request: Request, number: str) -> HttpResponse:
    """One's own request: what was said, where it stands, what one can do."""
    actor = request.actor
    item = shown_request(actor, number)
    if item.number != number:
        return redirect("portal-follow", item.number)
    whole = one_of("all", request.GET.get("all", ""), ALL) == "yes"
    return render(request, "portal/follow.html", _followed(request, item, whole=whole))


def _followed(request: Request, item: Any, *, whole: bool = False) -> dict[str, Any]:
    """What the page shows. A request that was merged stands where the last of its chain stands."""
    actor = request.actor
    found = items.conversation(item, whole=whole)
    mine = item.requester_id == actor.person_id
    last = items.last_of(item)
    verbs = item.machine.verbs_of(item.state) if mine else frozenset()
    waits = last.state == "on_hold" and last.hold_reason is not None and last.hold_reason.waits_for_requester
    return {
        "item": item,
        "steps": _steps(last.state),
        "standing": str(STANDINGS[last.state]),
        "tone": resource_of(desk.WorkItem).tone_of(last.state),
        "events": told(found.shown, actor.person_id),
        "cut": found,
        "crumbs": [{"title": _("My requests"), "url": reverse("portal-home")}],
        "asks": "confirm" in verbs,
        "can_reopen": "reopen" in verbs and item.merged_into_id is None,
        "can_reply": mine and "reply" in last.machine.verbs_of(last.state),
        "can_cancel": "cancel" in verbs,
        "waits_for_me": mine and waits,
        "at_desk": item.at_desk,
        "files": items.files_for_requester(item),
        "panels": list(panels_for(request, item, "requester_panel")),
    }


def _steps(state: str) -> list[dict[str, Any]]:
    """The way of a request, with the step it has come to."""
    titles = (_("Asked"), _("With the desk"), _("Being worked on"), _("Solved"))
    if state in desk.WorkItem.folded.ENDED:
        reached = 3
    elif state in BEGUN:
        reached = 2
    else:
        reached = 1
    return [
        {"title": title, "done": index < reached, "now": index == reached}
        for index, title in enumerate(titles)
    ]


def _reply(actor: Actor, item: Any, text: str) -> Any:
    return desk.reply(actor=actor, item=item, text=text, language=get_language() or "en")


def _confirm(actor: Actor, item: Any, text: str) -> Any:
    return desk.confirm(actor=actor, item=item, text=text, language=get_language() or "en")


def _reopen(actor: Actor, item: Any, text: str) -> Any:
    return desk.reopen(actor=actor, item=item, text=text, language=get_language() or "en")


def _cancel(actor: Actor, item: Any, text: str) -> Any:
    reason, language = text or _("No longer needed."), get_language() or "en"
    return desk.cancel(actor=actor, item=item, reason=reason, language=language)


VERBS: Mapping[str, Callable[[Actor, Any, str], Any]] = {
    "reply": _reply,
    "confirm": _confirm,
    "reopen": _reopen,
    "cancel": _cancel,
}


@needs("servicedesk.workitem.follow")
@require_POST
def answer(request: Request, number: str) -> HttpResponse:
    """Reply, confirm, reopen or cancel, as the pressed button says."""
    actor = request.actor
    item = shown_request(actor, number)
    verb = VERBS.get(request.POST.get("as", ""))
    if verb is None:
        raise Unseen(_("There is no such action for a request."))
    text = request.POST.get("text", "")

    def carry_out() -> HttpResponse:
        try:
            goes_on = verb(actor, item, text)
        except Refusal as refusal:
            shown = _followed(request, item) | {"refusal": str(refusal.beside(())), "typed": text}
            if not (shown["can_reply"] or shown["can_reopen"]):
                messages.error(request, str(refusal))
                return redirect("portal-follow", item.number)
            return render(request, "portal/follow.html", shown, status=422)
        return redirect("portal-follow", goes_on.number)

    return once_on_page(request, carry_out)

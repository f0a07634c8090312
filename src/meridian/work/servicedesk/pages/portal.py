"""The portal: asking, following, answering and confirming, on a phone and without JavaScript."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meridian.engine.commands import Refusal, Unpermitted, Unseen
from meridian.engine.policies import Actor
from meridian.work.servicedesk import commands
from meridian.work.servicedesk.models import WorkItem
from meridian.work.servicedesk.pages.forms import AskForm
from meridian.work.servicedesk.pages.timeline import told
from meridian.work.servicedesk.pages.words import Spans, shown_item, somebody, tone_of
from meridian.work.servicedesk.queries.items import (
    Names,
    TimelineRow,
    files_of,
    merged_at,
    requests_of,
    timeline,
)
from meridian.work.servicedesk.rules import ENDED, IN_PROGRESS, ON_HOLD, verbs_of

STANDINGS = {
    "new": gettext_lazy("The desk has it"),
    "assigned": gettext_lazy("Somebody will look into it"),
    "in_progress": gettext_lazy("Being worked on"),
    "on_hold": gettext_lazy("Waiting"),
    "resolved": gettext_lazy("Solved? Please confirm"),
    "closed": gettext_lazy("Done"),
    "cancelled": gettext_lazy("Cancelled"),
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is going on with one's requests, and the way to a new one."""
    actor = somebody(request)
    spans = Spans(timezone.now())
    ended = request.GET.get("show") == "ended"
    items = requests_of(actor, ended=ended)
    context = {"cards": [_card(item, spans) for item in items], "ended": ended}
    return render(request, "servicedesk/portal.html", context)


def _card(item: WorkItem, spans: Spans) -> dict[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "tone": tone_of(item.state),
        "state": _standing(item),
        "since": spans.since(item.updated_at),
        "instant": item.updated_at.isoformat(),
        "asks": item.state == "resolved",
    }


def _standing(item: WorkItem) -> str:
    """Where a request stands, in words for whoever asked."""
    return str(STANDINGS[item.state])


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask the desk for something."""
    actor = somebody(request)
    posted = request.POST if request.method == "POST" else None
    form = AskForm(posted, initial={"title": request.GET.get("title", "")})
    if posted is not None and form.is_valid():
        try:
            item = commands.ask(actor=actor, language=get_language() or "en", **form.cleaned_data)
        except Unpermitted:
            raise
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(
                request, _("Thank you. The desk has your request %(number)s.") % {"number": item.number}
            )
            return redirect(f"/portal/{item.number}/")
    return render(request, "servicedesk/ask.html", {"form": form}, status=422 if posted else 200)


@require_safe
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """One's own request: what was said, where it stands, what one can do."""
    actor = somebody(request)
    item = shown_item(actor, number)
    if item.number != number:
        return redirect(f"/portal/{item.number}/")
    rows = _conversation(item)
    mine = item.requester_id == actor.person_id
    verbs = verbs_of(item.state) if mine else frozenset()
    merged = item.merged_into_id is not None
    context = {
        "item": item,
        "steps": _steps(item),
        "standing": _standing(item),
        "tone": tone_of(item.state),
        "events": [
            {**event, "mine": event["actor"] == actor.person_id}
            for event in told(rows, Names({}), as_requester=True)
        ],
        "crumbs": [{"title": _("My requests"), "url": "/portal/"}],
        "asks": "confirm" in verbs,
        "can_reopen": "reopen" in verbs and not merged,
        "can_reply": "reply" in verbs,
        "can_cancel": "cancel" in verbs,
        "waits_for_me": mine and item.hold_reason is not None and item.hold_reason.waits_for_requester,
        "at_desk": item.at_desk,
        "files": files_of(item),
    }
    return render(request, "servicedesk/follow.html", context)


def _conversation(item: WorkItem) -> list[TimelineRow]:
    """The public events; of the item that this one was merged into, the desk's answers since."""
    rows = timeline(item, internal=False)
    if item.merged_into:
        further = timeline(item.merged_into, internal=False, since=merged_at(item))
        rows += [row for row in further if row.data.get("by") == "desk" or row.type == "resolved"]
        rows.sort(key=lambda row: row.at)
    return rows


def _steps(item: WorkItem) -> list[dict[str, Any]]:
    """The way of a request, with the step it has come to."""
    titles = (_("Asked"), _("With the desk"), _("Being worked on"), _("Solved"))
    if item.state in ENDED:
        reached = 3
    elif item.state in (IN_PROGRESS, ON_HOLD):
        reached = 2
    else:
        reached = 1
    return [
        {"title": title, "done": index < reached, "now": index == reached}
        for index, title in enumerate(titles)
    ]


def _reply(actor: Actor, item: WorkItem, text: str) -> WorkItem:
    return commands.reply(actor=actor, item=item, text=text, language=get_language() or "en")


def _confirm(actor: Actor, item: WorkItem, text: str) -> WorkItem:
    return commands.confirm(actor=actor, item=item, text=text)


def _reopen(actor: Actor, item: WorkItem, text: str) -> WorkItem:
    return commands.reopen(actor=actor, item=item, text=text)


def _cancel(actor: Actor, item: WorkItem, text: str) -> WorkItem:
    return commands.cancel(actor=actor, item=item, reason=text or _("No longer needed."))


VERBS: Mapping[str, Callable[[Actor, WorkItem, str], WorkItem]] = {
    "reply": _reply,
    "confirm": _confirm,
    "reopen": _reopen,
    "cancel": _cancel,
}


@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Reply, confirm, reopen or cancel, as the pressed button says."""
    actor = somebody(request)
    item = shown_item(actor, number)
    verb = VERBS.get(request.POST.get("as", ""))
    if verb is None:
        raise Unseen(_("There is no such action for a request."))
    try:
        item = verb(actor, item, request.POST.get("text", ""))
    except (Unseen, Unpermitted):
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(f"/portal/{item.number}/")

"""One work item, as the desk sees it."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meridian.engine.figures.spans import Spans
from meridian.engine.listing.parameters import one_of, whole_number
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.pages.neighbours import neighbours_of
from meridian.engine.pages.slots import actions_for, panels_for, tiles_for
from meridian.engine.pages.verb_page import BACK, button, open_to, shows
from meridian.engine.policies import Actor, Request
from meridian.engine.resources import Resource, Sight, Verb, resource_of
from meridian.engine.values import resource_name
from meridian.work.agentdesk.pages.panels import panels_of
from meridian.work.agentdesk.pages.queue import as_row
from meridian.work.agentdesk.pages.timeline import mark_new, told
from meridian.work.agentdesk.pages.words import (
    KEY_WORDS,
    KEYS,
    PRIORITIES,
    PRIORITY_TONES,
    STATE_WORDS,
    for_agents,
    shown_item,
    tone_of,
)
from meridian.work.items.facade import LinkRow, note_presence, present_at, timeline
from meridian.work.servicedesk.facade import Link, WorkItem, beside, own_number

# The verbs that stand beside what they are about.
BESIDE = ("watch", "unwatch", "unlink", "split")
FIRST_VERB = {
    "new": "take",
    "assigned": "start",
    "in_progress": "resolve",
    "on_hold": "resume",
    "resolved": "close",
    "closed": "reopen",
}
# What the page offers in a way of its own: in the box below the conversation, beside links and watchers, or
# nowhere, since it is the requester's.
ELSEWHERE = ("reply", "note", "watch", "unwatch", "unlink", "split", "confirm", "change")


def address_of(actor: Actor, text: str) -> str | None:
    """Where the item of a number is, for the search; whoever isn't of the desk is led on from there."""
    if not text.isascii() or not any(map(str.isdigit, text)):
        return None
    number = own_number(actor, text)
    return reverse("desk-item", args=(number,)) if number else None


@needs("servicedesk.workitem.view")
@shows("servicedesk.workitem", "number")
@require_safe
@takes("events")
def item_page(request: Request, number: str) -> HttpResponse:
    """Conversation and history beside the particulars; whoever isn't of the desk goes to the portal."""
    actor = request.actor
    item = shown_item(actor, number)
    if not item.at_desk:
        return redirect("portal-follow", item.number)
    if item.number != number:
        return redirect("desk-item", item.number)
    context = item_context(actor, item, whole=is_whole(request))
    if request.headers.get("Beside"):
        context["queue_row"] = as_row(item)
    return render(request, "agentdesk/item.html", context)


def is_whole(request: Request) -> bool:
    """Whether all events are asked for, however many there are."""
    return one_of("events", request.GET.get("events", ""), {"": _("The last ones"), "all": _("All")}) == "all"


def item_context(actor: Actor, item: WorkItem, *, whole: bool = False) -> dict[str, Any]:
    """What the page of an item shows, in three statements and one more where it has links."""
    actions, more = _toolbar(actor, item)
    rows = timeline(item, internal=True, whole=whole)
    found = beside(item, rows.shown, actor.person_id)
    sight = Sight(actor)
    sight.look(WorkItem, [link.number for link in found.links], "number")
    events = told(rows.shown, found.names, sight)
    talks = "reply" in item.machine.verbs_of(item.state) and not item.merged_into_id
    return {
        "item": item,
        "crumbs": [{"title": _("Queue"), "url": reverse("desk-queue")}],
        "head": _head(item, actions),
        "more": [*more, *actions_for(actor, WorkItem, item)],
        "events": events,
        "news": mark_new(events, found.seen, actor.person_id),
        "cut": rows,
        "merged_into": _merged_into(sight, item),
        "panels": panels_of(item, sight),
        "watchers": found.watchers,
        "is_watching": any(person == actor.person_id for person, _name in found.watchers),
        "links": _links(sight, found.links),
        "files": found.files,
        "present": found.present,
        "can_reply": talks and _holds(actor, "reply"),
        "can_note": _holds(actor, "note"),
        "can_watch": _holds(actor, "watch"),
        "can_unlink": _holds(actor, "unlink"),
        "can_split": not item.merged_into_id and _holds(actor, "split"),
        "ways": _ways(item),
        "further_keys": KEY_WORDS,
    }


def _holds(actor: Actor, verb: str) -> bool:
    return actor.holds(f"servicedesk.workitem.{verb}")


def _toolbar(actor: Actor, item: WorkItem) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The verbs that are open now, as buttons: the two or three of every day, and all others."""
    resource = resource_of(WorkItem)
    may = open_to(resource, actor, item, without=ELSEWHERE)
    buttons = {verb.name: _button(resource, verb, item) for verb in resource.verbs if verb.name in may}
    if _holds(actor, "change") and not item.merged_into_id and item.machine.may("change", item.state):
        url = reverse("desk-change", args=(item.number,))
        buttons["change"] = {"title": _("Edit"), "url": url, "icon": "edit", "key": "e"}
    first = "unmerge" if item.merged_into_id else FIRST_VERB.get(item.state, "")
    prominent = [buttons.pop(name) for name in (first, "assign", "change") if name in buttons]
    return [{**found, "first": at == 0} for at, found in enumerate(prominent)], list(buttons.values())


def _button(resource: type[Resource], verb: Verb, item: WorkItem) -> dict[str, Any]:
    drawn = button(resource, verb, item)
    return {**drawn, "url": with_way_back(drawn["url"], item), "key": KEYS.get(verb.name, "")}


def _ways(item: WorkItem) -> dict[str, str]:
    """The addresses of the verbs that stand beside what they are about."""
    name = resource_name(resource_of(WorkItem))
    return {verb: with_way_back(reverse(f"{name}-{verb}", args=(item.pk,)), item) for verb in BESIDE}


def with_way_back(url: str, item: WorkItem) -> str:
    """The address of a verb that leads back to the page of the desk."""
    return f"{url}?{urlencode({BACK: reverse('desk-item', args=(item.number,))})}"


def _head(item: WorkItem, actions: list[dict[str, Any]]) -> dict[str, Any]:
    due, late = Spans(timezone.now()).due(item.due_at)
    facts = [
        {"label": _("Priority"), "tone": PRIORITY_TONES[item.priority], "text": PRIORITIES[item.priority]},
        {"label": _("Assignee"), "text": str(item.assignee or _("nobody"))},
    ]
    if item.state not in item.folded.ENDED:
        when: dict[str, Any] = {"tone": "bad"} if late else {"instant": item.due_at.isoformat()}
        facts.append({"label": _("Due"), "text": due, **when})
    return {
        "kind": item.get_kind_display(),
        "icon": "item" if item.kind == "incident" else "request",
        "number": item.number,
        "title": item.title,
        "tone": tone_of(item.state),
        "state": item.get_state_display(),
        "facts": facts,
        "actions": actions,
    }


def _merged_into(sight: Sight, item: WorkItem) -> str:
    """The number of the item that this one went into, for whoever may see that."""
    target = item.merged_into
    return target.number if target is not None and sight.sees(WorkItem, target.number, "number") else ""


def _links(sight: Sight, rows: list[LinkRow]) -> list[dict[str, Any]]:
    """The links; of an item that the actor may not see, only that there is one."""
    return [
        _link(row) if sight.sees(WorkItem, row.number, "number") else {"relation": _relation(row)}
        for row in rows
    ]


def _relation(row: LinkRow) -> str:
    inward = {
        "parent": _("is part of"),
        "duplicate": _("is duplicated by"),
        "related": _("is related to"),
        "blocks": _("is blocked by"),
        "caused": _("was caused by"),
    }
    return str(Link.Type(row.type).label) if row.outward else inward[row.type]


def _link(row: LinkRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "relation": _relation(row),
        "number": row.number,
        "title": row.title,
        "tone": tone_of(row.state),
        "state": STATE_WORDS[row.state],
    }


@for_agents
@require_safe
def parts(request: Request, number: str) -> HttpResponse:
    """What other modules say of the item: a part of its page, or a page of its own."""
    item = shown_item(request.actor, number, as_desk=True)
    to_it, from_it = neighbours_of(request.actor, item)
    said = {
        "given_tiles": list(tiles_for(request.actor, item)),
        "given_panels": list(panels_for(request, item)),
    }
    context = {"item": item, **said, "to_it": to_it, "from_it": from_it}
    if request.headers.get("HX-Request"):
        return render(request, "agentdesk/parts.html", context)
    crumbs = [
        {"title": _("Queue"), "url": reverse("desk-queue")},
        {"title": item.number, "url": reverse("desk-item", args=(item.number,))},
    ]
    return render(request, "agentdesk/parts_page.html", context | {"crumbs": crumbs})


@for_agents
@require_POST
def presence(request: Request, number: str) -> HttpResponse:
    """A heartbeat from an open page, which says how many events it shows; answers who else is there and
    whether there are more events by now. Pressed where no script runs, it leads back to the item."""
    actor = request.actor
    item = shown_item(actor, number, as_desk=True)
    shown = min(_number(request.POST.get("events", "")), item.event_count)
    if actor.person_id is not None:
        writes = bool(request.POST.get("text", "").strip())
        note_presence(WorkItem, item=item.pk, person=actor.person_id, writes=writes, seen=shown)
    if not request.headers.get("HX-Request"):
        return redirect("desk-item", item.number)
    context = {
        "item": item,
        "present": present_at(item, actor.person_id),
        "more_events": item.event_count > shown,
    }
    return render(request, "agentdesk/presence.html", context)


def _number(text: str) -> int:
    """A count that a page sent; none for what is no count."""
    return whole_number(text) or 0

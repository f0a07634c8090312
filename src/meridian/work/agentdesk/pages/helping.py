"""What may help to answer an item: its text or its link goes into the reply that is being written."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.commands import Unseen
from meridian.engine.helping import Help, help_to_answer
from meridian.engine.pages.asked import takes
from meridian.engine.policies import Request
from meridian.work.agentdesk.pages.words import for_agents, shown_item
from meridian.work.servicedesk.facade import WorkItem

# What the buttons of a help send: this, “text” or “link”, and the key of the help.
INSERT = "insert-"
TEXT, LINK = "text", "link"


@for_agents
@require_safe
@takes("seek")
def help_beside(request: Request, number: str) -> HttpResponse:
    """What may help to answer this item, or is found by words; a page of its own where no scripts run."""
    item = shown_item(request.actor, number, as_desk=True)
    sought = request.GET.get("seek", "")
    is_part = request.headers.get("HX-Request") == "true"
    context = {
        "item": item,
        "sought": sought,
        "helps": help_to_answer(request.actor, item, sought),
        "crumbs": [
            {"title": _("Queue"), "url": reverse("desk-queue")},
            {"title": item.number, "url": reverse("desk-item", args=(item.number,))},
        ],
    }
    return render(request, "agentdesk/help_part.html" if is_part else "agentdesk/help.html", context)


def with_help(request: Request, item: WorkItem, written: str, pressed: str) -> str:
    """What was written so far with the help behind it whose button was pressed."""
    way, _dash, key = pressed.removeprefix(INSERT).partition("-")
    helps = help_to_answer(request.actor, item, request.POST.get("sought", ""))
    help = next((help for help in helps if help.key == key), None)
    if help is None or help.is_internal or not {TEXT: help.text, LINK: help.url}.get(way):
        raise Unseen(_("This help is there no longer: somebody may have taken it back."))
    if help.used:
        help.used(way)
    return "\n\n".join(filter(None, (written.rstrip(), _words_of(request, help, way))))


def _words_of(request: Request, help: Help, way: str) -> str:
    if way == TEXT and help.text:
        return help.text
    return f"{help.title}\n{request.build_absolute_uri(help.url)}"

"""Choosing a template for a new item, and what the buttons of an item's steps do."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meridian.engine.commands import Refusal, Unseen
from meridian.engine.listing.lookup import reference_text
from meridian.engine.listing.parameters import whole_number
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.engine.resources import Sight
from meridian.engine.translation import SOURCE_LANGUAGE
from meridian.work.routines import commands
from meridian.work.routines.models import Checklist, ItemStep, Template
from meridian.work.servicedesk.facade import WorkItem


@needs("servicedesk.workitem.add")
@require_safe
@takes()
def choose(request: Request) -> HttpResponse:
    """The templates in use by category; each leads to the form of a new item, filled in."""
    rows = Template.objects.permitted(request.actor).filter(is_active=True)
    sight = Sight(request.actor)
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows.select_related("category", "team").order_by("category__code", "code"):
        group = str(row.category or _("Of any category"))
        said = {
            "name": row.name,
            "title": row.title,
            "kind": row.get_kind_display(),
            "url": _address(row, sight),
        }
        groups.setdefault(group, []).append(said)
    return render(request, "routines/choose.html", {"groups": groups})


def _address(row: Template, sight: Sight) -> str:
    filled = {
        "kind": row.kind,
        "title": str(row.title),
        "text": str(row.text),
        "impact": row.impact,
        "urgency": row.urgency,
        "category": reference_text(row.category, sight) if row.category else "",
        "team": reference_text(row.team, sight) if row.team else "",
    }
    return f"{reverse('desk-new')}?{urlencode({name: value for name, value in filled.items() if value})}"


@needs("routines.itemstep.view")
@require_POST
def act(request: Request, number: str) -> HttpResponse:
    """Tick a step, take that back, begin a checklist or add a step; then back to the item."""
    actor = request.actor
    item = WorkItem.objects.permitted(actor, "queue").filter(number=number).first()
    if item is None:
        raise Unseen(commands.NO_ITEM % {"number": number})
    carry_out = _asked(request, item)
    try:
        carry_out()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("desk-item", item.number)


def _asked(request: Request, item: WorkItem) -> Callable[[], Any]:
    """What the pressed button does; `Unseen` where it names nothing that is there."""
    actor, posted = request.actor, request.POST
    verb, _dash, key = posted.get("as", "").partition("-")
    if verb == "add":
        text = {get_language() or SOURCE_LANGUAGE: posted.get("step", "").strip()}
        return partial(commands.add_step, actor=actor, item=item, text=text)
    if verb == "use":
        checklist = _row(Checklist, actor, "use", posted.get("list", ""))
        return partial(commands.use_checklist, actor=actor, checklist=checklist, item=item)
    if verb in ("tick", "untick"):
        step = _row(ItemStep, actor, verb, key)
        return partial(commands.tick if verb == "tick" else commands.untick, actor=actor, step=step)
    raise Unseen(_("There is no such action for an item."))


def _row(model: Any, actor: Any, action: str, key: str) -> Any:
    row = model.objects.permitted(actor, action).filter(pk=whole_number(key)).first()
    if row is None:
        raise Unseen(_("There is no such row, or it is not yours to see."))
    return row


root_urlpatterns = [
    path("routines/choose/", choose, name="routines-choose"),
    path("routines/items/<str:number>/", act, name="routines-act"),
]

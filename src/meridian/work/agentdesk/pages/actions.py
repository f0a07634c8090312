"""What the desk asks in ways of its own: what is said, and the particulars, of which the priority may be left
to the matrix. All other verbs are drawn from their declaration."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meridian.engine.api.idempotency import once_on_page
from meridian.engine.commands import Conflict, Refusal
from meridian.engine.policies import Actor, Request
from meridian.work.agentdesk.pages.forms import (
    ChangeForm,
    VerbForm,
    change_initial,
)
from meridian.work.agentdesk.pages.helping import INSERT, with_help
from meridian.work.agentdesk.pages.item import item_context
from meridian.work.agentdesk.pages.words import for_agents, shown_item
from meridian.work.servicedesk import facade as desk
from meridian.work.servicedesk.facade import WorkItem


def _asked(item: WorkItem, form: Any) -> dict[str, Any]:
    return {
        "item": item,
        "title": _("Edit the particulars"),
        "form": form,
        "submit": _("Save"),
        "cancel_url": reverse("desk-item", args=(item.number,)),
        "crumbs": _crumbs(item),
    }


def _crumbs(item: WorkItem) -> list[dict[str, str]]:
    return [
        {"title": _("Queue"), "url": reverse("desk-queue")},
        {"title": item.number, "url": reverse("desk-item", args=(item.number,))},
    ]


def back_to(item: WorkItem) -> HttpResponseRedirect:
    return redirect("desk-item", item.number)


@for_agents
@require_POST
def say(request: Request, number: str) -> HttpResponse:
    """Answer the requester, or note something for the desk."""
    actor = request.actor
    item = shown_item(actor, number, as_desk=True)
    pressed = request.POST.get("as", "")
    text, language = request.POST.get("text", ""), get_language() or "en"
    if pressed.startswith(INSERT):
        context = item_context(actor, item) | {"typed": with_help(request, item, text, pressed)}
        return render(request, "agentdesk/item.html", context)
    verb = desk.reply if pressed == "reply" else desk.note

    def carry_out() -> HttpResponse:
        try:
            verb(actor=actor, item=item, text=text, language=language)
        except Refusal as refusal:
            context = item_context(actor, item) | {"refusal": str(refusal.beside(())), "typed": text}
            return render(request, "agentdesk/item.html", context, status=422)
        return back_to(item)

    return once_on_page(request, carry_out)


@for_agents
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, number: str) -> HttpResponse:
    """Edit the particulars; when somebody else has saved meanwhile, all three versions are shown."""
    actor = request.actor
    item = shown_item(actor, number, as_desk=True)
    initial = change_initial(item)
    form = ChangeForm(actor, item, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            desk.change_item(
                actor=actor, row=item, expected_version=form.cleaned_data["version"], **form.values()
            )
        except Conflict as conflict:
            return _show_three_ways(request, actor, form, conflict.current)
        except Refusal as refusal:
            form.blame(refusal)
        else:
            return back_to(item)
    context = _asked(item, form) | {"was": _texts(form, initial)}
    return render(request, "agentdesk/change.html", context, status=422 if request.POST else 200)


def _show_three_ways(request: Request, actor: Actor, form: ChangeForm, current: WorkItem) -> HttpResponse:
    """Status 409: the form keeps what was typed and now stands on the version saved by somebody else."""
    fresh = ChangeForm(actor, current, initial=change_initial(current))
    now = _texts(fresh, fresh.initial)
    mine = {name: request.POST.get(name, "") for name in now}
    was = {name: request.POST.get(f"was_{name}", "") for name in now}
    rows = [
        {"label": fresh.fields[name].label, "was": was[name], "now": now[name], "mine": mine[name]}
        for name in now
        if len({was[name], now[name], mine[name]}) > 1
    ]
    again = ChangeForm(actor, current, {**request.POST.dict(), "version": current.version})
    context = _asked(current, again) | {
        "title": _("Somebody else changed this item meanwhile"),
        "submit": _("Save mine over it"),
        "conflict": rows,
        "was": now,
    }
    return render(request, "agentdesk/change.html", context, status=409)


def _texts(form: VerbForm, values: Mapping[str, Any]) -> dict[str, str]:
    """The values as the form's own fields would send them."""
    return {
        name: str(field.prepare_value(values.get(name)) or "")
        for name, field in form.fields.items()
        if name != "version"
    }

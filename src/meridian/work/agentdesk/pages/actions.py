"""Acting on one item: each verb is a page that asks what it needs, or a button that needs nothing."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meridian.engine.api.idempotency import once_on_page
from meridian.engine.commands import Conflict, Refusal, Unseen
from meridian.engine.listing.parameters import refuse_unknown
from meridian.engine.pages.asked import by_itself
from meridian.engine.policies import Actor, Request
from meridian.work.agentdesk.pages.forms import (
    AssignForm,
    CancelForm,
    ChangeForm,
    HoldForm,
    LinkForm,
    MergeForm,
    ReopenForm,
    ResolveForm,
    SplitForm,
    TakeForm,
    UnlinkForm,
    VerbForm,
    change_initial,
)
from meridian.work.agentdesk.pages.helping import INSERT, with_help
from meridian.work.agentdesk.pages.item import item_context
from meridian.work.agentdesk.pages.words import for_agents, shown_item
from meridian.work.servicedesk import facade as desk
from meridian.work.servicedesk.facade import Link, WorkItem

FORMS: Mapping[str, type[VerbForm]] = {
    "assign": AssignForm,
    "hold": HoldForm,
    "resolve": ResolveForm,
    "reopen": ReopenForm,
    "cancel": CancelForm,
    "merge": MergeForm,
    "link": LinkForm,
    "unlink": UnlinkForm,
    "split": SplitForm,
}
TEMPLATES: Mapping[str, str] = {"unlink": "agentdesk/unlink.html"}
VERBS: Mapping[str, Callable[..., Any]] = {
    "take": desk.take,
    "start": desk.start,
    "resume": desk.resume,
    "close": desk.close,
    "unmerge": desk.unmerge,
    "watch": desk.watch,
    "unwatch": desk.unwatch,
    **{verb: getattr(desk, verb) for verb in FORMS},
}
QUESTIONS: Mapping[str, Promise] = {
    "take": gettext_lazy("Take this item?"),
    "start": gettext_lazy("Begin work on this item?"),
    "resume": gettext_lazy("Go on with this item?"),
    "close": gettext_lazy("Close this item?"),
    "unmerge": gettext_lazy("Undo the merge of this item?"),
    "watch": gettext_lazy("Follow this item?"),
    "unwatch": gettext_lazy("Stop following this item?"),
    "assign": gettext_lazy("Who is to have this item?"),
    "hold": gettext_lazy("What does this item wait for?"),
    "resolve": gettext_lazy("What solved it?"),
    "reopen": gettext_lazy("Take this item up again"),
    "cancel": gettext_lazy("Cancel this item"),
    "merge": gettext_lazy("Merge this item into another"),
    "link": gettext_lazy("Link this item with another"),
    "unlink": gettext_lazy("Remove the link"),
    "split": gettext_lazy("Split a message off into a new item"),
}

SUBMITS: Mapping[str, Promise] = {
    "resolve": gettext_lazy("Send to the requester"),
    "reopen": gettext_lazy("Send to the requester"),
    "merge": gettext_lazy("Merge"),
}

MERGING = gettext_lazy(
    "This item is closed and the other goes on. What was said stays where it was said; the requester keeps"
    " following this item, where answers on the other appear. “Undo the merge” brings everything back."
)


@for_agents
@require_http_methods(["GET", "HEAD", "POST"])
@by_itself
def act(request: Request, number: str, verb: str) -> HttpResponse:
    """Ask what a verb needs, or carry it out and go back to the item."""
    actor = request.actor
    if verb not in VERBS:
        raise Unseen(_("There is no such action for an item."))
    item = shown_item(actor, number, as_desk=True)
    posted = request.POST if request.method == "POST" else None
    form_class = TakeForm if verb == "take" else FORMS.get(verb, VerbForm)
    form = form_class(actor, item, posted, initial=request.GET.dict())
    refuse_unknown(request.GET, form.fields)
    if posted is not None and form.is_valid():
        if isinstance(form, MergeForm) and (into := form.unseen()):
            return _show_before_merging(request, item, into, actor)
        return once_on_page(request, lambda: _carried_out(request, item, verb, form))
    return _ask(request, item, verb, form)


def _carried_out(request: Request, item: WorkItem, verb: str, form: VerbForm) -> HttpResponse:
    try:
        made = VERBS[verb](actor=form.actor, item=item, **_arguments(verb, form))
    except Refusal as refusal:
        if verb == "take" and refusal.field == "over":
            return _ask_to_take_over(request, item, form.actor, str(refusal))
        if verb not in FORMS:
            messages.error(request, str(refusal.beside(())))
            return back_to(item)
        form.blame(refusal)
        return _ask(request, item, verb, form)
    return back_to(made if isinstance(made, WorkItem) else item)


def _ask_to_take_over(request: Request, item: WorkItem, actor: Actor, sentence: str) -> HttpResponse:
    """Status 409: somebody has the item; who has it is named, and taking it over is a choice of its own."""
    form = TakeForm(actor, item, initial={"over": desk.holder_of(item)})
    context = _asked(item, "take", form) | {"title": _("Take it over?"), "submit": _("Take it over")}
    return render(request, "agentdesk/act.html", context | {"sentence": sentence}, status=409)


def _show_before_merging(request: Request, item: WorkItem, into: WorkItem, actor: Actor) -> HttpResponse:
    """Which item a number means: a wrong digit is seen before anything happens."""
    form = MergeForm(actor, item, initial={"into": into, "seen": into.number})
    sentence = _("It is merged into %(number)s “%(subject)s”, asked for by %(requester)s.") % {
        "number": into.number,
        "subject": into.title,
        "requester": into.requester,
    }
    return render(request, "agentdesk/act.html", _asked(item, "merge", form) | {"sentence": sentence})


def _ask(request: Request, item: WorkItem, verb: str, form: VerbForm) -> HttpResponse:
    """The page that asks what a verb needs, with what was typed."""
    context = _asked(item, verb, form)
    if verb == "unlink":
        context["other"] = _linked_item(form.actor, item, form)
    return render(
        request, TEMPLATES.get(verb, "agentdesk/act.html"), context, status=422 if request.POST else 200
    )


def _linked_item(actor: Actor, item: WorkItem, form: VerbForm) -> WorkItem:
    """The other end of the link that the form names; `Unseen` when there is none that the actor may see."""
    key = str(form["link"].value() or "")
    named = Link.objects.filter(pk=key) if key.isdecimal() and len(key) < 19 else Link.objects.none()
    links = named.permitted(actor, "view").filter(Q(source=item) | Q(target=item))
    link = links.select_related("source", "target").first()
    if link is None:
        raise Unseen(_("This item has no such link: it may be removed already."))
    return link.target if link.source_id == item.pk else link.source


def _arguments(verb: str, form: VerbForm) -> dict[str, Any]:
    arguments = form.values()
    if verb in ("resolve", "reopen", "cancel"):
        arguments["language"] = get_language() or "en"
    return arguments


def _asked(item: WorkItem, verb: str, form: Any) -> dict[str, Any]:
    return {
        "item": item,
        "title": QUESTIONS.get(verb, ""),
        "does": MERGING if verb == "merge" else "",
        "form": form,
        "submit": SUBMITS.get(verb) or _("Do it"),
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
    context = _asked(item, "change", form) | {
        "title": _("Edit the particulars"),
        "submit": _("Save"),
        "was": _texts(form, initial),
    }
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
    context = _asked(current, "change", again) | {
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

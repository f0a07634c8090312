"""The steps of approval and the tasks of a draft: rows of a table, each written in a form of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meridian.engine.commands import Refusal, Unseen
from meridian.engine.inputs.fields import TranslationsField
from meridian.engine.listing.parameters import whole_number
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.engine.translation import in_language
from meridian.work.approvals.contracts import Mode
from meridian.work.catalogue.commands import change_draft
from meridian.work.catalogue.contracts import VersionState
from meridian.work.catalogue.models import Version
from meridian.work.catalogue.pages.designing import item_of
from meridian.work.servicedesk.facade import Team

Part = Mapping[str, Any]


@needs("catalogue.version.draft")
@require_http_methods(["GET", "HEAD", "POST"])
@takes("edit")
def design_part(request: Request, code: str, part: str) -> HttpResponse:
    """The steps of approval of a draft (`approvals`), or its tasks (`plan`), in their order."""
    if part not in ("approvals", "plan"):
        raise Unseen(_("There is no such part of a draft."))
    item = item_of(request.actor, code)
    draft = Version.objects.filter(item=item, state=VersionState.DRAFT).first()
    if draft is None:
        raise Unseen(_("There is no draft: begin one."))
    parts: list[dict[str, Any]] = list(getattr(draft, part))
    at = _at(request.POST.get("edit", request.GET.get("edit", "")), parts)
    press, refusal = request.POST.get("press", ""), ""
    make = _step_form if part == "approvals" else _task_form
    form = make(parts, at)(request.POST if press == "keep" else None, initial=_shown(parts, at))
    if request.method == "POST" and (press != "keep" or form.is_valid()):
        try:
            _arrange(parts, at, press, form)
            change_draft(actor=request.actor, row=draft, **{part: parts})
            return redirect("catalogue-design-part", code, part)
        except Refusal as fault:
            refusal = str(fault.beside((part,)))
    context = {
        "title": _("Steps of approval") if part == "approvals" else _("Tasks"),
        "parts": [_listed(one) for one in getattr(draft, part)],
        "form": form,
        "edited": at,
        "refusal": refusal,
        "crumbs": [
            {"title": _("Design the catalogue"), "url": reverse("catalogue-design")},
            {"title": item.code, "url": reverse("catalogue-design-item", args=(code,))},
        ],
    }
    return render(
        request, "catalogue/design_part.html", context, status=422 if refusal or form.errors else 200
    )


def _at(text: str, parts: Sequence[Part]) -> int | None:
    at = whole_number(text)
    return at if at is not None and at < len(parts) else None


def _arrange(parts: list[dict[str, Any]], at: int | None, press: str, form: forms.Form) -> None:
    if press == "keep":
        if at is None:
            parts.append(_made(form.cleaned_data))
        else:
            parts[at] = {**parts[at], **_made(form.cleaned_data)}
    elif at is not None and press in ("up", "remove"):
        one = parts.pop(at)
        if press == "up":
            parts.insert(max(0, at - 1), one)
        elif "key" in one:
            _follow_no_more(parts, one["key"])
    else:
        raise Refusal(_("Press one of the buttons."))


def _follow_no_more(tasks: list[dict[str, Any]], key: str) -> None:
    """Let what began after a task that is removed begin without it."""
    for task in tasks:
        task["after"] = [name for name in task.get("after", ()) if name != key]


def _made(given: Mapping[str, Any]) -> dict[str, Any]:
    numbers = {name: int(given[name]) for name in ("hours", "needed") if name in given}
    made = {**given, **numbers, "name": dict(given["name"])}
    if "approvers" in made:
        made["approvers"] = [line.strip() for line in made["approvers"].splitlines() if line.strip()]
    return made


def _shown(parts: Sequence[Part], at: int | None) -> dict[str, Any]:
    if at is None:
        return {"hours": 8, "needed": 1}
    return {"needed": 1, **parts[at], "approvers": "\n".join(parts[at].get("approvers", ()))}


def _listed(one: Part) -> dict[str, str]:
    if "approvers" in one:
        mode = Mode(one.get("mode", "all")).label
        return {"name": in_language(one["name"]), "words": f"{', '.join(one['approvers'])} · {mode}"}
    after = _("after %(tasks)s") % {"tasks": ", ".join(one["after"])} if one.get("after") else _("at once")
    words = [one["key"], one.get("team") or _("the team of the request"), after]
    return {"name": in_language(one["name"]), "words": " · ".join(words)}


def _whole(label: str) -> forms.CharField:
    is_whole = RegexValidator(r"^[1-9]\d{0,3}$", _("Write a whole number from 1 on."))
    return forms.CharField(label=label, max_length=4, validators=(is_whole,))


def _step_form(parts: Sequence[Part], at: int | None) -> type[forms.Form]:
    how = _("One a line: chief, owner, team:CODE, person:NUMBER, holder:PERMISSION, owner:COST-CENTRE.")
    fields: dict[str, forms.Field] = {
        "name": TranslationsField(label=_("Name")),
        "approvers": forms.CharField(
            label=_("Who is asked"), widget=forms.Textarea(attrs={"rows": 3}), help_text=how
        ),
        "mode": forms.ChoiceField(label=_("Who has to agree"), choices=Mode.choices),
        "needed": _whole(_("How many, where some are enough")),
        "hours": _whole(_("Open hours")),
    }
    return type("StepForm", (forms.Form,), fields)


def _task_form(parts: Sequence[Part], at: int | None) -> type[forms.Form]:
    others = [(one["key"], in_language(one["name"])) for place, one in enumerate(parts) if place != at]
    teams = Team.objects.filter(is_active=True).order_by("code")
    chosen = [("", _("the team of the request")), *((team.code, str(team)) for team in teams)]
    fields: dict[str, forms.Field] = {
        "key": forms.CharField(label=_("Key"), max_length=40),
        "name": TranslationsField(label=_("Name")),
        "team": forms.ChoiceField(label=_("Team"), choices=chosen, required=False),
        "hours": _whole(_("Open hours")),
    }
    if others:
        fields["after"] = forms.MultipleChoiceField(
            label=_("Begins after"), choices=others, required=False, widget=forms.CheckboxSelectMultiple
        )
    return type("TaskForm", (forms.Form,), fields)

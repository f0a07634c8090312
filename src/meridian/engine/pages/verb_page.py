"""What may be done to a row now, drawn on its page, offered by the palette and carried out at an address."""

from collections.abc import Callable, Collection
from functools import cache
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, get_resolver, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from meridian.engine.api.idempotency import once_on_page
from meridian.engine.commands import Refusal, Unpermitted, Untimely, asked_at_once
from meridian.engine.inputs.verb_form import VerbForm, verb_form
from meridian.engine.listing.parameters import refuse_unknown
from meridian.engine.pages.asked import BY_ITSELF
from meridian.engine.pages.entry import all_addresses
from meridian.engine.pages.rows import may_do, visible_row
from meridian.engine.policies import NOBODY, Actor, Request, policy_of
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource, Sight, Verb, resources
from meridian.engine.values import resource_name, url_of

BACK, TOLD = "back", "told"
View = TypeVar("View", bound=Callable[..., Any])


def open_to(
    resource: type[Resource], actor: Actor, row: models.Model, without: Collection[str] = ()
) -> set[str]:
    """Which of `change`, `remove` and verbs, but not `without`, the actor may do to it now: one statement."""
    policy = policy_of(resource.model)
    found: set[str] = set()
    asked: dict[str, models.Q] = {}
    for name, action, when in _asked_for(resource):
        scope = NOBODY if name in without else policy.scope(actor, action)
        if scope == NOBODY or (callable(when) and not when(actor, row)):
            continue
        condition = scope if callable(when) else scope & when
        if condition == models.Q():
            found.add(name)
        else:
            asked[name] = condition
    return found | _holding(row, asked)


def _asked_for(resource: type[Resource]) -> list[tuple[str, str, Any]]:
    plain = [(name, name, models.Q()) for name in ("change", "remove") if getattr(resource, name)]
    return plain + [(verb.name, verb.action, verb.when) for verb in resource.verbs]


def _holding(row: models.Model, asked: dict[str, models.Q]) -> set[str]:
    """The names of the conditions that the stored row meets."""
    if not asked:
        return set()
    columns = [
        models.Case(models.When(condition, then=True), default=False, output_field=models.BooleanField())
        for condition in asked.values()
    ]
    rows = type(row)._base_manager.filter(pk=row.pk).values_list(*columns)
    return {name for held in rows for name, holds in zip(asked, held, strict=True) if holds}


def actions_of(resource: type[Resource], actor: Actor, row: models.Model) -> list[dict[str, Any]]:
    """The buttons of a row's page: edit first, then its verbs, what is dangerous apart at the end."""
    may, name = open_to(resource, actor, row), resource_name(resource)
    buttons = [button(resource, verb, row) for verb in resource.verbs if verb.name in may]
    if resource.change:
        refused = _("Your roles do not include it here. Whoever gives out roles in that unit can add it.")
        edit = {"title": _("Edit"), "icon": "edit", "first": True, "key": "e"}
        url = reverse(f"{name}-edit", args=(row.pk,))
        buttons.insert(0, {**edit, "url": url, "refused": "" if "change" in may else refused})
    if "remove" in may:
        url = reverse(f"{name}-remove", args=(row.pk,))
        buttons.append({"title": _("Remove"), "url": url, "icon": "remove", "danger": True})
    return sorted(buttons, key=lambda found: bool(found.get("danger")))


def button(resource: type[Resource], verb: Verb, row: models.Model) -> dict[str, Any]:
    """A verb as the toolbar draws it: one that asks for nothing is done by the button itself."""
    return {
        "title": verb.title,
        "icon": verb.icon,
        "url": reverse(f"{resource_name(resource)}-{verb.name}", args=(row.pk,)),
        "post": verb.at_once,
        "danger": verb.danger,
    }


class VerbPage:
    """`GET /module/rows/7/publish/` asks what the verb needs, `POST` does it; nothing typed is lost."""

    parameters = BY_ITSELF

    def __init__(self, resource: type[Resource], verb: Verb) -> None:
        self.resource = resource
        self.verb = verb
        self.name = resource_name(resource)
        self.needs = verb.action

    def __call__(self, request: Request, key: int) -> HttpResponse:
        row = visible_row(self.resource, request.actor, key)
        if not may_do(self.resource, request.actor, self.verb.action, row):
            raise Unpermitted(
                _("You may see this row but not do this to it. Whoever gives out roles in its unit can help.")
            )
        form_class = self.form_class(request, row)
        refuse_unknown(request.GET, form_class.base_fields)
        if request.method == "POST":
            sent = form_class(request.POST, request.FILES)
            return once_on_page(request, lambda: self.carry_out(request, row, sent))
        if self.verb.name not in open_to(self.resource, request.actor, row):
            raise Untimely(_("This row isn't in a state for that, as it stands. Look at it again."))
        form = form_class(initial=request.GET.dict())
        facts = self.verb.command.facts
        if facts.irreversible and not form.visible_fields():
            # There is nothing to fill in: what will happen is told at once.
            raise asked_at_once(facts.name, request.actor, [row], facts.warns)
        return self.show(request, row, form)

    def form_class(self, request: Request, row: models.Model) -> type[VerbForm]:
        further = {BACK: forms.CharField(required=False, widget=forms.HiddenInput)}
        if self.verb.tells:
            further[TOLD] = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
        made = verb_form(self.resource, self.verb, request.actor, row)
        return type(made.__name__, (made,), further)

    def carry_out(self, request: Request, row: models.Model, form: VerbForm) -> HttpResponse:
        if not form.is_valid():
            return self.show(request, row, form, 422)
        given = {name: value for name, value in form.values().items() if name not in (BACK, TOLD)}
        if self.verb.tells and (sentence := self.verb.tells(row, given)) != form.cleaned_data[TOLD]:
            return self.show(request, row, self.again(request, row, {TOLD: sentence}), sentence=sentence)
        try:
            made = self.verb.command(actor=request.actor, **{self.verb.target: row}, **given)
        except Refusal as fault:
            return self.refused(request, row, form, fault)
        if not self.verb.command.facts.irreversible:
            messages.success(request, _("%(verb)s: done.") % {"verb": self.verb.title})
        if isinstance(made, self.resource.model) and made.pk != row.pk:
            return redirect(page_of(made))
        return redirect(self.leads_to(request, row, form))

    def refused(self, request: Request, row: models.Model, form: VerbForm, fault: Refusal) -> HttpResponse:
        """The form with what was typed; who presses again sends what the command wants and nobody types."""
        wanted = self.verb.ask(fault.field).again
        if wanted is None:
            form.blame(fault)
            return self.show(request, row, form, fault.status)
        again = self.again(request, row, {fault.field: wanted(row)})
        return self.show(request, row, again, fault.status, sentence=str(fault))

    def again(self, request: Request, row: models.Model, values: dict[str, Any]) -> VerbForm:
        """The form with what was sent, and further values for the next time."""
        return self.form_class(request, row)(initial={**request.POST.dict(), **values})

    def leads_to(self, request: Request, row: models.Model, form: VerbForm) -> str:
        """Where one came from, the row, or the list where the row is not to be seen any more."""
        back = form.cleaned_data[BACK] or request.GET.get(BACK, "")
        if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
            return str(back)
        is_seen = permitted_rows(self.resource.model, request.actor, "view").filter(pk=row.pk)
        return url_of(row) if is_seen.exists() else reverse(f"{self.name}-list")

    def show(
        self, request: Request, row: models.Model, form: VerbForm, status: int = 200, sentence: str = ""
    ) -> HttpResponse:
        plural = str(self.resource.model._meta.verbose_name_plural)
        title = Sight(request.actor).title(row)
        context = {
            "verb": self.verb,
            "row": row,
            "row_title": title,
            "form": form,
            "sentence": sentence,
            "submit": self.verb.title,
            "crumbs": [
                {"title": plural[:1].upper() + plural[1:], "url": reverse(f"{self.name}-list")},
                {"title": title, "url": url_of(row)},
            ],
            "cancel_url": url_of(row),
        }
        return render(request, "pages/verb.html", context, status=status)


def page_of(row: models.Model) -> str:
    """The address of the page made by hand that shows a row, else of the generated one."""
    name, lookup = _shown_at().get(row._meta.label_lower, ("", ""))
    return reverse(name, args=(getattr(row, lookup),)) if name else url_of(row)


@cache
def _shown_at() -> dict[str, tuple[str, str]]:
    """Of the rows that pages made by hand show: the name of the address, and the field in it."""
    found = {}
    for pattern in all_addresses(get_resolver().url_patterns):
        label, lookup = getattr(pattern.callback, "shown_row", ("", ""))
        if label:
            found[label] = (str(pattern.name), lookup)
    return found


def shows(label: str, lookup: str) -> Callable[[View], View]:
    """Say of a hand-made page at an address of its own whose row it shows, found by the address' `lookup`."""

    def mark(view: View) -> View:
        view.shown_row = (label, lookup)  # type: ignore[attr-defined]
        return view

    return mark


def row_at(actor: Actor, path: str) -> tuple[type[Resource], models.Model] | None:
    """The row whose page stands at an address, if the actor sees it."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    label, lookup = getattr(match.func, "shown_row", ("", "key"))
    for resource in resources():
        is_meant = resource.model._meta.label_lower == label or match.url_name in (
            f"{resource_name(resource)}-detail",
            f"{resource_name(resource)}-history",
        )
        if is_meant and lookup in match.kwargs:
            rows = permitted_rows(resource.model, actor, "view")
            column = "pk" if lookup == "key" else lookup
            row = rows.filter(**{column: match.kwargs[lookup]}).first()
            return None if row is None else (resource, row)
    return None

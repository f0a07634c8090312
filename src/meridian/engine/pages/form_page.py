"""Adding, changing and removing a row by a form, over the resource's commands."""

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.api.idempotency import once_on_page
from meridian.engine.commands import Conflict, Refusal, Unpermitted, Unseen, asked_at_once, watching
from meridian.engine.figures import list_text
from meridian.engine.inputs.build import ResourceForm, build_form, initial_values
from meridian.engine.listing.parameters import refuse_unknown
from meridian.engine.pages.asked import by_itself, takes
from meridian.engine.pages.done import saved_words
from meridian.engine.pages.entry import needs
from meridian.engine.pages.places import NEXT, came_from
from meridian.engine.pages.rows import made_from, may_do, shown_version, visible_row
from meridian.engine.policies import Request
from meridian.engine.resources import Resource, Sight
from meridian.engine.values import ABSENT, Renderer, label_of, resource_name, url_of, value_text


class FormPage:
    """`GET` shows the form, `POST` carries the command out; nothing typed is ever lost."""

    template = "pages/form.html"

    def __init__(self, resource: type[Resource]) -> None:
        self.resource = resource
        self.name = resource_name(resource)

    @needs("add")
    @by_itself
    def add(self, request: Request) -> HttpResponse:
        if not self.resource.add:
            raise Unseen(_("Rows of this kind can't be added by hand."))
        form_class = build_form(self.resource, request.actor)
        if request.method == "GET":
            return self.show(request, form_class(initial=self.given(request)), None)
        self.given(request)
        return once_on_page(request, lambda: self.write(request, form_class(request.POST), None))

    @needs("view")
    @takes(NEXT)
    def edit(self, request: Request, key: int) -> HttpResponse:
        row = visible_row(self.resource, request.actor, key)
        if not self.resource.change:
            raise Unseen(_("Rows of this kind can't be changed by hand."))
        if not may_do(self.resource, request.actor, "change", row):
            raise Unpermitted(
                _("You may see this row but not change it. Whoever gives out roles in its unit can help.")
            )
        form_class = build_form(self.resource, request.actor)
        if request.method == "GET":
            return self.show(request, form_class(initial=initial_values(self.resource, row)), row)
        return self.write(request, form_class(request.POST), row)

    @needs("view")
    @takes(NEXT)
    def remove(self, request: Request, key: int) -> HttpResponse:
        row = visible_row(self.resource, request.actor, key)
        if not self.resource.remove:
            raise Unseen(_("Rows of this kind can't be removed by hand."))
        if not may_do(self.resource, request.actor, "remove", row):
            raise Unpermitted(
                _("You may see this row but not remove it. Whoever gives out roles in its unit can help.")
            )
        facts = self.resource.remove.facts
        try:
            if request.method != "POST":
                raise asked_at_once(facts.name, request.actor, [row], facts.warns)
            self.resource.remove(actor=request.actor, **{facts.target: row})
            return redirect(came_from(request, reverse(f"{self.name}-list")))
        except Refusal as fault:
            refusal = str(fault.beside(()))
        context = {
            "row": row,
            "title": Sight(request.actor).title(row),
            "refusal": refusal,
            "cancel_url": url_of(row),
            "crumbs": self.crumbs(request, row),
        }
        return render(request, "pages/remove.html", context, status=422)

    def given(self, request: Request) -> dict[str, Any]:
        """Values that the address proposes, such as the site of a new facility."""
        refuse_unknown(request.GET, [*self.resource.form_fields(), NEXT])
        return {name: request.GET[name] for name in self.resource.form_fields() if name in request.GET}

    def write(self, request: Request, form: ResourceForm, row: models.Model | None) -> HttpResponse:
        if form.is_valid() and row is None:
            form.refuse_kept()
        if not form.is_valid():
            return self.show(request, form, row, status=422)
        try:
            made, said = self.carried_out(request, form, row)
        except Conflict as fault:
            return self.show(request, form, fault.current, fault, 409)
        except Refusal as fault:
            form.blame(fault)
            return self.show(request, form, row, status=fault.status)
        messages.success(request, said)
        return redirect(came_from(request, url_of(made)))

    def carried_out(
        self, request: Request, form: ResourceForm, row: models.Model | None
    ) -> tuple[models.Model, str]:
        """Add or change; the row, and what the command did in words."""
        if row is None:
            made = self.resource.add(actor=request.actor, **form.values())
            return made, _("Added: %(row)s.") % {"row": Sight(request.actor).title(made)}
        with watching() as seen:
            made = self.resource.change(
                actor=request.actor, row=row, expected_version=shown_version(request), **form.values()
            )
        return made, saved_words(self.resource, seen)

    def show(
        self,
        request: Request,
        form: ResourceForm,
        row: models.Model | None,
        fault: Conflict | None = None,
        status: int = 200,
    ) -> HttpResponse:
        noun = str(self.resource.model._meta.verbose_name)
        context = {
            "form": form,
            "row": row,
            "title": Sight(request.actor).title(row) if row else _("New: %(noun)s") % {"noun": noun},
            "fieldsets": self.fieldsets(form),
            "crumbs": self.crumbs(request, row),
            "cancel_url": came_from(request, url_of(row) if row else reverse(f"{self.name}-list")),
            "submit": _("Save") if row else _("Add"),
            "made_from": made_from(request, row, fault),
            "theirs": self.differences(form, fault.current, Sight(request.actor)) if fault else None,
        }
        return render(request, self.template, context, status=status)

    def differences(self, form: ResourceForm, current: models.Model, sight: Sight) -> list[dict[str, str]]:
        """Where what was typed differs from what now stands."""
        rows = []
        for name, typed in form.values().items():
            field = self.resource.field(name)
            if typed != getattr(current, name):
                theirs = Renderer(sight).cell(self.resource, current, name).text
                rows.append(
                    {"label": label_of(field), "theirs": theirs, "yours": self.typed(field, typed, sight)}
                )
        return rows

    def typed(self, field: Any, value: Any, sight: Sight) -> str:
        """What was typed, as the page would show it."""
        if field.is_relation:
            rows = value if field.many_to_many else [value]
            return list_text(sight.name(row) for row in rows or () if row is not None) or ABSENT
        return value_text(field, value, with_unit=False)

    def fieldsets(self, form: ResourceForm) -> list[dict[str, Any]] | None:
        if not self.resource.panels:
            return None
        placed = {name for panel in self.resource.panels for name in panel.fields}
        sets = [
            {"title": panel.title, "fields": [form[name] for name in panel.fields if name in form.fields]}
            for panel in self.resource.panels
        ]
        rest = [form[name] for name in form.fields if name not in placed]
        sets += [{"title": _("More"), "fields": rest}] if rest else []
        return [found for found in sets if found["fields"]]

    def crumbs(self, request: Request, row: models.Model | None) -> list[dict[str, str]]:
        title = str(self.resource.model._meta.verbose_name_plural)
        crumbs = [{"title": title[:1].upper() + title[1:], "url": reverse(f"{self.name}-list")}]
        return [*crumbs, {"title": Sight(request.actor).title(row), "url": url_of(row)}] if row else crumbs

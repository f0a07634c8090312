"""Changing or removing many rows at once: all of them, or none."""

from typing import Any

from django.contrib import messages
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Unpermitted, Unseen
from meridian.engine.inputs.build import ResourceForm, build_form
from meridian.engine.pages.display import resource_name
from meridian.engine.resources import Resource

MOST_ROWS = 500


class BulkPage:
    """First asks what to do with the picked rows, then does it under one audit entry."""

    def __init__(self, resource: type[Resource]) -> None:
        self.resource = resource
        self.name = resource_name(resource)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return redirect(f"{self.name}-list")
        action = request.POST.get("action", "")
        verb = {"change": self.resource.change, "remove": self.resource.remove}.get(action)
        if verb is None:
            raise Unseen(_("There is no such action for these rows."))
        rows = self.rows(request, action)
        confirmed = "confirmed" in request.POST
        form = self.form(request, confirmed) if action == "change" else None
        if confirmed and (form is None or form.is_valid()):
            fault = self.carry_out(request, verb, rows, _chosen(form) if form else {})
            if not fault:
                return redirect(f"{self.name}-list")
            if form:
                form.blame("", fault)
            else:
                messages.error(request, fault)
        context = self.context(rows, action, form)
        return render(request, "pages/bulk.html", context, status=422 if confirmed else 200)

    def rows(self, request: HttpRequest, action: str) -> list[models.Model]:
        keys = [int(key) for key in request.POST.getlist("key") if key.isdigit()][: MOST_ROWS + 1]
        if not keys:
            raise Refusal(_("Nothing is selected. Go back and tick the rows you mean."))
        if len(keys) > MOST_ROWS:
            raise Refusal(_("At most %(most)s rows at once. Select fewer.") % {"most": MOST_ROWS})
        seen = self.resource.model._default_manager.permitted(request.actor, "view").filter(pk__in=keys)
        rows = list(seen.distinct())
        if len(rows) < len(set(keys)):
            raise Unseen(_("Some of these rows do not exist any more, or are not yours to see."))
        allowed = self.resource.model._default_manager.permitted(request.actor, action).filter(pk__in=keys)
        if allowed.distinct().count() < len(rows):
            raise Unpermitted(
                _("You may not do this to all of the selected rows. Whoever gives out roles can help.")
            )
        return rows

    def form(self, request: HttpRequest, confirmed: bool) -> ResourceForm:
        form = build_form(self.resource, request.actor)(request.POST if confirmed else None)
        for field in form.fields.values():
            field.required = False
            for part in getattr(field, "fields", ()):
                part.required = False
        return form

    def carry_out(
        self, request: HttpRequest, verb: Any, rows: list[models.Model], values: dict[str, Any]
    ) -> str:
        """Returns why it was refused, or an empty text."""
        try:
            with (
                transaction.atomic(),
                trail.entry(f"{self.resource.model._meta.label_lower}.bulk", request.actor),
            ):
                for row in rows:
                    verb(actor=request.actor, row=row, **values)
        except models.ProtectedError:
            return _("Other rows still refer to some of these. Nothing was removed.")
        except Refusal as fault:
            if isinstance(fault, Unseen | Unpermitted) and not fault.field:
                raise
            return _("%(row)s: %(reason)s Nothing was changed.") % {"row": row, "reason": fault}
        messages.success(
            request, ngettext("%(count)s row done.", "%(count)s rows done.", len(rows)) % {"count": len(rows)}
        )
        return ""

    def context(self, rows: list[models.Model], action: str, form: ResourceForm | None) -> dict[str, Any]:
        title = str(self.resource.model._meta.verbose_name_plural)
        return {
            "rows": rows,
            "action": action,
            "form": form,
            "crumbs": [{"title": title[:1].upper() + title[1:], "url": reverse(f"{self.name}-list")}],
            "cancel_url": reverse(f"{self.name}-list"),
        }


def _chosen(form: ResourceForm) -> dict[str, Any]:
    """Only what somebody filled in: an empty field means «as it is»."""
    return {
        name: value
        for name, value in form.values().items()
        if name in form.changed_data and value not in (None, "", [], {}, False)
    }

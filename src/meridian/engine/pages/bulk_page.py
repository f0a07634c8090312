"""Changing or removing many rows at once: all of them, or none."""

from typing import Any

from django.contrib import messages
from django.db import models, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Unpermitted, Unseen, asked_at_once, confirmed_together, watching
from meridian.engine.inputs.bulk import BulkForm, bulk_form
from meridian.engine.pages.done import Done
from meridian.engine.policies import Request
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource, Sight
from meridian.engine.values import resource_name

MOST_ROWS = 500


class BulkPage:
    """First asks what to do with the picked rows, then does it under one audit entry."""

    needs = "view"

    def __init__(self, resource: type[Resource]) -> None:
        self.resource = resource
        self.name = resource_name(resource)

    def __call__(self, request: Request) -> HttpResponse:
        if request.method != "POST":
            return redirect(f"{self.name}-list")
        action = request.POST.get("action", "")
        verb = {"change": self.resource.change, "remove": self.resource.remove}.get(action)
        if verb is None:
            raise Unseen(_("There is no such action for these rows."))
        rows = self.rows(request, action)
        if action == "remove":
            return self.remove(request, rows)
        confirmed = "confirmed" in request.POST
        form = self.form(request, confirmed)
        refused: list[dict[str, str]] = []
        if confirmed and form.is_valid():
            done = Done(self.resource)
            refused = self.carry_out(request, verb, rows, form, done)
            if not refused:
                messages.success(request, done.in_words(action))
                return redirect(f"{self.name}-list")
        context = self.context(request, rows, action, form) | {"refused": refused}
        return render(request, "pages/bulk.html", context, status=422 if confirmed else 200)

    def remove(self, request: Request, rows: list[models.Model]) -> HttpResponse:
        """Asks once for all of the rows, then removes them all or none."""
        verb: Any = self.resource.remove
        asked = asked_at_once(f"{verb.facts.name}.bulk", request.actor, rows, verb.facts.warns)
        refused: list[dict[str, str]] = []
        try:
            with transaction.atomic(), confirmed_together(asked):
                refused = self.carry_out(request, verb, rows, None, Done(self.resource))
                if refused:
                    raise _Undo
        except _Undo:
            context = self.context(request, rows, "remove", None) | {"refused": refused}
            return render(request, "pages/bulk.html", context, status=422)
        return redirect(f"{self.name}-list")

    def rows(self, request: Request, action: str) -> list[models.Model]:
        picked = request.POST.getlist("key")
        if not all(key.isascii() and key.isdecimal() and len(key) < 19 for key in picked):
            raise Refusal(_("One of the selected rows is none of this list. Go back and tick them anew."))
        keys = sorted({int(key) for key in picked})
        if not keys:
            raise Refusal(_("Nothing is selected. Go back and tick the rows you mean."))
        if len(keys) > MOST_ROWS:
            raise Refusal(_("At most %(most)s rows at once. Select fewer.") % {"most": MOST_ROWS})
        seen = permitted_rows(self.resource.model, request.actor, "view").filter(pk__in=keys)
        rows = list(seen.distinct())
        if len(rows) < len(keys):
            raise Unseen(_("Some of these rows do not exist any more, or are not yours to see."))
        allowed = permitted_rows(self.resource.model, request.actor, action).filter(pk__in=keys)
        if allowed.distinct().count() < len(rows):
            raise Unpermitted(
                _("You may not do this to all of the selected rows. Whoever gives out roles can help.")
            )
        return rows

    def form(self, request: Request, confirmed: bool) -> BulkForm:
        return bulk_form(self.resource, request.actor)(request.POST if confirmed else None)

    def carry_out(
        self, request: Request, verb: Any, rows: list[models.Model], form: BulkForm | None, done: Done
    ) -> list[dict[str, str]]:
        """Do it to every row, or to none: returns each row that was refused, with the reason."""
        refused: list[dict[str, str]] = []
        try:
            with trail.entry(f"{self.resource.model._meta.label_lower}.bulk", request.actor):
                for row in rows:
                    values = form.changes_of(row) if form else {}
                    reason = self.carried_out(request, verb, row, values, done)
                    if reason:
                        refused.append({"row": Sight(request.actor).title(row), "reason": reason})
                if refused or not done.changed:
                    raise _Undo
        except _Undo:
            pass
        return refused

    def carried_out(
        self, request: Request, verb: Any, row: models.Model, values: dict[str, Any], done: Done
    ) -> str:
        """Returns why the row was refused, or an empty text."""
        try:
            with transaction.atomic(), watching() as seen:
                verb(actor=request.actor, row=row, **values)
        except models.ProtectedError:
            return _("Other rows still refer to this one.")
        except Refusal as fault:
            if isinstance(fault, Unseen | Unpermitted) and not fault.field:
                raise
            return str(fault)
        done.note(seen)
        return ""

    def context(
        self, request: Request, rows: list[models.Model], action: str, form: BulkForm | None
    ) -> dict[str, Any]:
        title = str(self.resource.model._meta.verbose_name_plural)
        return {
            "rows": rows,
            "titles": map(Sight(request.actor).title, rows),
            "action": action,
            "form": form,
            "crumbs": [{"title": title[:1].upper() + title[1:], "url": reverse(f"{self.name}-list")}],
            "cancel_url": reverse(f"{self.name}-list"),
        }


class _Undo(Exception):
    """Leaves the transaction of rows that are not all done, or that were all so already."""

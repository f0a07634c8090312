"""Undoing what was done to many rows at once: for all of them, or for none."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import models, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from meridian.engine.audit import trail
from meridian.engine.audit.models import Change, Entry
from meridian.engine.commands import Refusal, Unseen
from meridian.engine.figures import instant_text, number_text
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import SIGNED_IN, needs
from meridian.engine.pages.places import NEXT, came_from
from meridian.engine.policies import Actor, Request
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource, Sight, resources
from meridian.engine.values import resource_name
from meridian.engine.values.undoing import undo_address


@needs(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@takes(NEXT)
def undo(request: Request, label: str, entry: int) -> HttpResponse:
    """`GET` shows what would be given back, `POST` does it under one audit entry, within an hour of the deed
    and for whoever did it. A row that somebody changed since is refused, and then nothing is undone."""
    resource = next((found for found in resources() if found.model._meta.label_lower == label), None)
    deed = Entry.objects.filter(pk=entry).first()
    may = resource is not None and deed is not None and undo_address(resource, deed, request.actor)
    if resource is None or deed is None or not may:
        raise Unseen(
            _("There is nothing to undo here: only who did it can, and within an hour. Change the rows.")
        )
    return Undoing(resource, deed).answer(request)


class Undoing:
    """A deed done to many rows, and what they had before it."""

    def __init__(self, resource: type[Resource], deed: Entry) -> None:
        self.resource = resource
        self.deed = deed
        self.name = resource_name(resource)

    def answer(self, request: Request) -> HttpResponse:
        taken = self.taken()
        rows = list(permitted_rows(self.resource.model, request.actor, "view").filter(pk__in=taken))
        if not rows or len(rows) < len(taken):
            raise Unseen(_("Some of these rows do not exist any more, or are not yours to see."))
        refused: list[dict[str, str]] = []
        if request.method == "POST":
            refused = self.carry_out(request.actor, rows, taken)
            if not refused:
                words = ngettext("Undone for %(count)s row.", "Undone for %(count)s rows.", len(rows))
                messages.success(request, words % {"count": number_text(len(rows))})
                return redirect(self.back(request))
        context = {
            "at": instant_text(self.deed.at),
            "titles": [*map(Sight(request.actor).title, rows)],
            "refused": refused,
            "cancel_url": self.back(request),
            "crumbs": [{"title": self.plural(), "url": reverse(f"{self.name}-list")}],
        }
        return render(request, "undoing/undo.html", context, status=409 if refused else 200)

    def plural(self) -> str:
        plural = str(self.resource.model._meta.verbose_name_plural)
        return plural[:1].upper() + plural[1:]

    def back(self, request: Request) -> str:
        return came_from(request, reverse(f"{self.name}-list"))

    def taken(self) -> dict[int, dict[str, Any]]:
        """What the columns of each row held before the deed."""
        found: dict[int, dict[str, Any]] = {}
        changes = Change.objects.filter(entry=self.deed, table=self.table, operation="change").order_by("id")
        for row, before in changes.values_list("row_id", "before"):
            if row is not None:
                found[row] = {**(before or {}), **found.get(row, {})}
        return found

    @property
    def table(self) -> str:
        return str(self.resource.model._meta.db_table)

    def carry_out(
        self, actor: Actor, rows: list[models.Model], taken: Mapping[int, Mapping[str, Any]]
    ) -> list[dict[str, str]]:
        """Give every row back what it had, or none: returns each row that is refused, with the reason."""
        later = self.changed_since([row.pk for row in rows])
        sight, refused = Sight(actor), []
        try:
            with transaction.atomic(), trail.entry(f"{self.resource.model._meta.label_lower}.undo", actor):
                for row in rows:
                    reason = later.get(row.pk) or self.refusal(actor, row, taken[row.pk])
                    if reason:
                        refused.append({"row": sight.title(row), "reason": reason})
                if refused:
                    raise _NotAll
        except _NotAll:
            pass
        return refused

    def refusal(self, actor: Actor, row: Any, before: Mapping[str, Any]) -> str:
        """Give one row back what it had; why not, or an empty text."""
        command = self.resource.undo
        try:
            with transaction.atomic():
                given = {command.facts.target: row, "before": before}
                command(actor=actor, expected_version=row.version, **given)
        except Refusal as fault:
            return str(fault.beside(()))
        return ""

    def changed_since(self, keys: list[int]) -> dict[int, str]:
        """Of the rows that were changed after the deed: by whom and when, in words."""
        changes = Change.objects.filter(table=self.table, row_id__in=keys, entry_id__gt=self.deed.pk)
        found: dict[int, tuple[str, datetime]] = {}
        for row, by, at in changes.order_by("id").values_list("row_id", "entry__actor_label", "entry__at"):
            found[row or 0] = (by, at)
        return {
            row: _("%(person)s changed it since, at %(at)s.") % {"person": by, "at": instant_text(at)}
            for row, (by, at) in found.items()
        }


class _NotAll(Exception):
    """Leaves the transaction of rows that can't all be given back."""


root_urlpatterns = [path("undo/<str:label>/<int:entry>/", undo, name="undo")]

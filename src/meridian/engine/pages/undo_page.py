"""Undoing what was done to many rows at once: for all of them, or for none."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import models, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meridian.engine.audit import trail
from meridian.engine.audit.models import Change, Entry
from meridian.engine.commands import Refusal, Unseen
from meridian.engine.figures import instant_text, number_text
from meridian.engine.listing.parameters import refuse_unknown
from meridian.engine.pages.asked import BY_ITSELF
from meridian.engine.pages.places import NEXT, came_from
from meridian.engine.policies import Actor, Request
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource, Sight
from meridian.engine.values import resource_name

UNDO_FOR = timedelta(hours=1)


def bulk_entry(resource: type[Resource]) -> str:
    """What the trail calls a deed done to many rows."""
    return f"{resource.model._meta.label_lower}.bulk"


def undo_address(resource: type[Resource], entry: Entry, actor: Actor) -> str:
    """Where a deed of the trail is undone by whoever did it, while there is time; "" for any other."""
    is_own = entry.actor_id is not None and entry.actor_id == actor.account_id
    in_time = entry.at > timezone.now() - UNDO_FOR
    if resource.undo is None or not is_own or not in_time or entry.command != bulk_entry(resource):
        return ""
    return reverse(f"{resource_name(resource)}-undo", args=(entry.pk,))


def with_undo(words: str, resource: type[Resource], entry: int, back: str) -> SafeString:
    """The answer to a deed, and the way to undo it, which leads back again."""
    url = f"{reverse(f'{resource_name(resource)}-undo', args=(entry,))}?{urlencode({NEXT: back})}"
    return format_html('{} <a href="{}">{}</a>', words, url, _("Undo"))


class UndoPage:
    """`GET` shows what would be given back, `POST` does it under one audit entry, within an hour of the deed
    and for whoever did it. A row that somebody changed since is refused, and then nothing is undone."""

    needs = "view"
    parameters = BY_ITSELF

    def __init__(self, resource: type[Resource]) -> None:
        self.resource = resource
        self.name = resource_name(resource)

    def __call__(self, request: Request, entry: int) -> HttpResponse:
        refuse_unknown(request.GET, (NEXT,))
        deed = Entry.objects.filter(pk=entry).first()
        taken = self.taken(deed) if deed and undo_address(self.resource, deed, request.actor) else {}
        if deed is None or not taken:
            raise Unseen(
                _("There is nothing to undo here: only who did it can, and within an hour. Change the rows.")
            )
        rows = list(permitted_rows(self.resource.model, request.actor, "view").filter(pk__in=taken))
        if len(rows) < len(taken):
            raise Unseen(_("Some of these rows do not exist any more, or are not yours to see."))
        refused: list[dict[str, str]] = []
        if request.method == "POST":
            refused = self.carry_out(request.actor, deed, rows, taken)
            if not refused:
                words = ngettext("Undone for %(count)s row.", "Undone for %(count)s rows.", len(rows))
                messages.success(request, words % {"count": number_text(len(rows))})
                return redirect(self.back(request))
        context = {
            "at": instant_text(deed.at),
            "titles": [*map(Sight(request.actor).title, rows)],
            "refused": refused,
            "cancel_url": self.back(request),
            "crumbs": [{"title": self.plural(), "url": reverse(f"{self.name}-list")}],
        }
        return render(request, "pages/undo.html", context, status=409 if refused else 200)

    def plural(self) -> str:
        plural = str(self.resource.model._meta.verbose_name_plural)
        return plural[:1].upper() + plural[1:]

    def back(self, request: Request) -> str:
        return came_from(request, reverse(f"{self.name}-list"))

    def taken(self, deed: Entry) -> dict[int, dict[str, Any]]:
        """What the columns of each row held before the deed."""
        found: dict[int, dict[str, Any]] = {}
        changes = Change.objects.filter(entry=deed, table=self.table, operation="change").order_by("id")
        for row, before in changes.values_list("row_id", "before"):
            if row is not None:
                found[row] = {**(before or {}), **found.get(row, {})}
        return found

    @property
    def table(self) -> str:
        return str(self.resource.model._meta.db_table)

    def carry_out(
        self, actor: Actor, deed: Entry, rows: list[models.Model], taken: Mapping[int, Mapping[str, Any]]
    ) -> list[dict[str, str]]:
        """Give every row back what it had, or none: returns each row that is refused, with the reason."""
        later = self.changed_since(deed, [row.pk for row in rows])
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

    def changed_since(self, deed: Entry, keys: list[int]) -> dict[int, str]:
        """Of the rows that were changed after the deed: by whom and when, in words."""
        changes = Change.objects.filter(table=self.table, row_id__in=keys, entry_id__gt=deed.pk)
        found: dict[int, tuple[str, datetime]] = {}
        for row, by, at in changes.order_by("id").values_list("row_id", "entry__actor_label", "entry__at"):
            found[row or 0] = (by, at)
        return {
            row: _("%(person)s changed it since, at %(at)s.") % {"person": by, "at": instant_text(at)}
            for row, (by, at) in found.items()
        }


class _NotAll(Exception):
    """Leaves the transaction of rows that can't all be given back."""

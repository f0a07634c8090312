"""Doing something to many rows at once: to all of them, or to none."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import models, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Unpermitted, Unseen, asked_at_once, confirmed_together, watching
from meridian.engine.figures import number_text
from meridian.engine.inputs.bulk import BulkForm, bulk_form
from meridian.engine.inputs.verb_form import VerbForm, verb_form
from meridian.engine.pages.done import Done
from meridian.engine.pages.places import came_from
from meridian.engine.policies import Request
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource, Sight, Verb
from meridian.engine.values import resource_name
from meridian.engine.values.undoing import bulk_entry, with_undo

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
        deed = self.deed(request.POST.get("action", ""))
        rows = self.rows(request, deed.action)
        confirmed = "confirmed" in request.POST or (deed.is_final and not deed.asks)
        form = self.form(request, deed, confirmed)
        refused: list[dict[str, str]] = []
        if confirmed and (form is None or form.is_valid()):
            done = Done(self.resource)
            refused = self.carry_out(request, deed, rows, form, done)
            if not refused:
                if not deed.is_final:
                    words = deed.words(len(rows)) if deed.verb else done.in_words(deed.name)
                    messages.success(request, with_undo(words, done, deed.name, self.back(request)))
                return redirect(self.back(request))
        context = self.context(request, rows, deed, form) | {"refused": refused}
        return render(request, "pages/bulk.html", context, status=422 if confirmed else 200)

    def deed(self, name: str) -> "Deed":
        """What is to be done to the rows, by the name that its button sent."""
        verb = self.resource.verb(name)
        if verb is not None and verb.bulk:
            return Deed(name, verb.command, verb, str(verb.title))
        command: Any = {"change": self.resource.change, "remove": self.resource.remove}.get(name)
        if command is None:
            raise Unseen(_("There is no such action for these rows."))
        return Deed(name, command, None, _("Remove") if name == "remove" else _("Change"))

    def back(self, request: Request) -> str:
        """The list as it was when the rows were picked."""
        return came_from(request, reverse(f"{self.name}-list"))

    def rows(self, request: Request, action: str) -> list[models.Model]:
        picked = request.POST.getlist("key")
        if not all(key.isascii() and key.isdecimal() and len(key) < 19 for key in picked):
            raise Refusal(_("One of the selected rows is none of this list. Go back and tick them anew."))
        keys = sorted({int(key) for key in picked})
        if not keys:
            raise Refusal(_("Nothing is selected. Go back and tick the rows you mean."))
        if len(keys) > MOST_ROWS:
            raise Refusal(_("At most %(most)s rows at once. Select fewer.") % {"most": MOST_ROWS})
        rows = list(permitted_rows(self.resource.model, request.actor, "view").filter(pk__in=keys).distinct())
        if len(rows) < len(keys):
            raise Unseen(_("Some of these rows do not exist any more, or are not yours to see."))
        allowed = permitted_rows(self.resource.model, request.actor, action).filter(pk__in=keys)
        if allowed.distinct().count() < len(rows):
            raise Unpermitted(
                _("You may not do this to all of the selected rows. Whoever gives out roles can help.")
            )
        return rows

    def form(self, request: Request, deed: "Deed", confirmed: bool) -> BulkForm | VerbForm | None:
        if not deed.asks:
            return None
        sent = request.POST if confirmed else None
        if deed.verb is None:
            return bulk_form(self.resource, request.actor)(sent)
        return verb_form(self.resource, deed.verb, request.actor)(sent, request.FILES if confirmed else None)

    def carry_out(
        self,
        request: Request,
        deed: "Deed",
        rows: list[models.Model],
        form: BulkForm | VerbForm | None,
        done: Done,
    ) -> list[dict[str, str]]:
        """Do it to every row, or to none: returns each row that was refused, with the reason.

        What can't be undone is asked once for all of them.
        """
        facts = deed.command.facts
        given = form.values() if form else {}
        asked = (
            asked_at_once(f"{facts.name}.bulk", request.actor, rows, facts.warns, given)
            if facts.warns
            else None
        )
        refused: list[dict[str, str]] = []
        try:
            with (
                transaction.atomic(),
                confirmed_together(asked),
                trail.entry(bulk_entry(self.resource), request.actor) as done.entry,
            ):
                for row in rows:
                    values = form.changes_of(row) if form else {}
                    reason = self.carried_out(request, deed, row, values, done)
                    if reason:
                        refused.append({"row": Sight(request.actor).title(row), "reason": reason})
                if refused or (deed.name == "change" and not done.changed):
                    raise _Undo
        except _Undo:
            pass
        return refused

    def carried_out(
        self, request: Request, deed: "Deed", row: models.Model, values: dict[str, Any], done: Done
    ) -> str:
        """Returns why the row was refused, or an empty text."""
        try:
            with transaction.atomic(), watching() as seen:
                deed.command(actor=request.actor, **{deed.command.facts.target: row}, **values)
        except Refusal as fault:
            return str(fault.beside(values))
        done.note(seen)
        return ""

    def context(
        self, request: Request, rows: list[models.Model], deed: "Deed", form: BulkForm | VerbForm | None
    ) -> dict[str, Any]:
        title = str(self.resource.model._meta.verbose_name_plural)
        return {
            "rows": rows,
            "titles": map(Sight(request.actor).title, rows),
            "deed": deed,
            "form": form,
            "crumbs": [{"title": title[:1].upper() + title[1:], "url": reverse(f"{self.name}-list")}],
            "cancel_url": self.back(request),
            "next_url": self.back(request),
        }


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to many rows: a change, a removal, or a verb."""

    name: str
    command: Any
    verb: Verb | None
    title: str

    @property
    def action(self) -> str:
        """What the policy is asked for."""
        return str(self.command.facts.action)

    @property
    def is_final(self) -> bool:
        return bool(self.command.facts.irreversible)

    @property
    def asks(self) -> bool:
        """Whether a form is to be filled in."""
        return not self.verb.at_once if self.verb else self.name == "change"

    def words(self, count: int) -> str:
        """What was done to so many rows."""
        words = ngettext("%(verb)s: done to %(count)s row.", "%(verb)s: done to %(count)s rows.", count)
        return words % {"verb": self.title, "count": number_text(count)}

    @property
    def danger(self) -> bool:
        return self.verb.danger if self.verb else self.name == "remove"


class _Undo(Exception):
    """Leaves the transaction of rows that are not all done, or that were all so already."""

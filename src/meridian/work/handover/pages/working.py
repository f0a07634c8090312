"""Working on a sheet: one form saves what was written, offers, accepts and returns; it needs no script."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meridian.engine.commands import Conflict, Refusal
from meridian.engine.listing.parameters import whole_number
from meridian.engine.pages.entry import needs
from meridian.engine.pages.rows import visible_row
from meridian.engine.policies import Actor, Request
from meridian.work.handover.commands.answers import accept_item, offer_item, return_item, write_item
from meridian.work.handover.commands.sheets import offer_ready
from meridian.work.handover.models import Sheet, SheetItem
from meridian.work.handover.pages.sheet import WritingForm, rows_of, shown
from meridian.work.handover.resources import SheetResource

SAVE, OFFER_READY, ACCEPT_ALL = "save", "offer_ready", "accept_all"


class Unread(Exception):
    """Something that was typed could not be taken as it is; the form says what."""


@needs("handover.sheet.view")
@require_POST
def work(request: Request, key: int) -> HttpResponse:
    """Carry out the button that was pressed, after saving what was written; all of it or nothing."""
    sheet = visible_row(SheetResource, request.actor, key)
    rows = {row.pk: row for row in rows_of(sheet)}
    # Only the items whose fields came along were on the page.
    forms = {
        pk: WritingForm(row, request.POST) for pk, row in rows.items() if f"i{pk}-version" in request.POST
    }
    try:
        with transaction.atomic():
            _save(request.actor, rows, forms)
            said = _press(request, sheet, rows)
    except Unread:
        refusal = _("Nothing is saved yet: see what is marked below.")
        return shown(request, sheet, forms, refusal, 422)
    except Refusal as refusal:
        return shown(request, sheet, forms, str(refusal.beside(WritingForm.base_fields)), 422)
    if said:
        messages.success(request, said)
    return redirect("handover-sheet-detail", sheet.pk)


def _save(actor: Actor, rows: dict[int, SheetItem], forms: dict[int, WritingForm]) -> None:
    faulty = [form for form in forms.values() if not form.is_valid()]
    if faulty:
        raise Unread
    for pk, form in forms.items():
        written = form.written()
        if not written:
            continue
        try:
            write_item(actor=actor, row=rows[pk], expected_version=form.cleaned_data["version"], **written)
        except Conflict as conflict:
            form.add_error(
                None,
                _("Somebody else wrote this meanwhile: “%(text)s”. Take over what is right, then save again.")
                % {
                    "text": " · ".join(filter(None, (conflict.current.summary, conflict.current.next_action)))
                },
            )
            # What is saved next is saved over what has just been read.
            form.data = {**form.data.dict(), form.add_prefix("version"): str(conflict.current.version)}  # type: ignore[attr-defined]
            raise Unread from conflict
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            raise Unread from refusal


def _press(request: Request, sheet: Sheet, rows: dict[int, SheetItem]) -> str:
    """Do what the button says, `do=offer:12` for one item; the sentence that tells it."""
    actor = request.actor
    verb, _colon, key = request.POST.get("do", SAVE).partition(":")
    if verb == OFFER_READY:
        offer_ready(actor=actor, row=sheet)
        return _("Offered. What is not ready still waits for your words.")
    if verb == ACCEPT_ALL:
        offered = [row for row in rows.values() if row.state == SheetItem.State.OFFERED and row.item.is_open]
        for row in offered:
            accept_item(actor=actor, row=row)
        return _("Accepted: all that was offered is in your hands.")
    one = rows.get(whole_number(key) or 0)
    if one is None:
        return _("Saved.")
    return _on_one(request, verb, one)


def _on_one(request: Request, verb: str, row: SheetItem) -> str:
    actor, number = request.actor, row.item.number
    deeds: dict[str, tuple[Callable[..., Any], dict[str, Any], str]] = {
        "offer": (offer_item, {}, _("%(number)s is offered.")),
        "accept": (accept_item, {}, _("%(number)s is in your hands.")),
        "return": (
            return_item,
            {"answer": request.POST.get(f"answer-{row.pk}", "")},
            _("%(number)s is returned."),
        ),
    }
    if verb not in deeds:
        return _("Saved.")
    command, given, said = deeds[verb]
    command(actor=actor, row=row, **given)
    return said % {"number": number}

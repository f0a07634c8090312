"""A sheet on one page: what the outgoing hub writes, and what the incoming hub answers."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from meridian.engine.design.figures import Unproved
from meridian.engine.figures import instant_text, number_text
from meridian.engine.figures.fields import InstantField, WholeField
from meridian.engine.figures.spans import Spans
from meridian.engine.pages.detail_page import DetailPage, given_parts
from meridian.engine.pages.entry import needs
from meridian.engine.pages.first_page import list_url
from meridian.engine.pages.rows import visible_row
from meridian.engine.policies import Actor, Request
from meridian.work.handover.contracts import ACCEPT_WITHIN, Why
from meridian.work.handover.models import Sheet, SheetItem
from meridian.work.handover.queries.hands import gaps
from meridian.work.handover.resources import SheetItemResource, SheetResource
from meridian.work.servicedesk.facade import WorkItem

State = SheetItem.State
WRITTEN = ("summary", "tried", "next_action", "next_at", "blockers")
UNSEEN = gettext_lazy("an item of another desk")


class WritingForm(forms.Form):
    """What the next hub must know of one item, with the version that was read."""

    summary = forms.CharField(
        label=gettext_lazy("What it is about"), max_length=2_000, widget=forms.Textarea, required=False
    )
    tried = forms.CharField(
        label=gettext_lazy("What was tried"), max_length=2_000, widget=forms.Textarea, required=False
    )
    next_action = forms.CharField(
        label=gettext_lazy("What is to be done next"), max_length=300, required=False
    )
    next_at = InstantField(label=gettext_lazy("When"), required=False)
    blockers = forms.CharField(label=gettext_lazy("What stands in the way"), max_length=300, required=False)
    version = WholeField(widget=forms.HiddenInput)

    def __init__(self, row: SheetItem, data: Mapping[str, Any] | None = None) -> None:
        initial = {name: getattr(row, name) for name in (*WRITTEN, "version")}
        super().__init__(data, prefix=f"i{row.pk}", initial=initial)
        for name in ("summary", "tried", "next_action", "blockers"):
            self.fields[name].widget.attrs["dir"] = "auto"

    def written(self) -> dict[str, Any]:
        """What differs from what was read."""
        return {name: self.cleaned_data[name] for name in WRITTEN if name in self.changed_data}


@needs("handover.sheet.view")
@require_safe
def sheet_page(request: Request, key: int) -> HttpResponse:
    """The sheet for whoever reads it; its own two hubs work on it here."""
    sheet = visible_row(SheetResource, request.actor, key)
    return shown(request, sheet, {})


def shown(
    request: Request, sheet: Sheet, typed: Mapping[int, WritingForm], refusal: str = "", status: int = 200
) -> HttpResponse:
    """The page, with forms that were typed into and what was refused."""
    actor, detail = request.actor, DetailPage(SheetResource)
    cards = _cards(actor, sheet, typed)
    head = detail.head(request, sheet)
    head["facts"] = _facts(sheet)
    to_offer = any(card["state"] in (State.SELECTED, State.RETURNED) for card in cards if card["form"])
    if to_offer:
        # What is offered goes with what was written: that button stands at the form.
        offering = reverse("handover-sheet-offer", args=(sheet.pk,))
        head["actions"] = [action for action in head["actions"] if action.get("url") != offering]
    context = {
        "row": sheet,
        "head": head,
        "crumbs": [detail.list_crumb()],
        "tiles": _tiles(sheet, cards),
        "writing": [card for card in cards if card["form"]],
        "answering": [card for card in cards if card["may_answer"]],
        "other": [card for card in cards if not card["form"] and not card["may_answer"]],
        "to_offer": to_offer,
        "refusal": refusal,
        **given_parts(request, sheet),
    }
    return render(request, "handover/sheet.html", context, status=status)


def _facts(sheet: Sheet) -> list[dict[str, str]]:
    return [
        {
            "label": _("In the other hands at"),
            "text": instant_text(sheet.due_at),
            "instant": sheet.due_at.isoformat(),
        },
    ]


def rows_of(sheet: Sheet) -> list[SheetItem]:
    """What stands on a sheet: what waits first, then by priority and due time."""
    rows = sheet.items.select_related("item", "offered_by", "answered_by")
    return list(rows.order_by("item__priority", "item__due_at", "pk"))


def _cards(actor: Actor, sheet: Sheet, typed: Mapping[int, WritingForm]) -> list[dict[str, Any]]:
    rows, now = rows_of(sheet), timezone.now()
    permitted = SheetItem.objects.filter(sheet=sheet)
    writable = set(permitted.permitted(actor, "offer").values_list("pk", flat=True))
    answerable = set(permitted.permitted(actor, "accept").values_list("pk", flat=True))
    seen = set(
        WorkItem.objects.permitted(actor, "view")
        .filter(pk__in=[row.item_id for row in rows])
        .values_list("pk", flat=True)
    )
    spans, is_open = Spans(now), sheet.state != Sheet.State.CLOSED
    return [
        _card(row, row.item_id in seen, spans)
        | {
            "form": typed.get(row.pk) or WritingForm(row)
            if is_open and row.pk in writable and row.item.is_open and row.state in _WRITING
            else None,
            "may_answer": row.pk in answerable and row.state == State.OFFERED and row.item.is_open,
        }
        for row in rows
    ]


_WRITING = (State.SELECTED, State.RETURNED, State.OFFERED)


def _card(row: SheetItem, is_seen: bool, spans: Spans) -> dict[str, Any]:
    item = row.item
    due, late = spans.due(item.due_at)
    words = dict(Why.choices)
    waited = spans.now - row.offered_at if row.state == State.OFFERED and row.offered_at else None
    return {
        "row": row,
        "key": row.pk,
        "state": row.state,
        "tone": SheetItemResource.tone_of(row.state),
        "state_text": row.get_state_display() if item.is_open else item.get_state_display(),
        "number": item.number if is_seen else "",
        "title": item.title if is_seen else UNSEEN,
        "url": reverse("desk-item", args=(item.number,)) if is_seen else "",
        "due": due,
        "is_late": late,
        "reasons": [words.get(reason, reason) for reason in row.reasons],
        "drop_url": reverse("handover-sheetitem-drop", args=(row.pk,)),
        "next_at": instant_text(row.next_at) if row.next_at else "",
        "offered": spans.since(row.offered_at) if row.offered_at else "",
        "is_overdue": waited is not None and waited >= ACCEPT_WITHIN,
    }


def _tiles(sheet: Sheet, cards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = gaps(SheetItem.objects.filter(sheet=sheet))
    states = [card["state"] for card in cards]
    counted = (
        (State.SELECTED, _("to be offered"), "accent"),
        (State.OFFERED, _("wait for acceptance"), "watch"),
        (State.ACCEPTED, _("accepted"), "good"),
        (State.RETURNED, _("returned"), "bad"),
    )
    tiles: list[dict[str, Any]] = [
        {
            "number": number_text(states.count(state)),
            "label": label,
            "tone": tone if states.count(state) else "still",
            "url": list_url(SheetItem, sheet=str(sheet.pk), state=state.value),
            "proof": Unproved.LISTED,
        }
        for state, label, tone in counted
    ]
    if found.median_minutes is not None:
        tiles.append(
            {
                "number": _("%(n)s min") % {"n": number_text(round(found.median_minutes))},
                "label": _("from offer to acceptance (median)"),
                "url": list_url(SheetItem, sheet=str(sheet.pk), state=State.ACCEPTED.value),
                "proof": Unproved.FOLLOWS,
            }
        )
    return tiles

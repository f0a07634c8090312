"""What hand-over says to agents: who hands what to them, their next shifts; and on the page of an item."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meridian.engine.figures import instant_text, number_text, time_text
from meridian.engine.figures.spans import Spans
from meridian.engine.pages.first_page import Button, Part, Task, list_url
from meridian.engine.pages.slots import FirstPagePart, PanelPart
from meridian.engine.policies import Actor
from meridian.engine.policies.request import Request
from meridian.work.handover.models import Sheet, SheetItem
from meridian.work.handover.queries.hands import hands_of
from meridian.work.handover.resources import SheetResource
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.shifts.facade import Hub, coming_shifts, open_swaps

MOST_SHIFTS = 3


def my_shift(request: Request) -> FirstPagePart | None:
    """Sheets that come and go, swaps that wait for the reader, and their next shifts."""
    actor = request.actor
    if actor.person_id is None:
        return None
    now = timezone.now()
    tasks = [*_sheets(actor, now), *_swaps(actor.person_id, now), *_shifts(actor.person_id, now)]
    if not tasks:
        return None
    buttons = [
        Button(_("Hand-over"), reverse("handover"), "history"),
        Button(_("Roster"), reverse("roster"), "calendar"),
    ]
    return Part(_("My shift"), reverse("roster"), tasks=tasks, buttons=buttons).given()


def _sheets(actor: Actor, now: datetime) -> list[Task]:
    """What is handed to the hubs where the reader works, and what those hand on."""
    rows, tasks = _sheets_of(actor.person_id), []
    for sheet in rows:
        if sheet.comes and sheet.waiting:
            said = ngettext(
                "%(count)s item waits for you to accept it",
                "%(count)s items wait for you to accept them",
                sheet.waiting,
            ) % {"count": number_text(sheet.waiting)}
            tasks.append(_sheet(sheet, said, "watch"))
    for sheet in rows:
        if sheet.goes and sheet.state != Sheet.State.CLOSED:
            due, late = Spans(now).due(sheet.due_at)
            tone = "bad" if late else SheetResource.tone_of(sheet.state)
            tasks.append(_sheet(sheet, f"{sheet.get_state_display()} · {due}", tone))
    return tasks


def _sheets_of(person: int | None) -> list[Any]:
    """The sheets that come to a person's hubs, with how many items wait, and the open ones that go from
    them; one statement."""
    mine = Hub.objects.filter(team__memberships__person=person)
    offered = SheetItem.objects.filter(sheet=OuterRef("pk"), state=SheetItem.State.OFFERED).order_by()
    counts = offered.values("sheet").annotate(count=Count("pk")).values("count")
    coming = Q(to_hub__in=mine.values("pk")) & Q(Exists(offered))
    going = Q(from_hub__in=mine.values("pk")) & ~Q(state=Sheet.State.CLOSED)
    rows = Sheet.objects.filter(coming | going).annotate(
        waiting=Subquery(counts),
        comes=Exists(mine.filter(pk=OuterRef("to_hub"))),
        goes=Exists(mine.filter(pk=OuterRef("from_hub"))),
    )
    return list(rows.select_related("from_hub", "to_hub").order_by("due_at", "pk"))


def _sheet(sheet: Sheet, said: str, tone: str) -> Task:
    url = reverse("handover-sheet-detail", args=(sheet.pk,))
    return Task(str(sheet), url, said, _("hand-over"), tone)


def _swaps(person: int, now: datetime) -> list[Task]:
    return [
        Task(
            _("%(person)s asks you to take a shift over") % {"person": swap.giver},
            reverse("shifts-swap-detail", args=(swap.pk,)),
            _span(swap.start_at, swap.end_at),
            _("swap"),
            "watch",
        )
        for swap in open_swaps(person, now)
    ]


def _shifts(person: int, now: datetime) -> list[Task]:
    return [
        Task(
            str(shift.team),
            reverse("shifts-shift-detail", args=(shift.pk,)),
            _span(shift.start_at, shift.end_at),
            _("on duty") if shift.start_at <= now else _("next"),
            "good" if shift.start_at <= now else "still",
        )
        for shift in coming_shifts(person, now, MOST_SHIFTS)
    ]


def _span(start_at: datetime, end_at: datetime) -> str:
    """From when until when by the reader's clock; the day of the end only where it is another."""
    here = timezone.get_current_timezone()
    is_short = end_at - start_at < timedelta(days=1)
    end = time_text(end_at.astimezone(here)) if is_short else instant_text(end_at)
    return f"{instant_text(start_at)} – {end}"


def hands_panel(actor: Actor, row: WorkItem) -> PanelPart | None:
    """In whose hands an item is, and who is asked to accept it."""
    if not WorkItem.objects.permitted(actor, "queue").filter(pk=row.pk).exists():
        return None
    held = hands_of([row.pk]).get(row.pk)
    if held is None:
        return None
    names = {hub.pk: hub for hub in Hub.objects.filter(pk__in=[held.hub, held.offered_to or held.hub])}
    facts: list[dict[str, Any]] = [
        {"label": _("Hub"), "text": str(names[held.hub])},
        {"label": _("Since"), "text": instant_text(held.since) if held.since else ""},
    ]
    if held.offered_to:
        text = _("to %(hub)s") % {"hub": names[held.offered_to]}
        facts.append({"label": _("Offered"), "text": text, "tone": "watch"})
    sheet = Sheet.objects.filter(from_hub=held.hub).exclude(state=Sheet.State.CLOSED).first()
    if sheet:
        url = reverse("handover-sheet-detail", args=(sheet.pk,))
        facts.append({"label": _("Sheet"), "text": str(sheet), "url": url})
    facts.append(
        {"label": _("Handed over"), "text": _("All its sheets"), "url": list_url(SheetItem, item=row.number)}
    )
    return PanelPart(_("In the hands of"), {"facts": facts})

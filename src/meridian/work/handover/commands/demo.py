"""Sheets of the demo organisation: one in every state, with items offered, accepted and returned."""

from datetime import datetime, timedelta

from django.utils import timezone

from meridian.engine.policies import Actor
from meridian.work.handover.commands.answers import (
    accept_item,
    drop_item,
    offer_item,
    return_item,
    write_item,
)
from meridian.work.handover.commands.sheets import begin_sheet, choose_item, close_sheet
from meridian.work.handover.models import Sheet, SheetItem
from meridian.work.handover.queries.hands import in_hands_of
from meridian.work.shifts.facade import Hub

# What the people of the demo write, item by item, in the language that all hubs share.
TOLD = (
    (
        "Open at the end of our day. The requester has been told that the next hub goes on with it.",
        "What the knowledge base says for this; it did not help.",
        "Call the requester when their office opens, and look at it together",
        "Their office opens at 08:00 local time",
    ),
    (
        "Cause found, solution not tried yet: it needs somebody at the place.",
        "Settings compared with a neighbour's, where it works.",
        "Ask the local technician to try it, then confirm with the requester",
        "",
    ),
    (
        "Waits for the group behind the desk; they have promised an answer for today.",
        "Log and pictures were sent to them.",
        "Ask the group how far they are, and tell the requester",
        "",
    ),
)
# How far each hub's sheet has come, and how many minutes from now its work is to be in other hands.
STAGES = {
    "NEW-YORK": ("draft", 40),
    "BRINDISI": ("offered", -10),
    "NAIROBI": ("answered", -180),
    "BANGKOK": ("closed", -360),
}


def hand_over_demo(actor: Actor) -> None:
    """A sheet of each hub, each one step further than the one before."""
    if Sheet.objects.exists():
        return
    for code, (stage, minutes) in STAGES.items():
        hub = Hub.objects.filter(code=code, hands_over_to__isnull=False).first()
        if hub is not None:
            _sheet(actor, hub, stage, timezone.now() + timedelta(minutes=minutes))


def _sheet(actor: Actor, hub: Hub, stage: str, due_at: datetime) -> None:
    sheet = begin_sheet(actor=actor, from_hub=hub, due_at=due_at)
    pressing = in_hands_of(hub).exclude(handovers__sheet=sheet).order_by("priority", "due_at", "pk")
    for item in pressing[: max(0, len(TOLD) + 1 - sheet.items.count())]:
        choose_item(actor=actor, row=sheet, item=item)
    rows = list(sheet.items.select_related("item").order_by("item__priority", "item__due_at", "pk"))
    kept, left = rows[: 2 * len(TOLD)], rows[2 * len(TOLD) :]
    for row in left:
        drop_item(actor=actor, row=row, answer="The team behind the desk works on it and stays awake.")
    for number, row in enumerate(kept):
        if stage == "draft" and number % 2:
            continue
        _tell(actor, row, number)
        if stage != "draft":
            offer_item(actor=actor, row=row)
    if stage == "offered":
        _answer(actor, kept[: len(kept) // 2])
    elif stage in ("answered", "closed"):
        for row in kept:
            accept_item(actor=actor, row=row)
    if stage == "closed":
        close_sheet(actor=actor, row=sheet)


def _tell(actor: Actor, row: SheetItem, number: int) -> None:
    summary, tried, next_action, blockers = TOLD[number % len(TOLD)]
    write_item(
        actor=actor,
        row=row,
        summary=summary,
        tried=tried,
        next_action=next_action,
        next_at=timezone.now().replace(second=0, microsecond=0) + timedelta(hours=1 + number),
        blockers=blockers,
    )
    row.refresh_from_db()


def _answer(actor: Actor, rows: list[SheetItem]) -> None:
    """The first is returned, the others are accepted."""
    for number, row in enumerate(rows):
        if number:
            accept_item(actor=actor, row=row)
        else:
            return_item(
                actor=actor, row=row, answer="Which of the neighbour's settings differ? Please name them."
            )

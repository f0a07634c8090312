"""Sheets of the demo organisation: one in every state, with items offered, accepted and returned."""

from datetime import timedelta

from django.utils import timezone

from meridian.engine.policies import Actor
from meridian.work.handover.commands.answers import accept_item, drop_item, return_item, write_item
from meridian.work.handover.commands.sheets import begin_sheet, close_sheet, offer, settle
from meridian.work.handover.models import Sheet, SheetItem
from meridian.work.shifts.facade import Hub

# What the people of the demo write, item by item, in the language that all hubs share.
TOLD = (
    (
        "The satellite link of the site drops every few minutes since noon.",
        "Modem restarted, antenna cable checked with the local technician.",
        "Call the carrier's night desk and ask for the signal log",
        "The carrier answers from 20:00 UTC on",
    ),
    (
        "Nobody of the office can open the shared mailbox.",
        "Rights compared with last week: two groups are missing.",
        "Ask the directory team for the two groups, then test with the chief of office",
        "",
    ),
    (
        "Payroll reports come out empty for two duty stations.",
        "Job run again with the log on; the file from the bank has yesterday's date.",
        "Ask the application team whether the bank's file may be read again",
        "",
    ),
)
# How far each hub's sheet has come: the next to go home has one that is being written.
STAGES = ("draft", "offered", "answered", "closed")


def hand_over_demo(actor: Actor) -> None:
    """A sheet of each hub, each one step further than the one before."""
    hubs = list(Hub.objects.filter(hands_over_to__isnull=False).order_by("code"))
    if Sheet.objects.exists():
        return
    for place, hub in enumerate(hubs):
        _sheet(actor, hub, STAGES[place % len(STAGES)], place)


def _sheet(actor: Actor, hub: Hub, stage: str, place: int) -> None:
    due_at = timezone.now() + timedelta(minutes=40 - 90 * place)
    sheet = begin_sheet(actor=actor, from_hub=hub, due_at=due_at)
    rows = list(sheet.items.select_related("item").order_by("item__priority", "item__due_at", "pk"))
    kept, left = rows[: 2 * len(TOLD)], rows[2 * len(TOLD) :]
    for row in left:
        drop_item(actor=actor, row=row, answer="The team behind the desk works on it and stays awake.")
    for number, row in enumerate(kept):
        if stage == "draft" and number % 2:
            continue
        _tell(actor, row, number)
        if stage != "draft":
            offer(row, actor)
    settle(sheet)
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
        next_at=timezone.now() + timedelta(hours=1 + number),
        blockers=blockers,
    )
    row.refresh_from_db()


def _answer(actor: Actor, rows: list[SheetItem]) -> None:
    """The first is returned, the others are accepted."""
    for number, row in enumerate(rows):
        if number:
            accept_item(actor=actor, row=row)
        else:
            return_item(actor=actor, row=row, answer="Which signal log: of the modem or of the carrier?")

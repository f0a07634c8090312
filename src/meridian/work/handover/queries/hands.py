"""In whose hands items are, what must go along, and how long acceptance takes."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Q, QuerySet

from meridian.engine.policies import Actor
from meridian.work.handover.contracts import (
    BREACHES_WITHIN,
    PROMISED_WITHIN,
    URGENT_UNTIL,
    Gaps,
    InHands,
    Why,
)
from meridian.work.handover.models import Sheet, SheetItem
from meridian.work.majors.facade import held_items
from meridian.work.servicedesk.contracts import State
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.shifts.facade import Hub

OFFERED = SheetItem.State.OFFERED


def in_hands_of(hub: Hub) -> QuerySet[WorkItem]:
    """The open items that a hub has: those it accepted, and those of its desk that no hub has accepted."""
    own = Q(custody__hub=hub) | Q(custody=None, team=hub.team_id)
    return WorkItem.objects.filter(own, is_open=True)


def reasons_of(hub: Hub, now: datetime) -> dict[int, list[str]]:
    """Why items of a hub must go along, by item; those without a reason are not there."""
    rows = in_hands_of(hub).order_by("priority", "due_at", "pk")
    elsewhere = Q(team__hub__isnull=False) & ~Q(team=hub.team_id)
    soon = {"due_at__gt": now, "due_at__lte": now + BREACHES_WITHIN}
    promised = {"state": State.ON_HOLD, "hold_until__lte": now + PROMISED_WITHIN}
    held = held_items(rows.values_list("pk", flat=True))
    asked: dict[str, Q] = {
        Why.MAJOR: Q(pk__in=held),
        Why.URGENT: Q(priority__lte=URGENT_UNTIL),
        Why.BREACH: Q(**soon),
        Why.CALL_BACK: Q(**promised),
        Why.ELSEWHERE: elsewhere,
    }
    either = Q()
    for condition in asked.values():
        either |= condition
    columns = ("pk", "priority", "due_at", "state", "hold_until", "team", "team__hub")
    found = {}
    for key, priority, due_at, state, until, team, of_hub in rows.filter(either).values_list(*columns):
        holds = {
            Why.MAJOR: key in held,
            Why.URGENT: priority <= URGENT_UNTIL,
            Why.BREACH: now < due_at <= now + BREACHES_WITHIN,
            Why.CALL_BACK: state == State.ON_HOLD and until is not None and until <= now + PROMISED_WITHIN,
            Why.ELSEWHERE: of_hub is not None and team != hub.team_id,
        }
        found[key] = [why.value for why, holding in holds.items() if holding]
    return found


def hands_of(items: Iterable[int]) -> dict[int, InHands]:
    """In whose hands these items are; those that no hub has are not there."""
    keys = list(items)
    rows = WorkItem.objects.filter(pk__in=keys).values_list(
        "pk", "custody__hub", "custody__since_at", "team__hub"
    )
    offered = dict(
        SheetItem.objects.filter(item__in=keys, state=OFFERED).values_list("item", "sheet__to_hub")
    )
    return {
        key: InHands(accepted or of_team, since, offered.get(key))
        for key, accepted, since, of_team in rows
        if accepted or of_team
    }


def open_sheets(actor: Actor) -> dict[int, tuple[int, str]]:
    """The open sheet of each hub that the actor sees, by the hub's id: its id and its state in words."""
    rows = Sheet.objects.permitted(actor).exclude(state=Sheet.State.CLOSED)
    return {sheet.from_hub_id: (sheet.pk, sheet.get_state_display()) for sheet in rows}


def items_in_hands(hub: int) -> int:
    """How many open items a hub has."""
    own = Q(custody__hub=hub) | Q(custody=None, team__hub=hub)
    return WorkItem.objects.filter(own, is_open=True).count()


def gaps(rows: QuerySet[SheetItem]) -> Gaps:
    """How long the accepted ones among these waited from the offer on."""
    accepted = rows.filter(state=SheetItem.State.ACCEPTED)
    edges: Any = accepted.values_list("offered_at", "answered_at")
    spans = [(answered - offered) / timedelta(minutes=1) for offered, answered in edges]
    if not spans:
        return Gaps(0, None, None)
    return Gaps(len(spans), median(spans), max(spans))

"""Clocks that pass a threshold speak: people are called, each once, in hours that are theirs."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import command
from meridian.engine.events import publish
from meridian.engine.policies import Actor
from meridian.kernel.local_time import instant
from meridian.work.service_levels.commands.counting import count_clocks
from meridian.work.service_levels.contracts import ClockState
from meridian.work.service_levels.events import PersonCalled
from meridian.work.service_levels.models import Call, Clock, Escalation
from meridian.work.service_levels.queries.awake import turns_of
from meridian.work.service_levels.queries.counting import counted_now, next_fire

BATCH_CLOCKS = 200
BATCH_CALLS = 500


def fire_clocks(*, actor: Actor) -> bool:
    """Let a batch of clocks speak that have passed a threshold; True when there may be more."""
    now = timezone.now()
    due = Clock.objects.filter(next_fire_at__lte=now).order_by("next_fire_at", "pk")
    keys = list(due.values_list("pk", "item")[:BATCH_CLOCKS])
    if items := [item for _key, item in keys if item is not None]:
        # Never on what was counted before: an event may not have reached the clock yet.
        count_clocks(actor=actor, items=sorted(set(items)), reason="A threshold was reached")
    for key, _item in keys:
        _speak(actor, key, now)
    return len(keys) == BATCH_CLOCKS


def _speak(actor: Actor, key: int, now: datetime) -> None:
    clock = Clock.objects.filter(pk=key, next_fire_at__lte=now).first()
    if clock is not None:
        fire_clock(actor=actor, row=clock)


@command("service_levels.clock.fire", on=Clock, target="row", title=_("pass a threshold"))
def fire_clock(*, actor: Actor, row: Clock) -> list[Call]:
    """Note the thresholds that the clock has passed, each once in its life, and whom to call."""
    now = timezone.now()
    if row.state != ClockState.RUNNING or row.next_fire_at is None or row.next_fire_at > now:
        return []
    found = counted_now(row, now)
    if found is None:
        return []
    counted = [percent for percent in found.terms.thresholds if instant(found.fires_at(percent)) <= now]
    counted = [percent for percent in counted if percent not in row.fired]
    calls = []
    for rule in Escalation.objects.filter(policy=row.policy_id, percent__in=counted).order_by(
        "percent", "whom"
    ):
        for turn in turns_of(row, rule, now):
            calls.append(
                Call(
                    clock=row,
                    percent=rule.percent,
                    person_id=turn.person,
                    call_at=turn.call_at,
                    instead=turn.instead,
                )
            )
    row.fired = sorted({*row.fired, *counted})
    row.next_fire_at = next_fire(found, row.fired)
    if row.breached_at is None and row.due_at <= now:
        row.breached_at = row.due_at
    row.save(update_fields=("fired", "next_fire_at", "breached_at"))
    return Call.objects.bulk_create(calls, ignore_conflicts=True)


def call_people(*, actor: Actor) -> int:
    """Tell everybody whose time to be told has come; of a clock that no longer runs nobody is told."""
    now = timezone.now()
    waiting = Call.objects.filter(called_at__isnull=True, call_at__lte=now).order_by("call_at", "pk")
    keys = list(waiting.values_list("pk", flat=True)[:BATCH_CALLS])
    for key in keys:
        call_person(actor=actor, row=Call.objects.get(pk=key))
    return len(keys)


@command("service_levels.call.make", on=Call, target="row", title=_("tell of a threshold"))
def call_person(*, actor: Actor, row: Call) -> None:
    """Tell one person of the threshold, unless the clock stands or has ended meanwhile."""
    if row.called_at is not None:
        return
    row.called_at = timezone.now()
    row.save(update_fields=("called_at",))
    if row.clock.state == ClockState.RUNNING:
        publish(PersonCalled(row.pk))

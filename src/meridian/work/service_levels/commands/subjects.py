"""Clocks of what isn't an item: an approval, a hand-over, a task. Their modules start and stop them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Untimely, command
from meridian.engine.policies import Actor
from meridian.work.service_levels.contracts import ClockState, Kind, Measure, Sign
from meridian.work.service_levels.models import Clock, ClockSign
from meridian.work.service_levels.queries.book import book_knowing
from meridian.work.service_levels.queries.counting import columns_of, counted_now, subject_clock
from meridian.work.service_levels.rules.folding import Clocked


@dataclass(frozen=True, slots=True)
class Subject:
    """What a clock is of: `key` is unique in the house, such as `approvals.step.7`; `title` and `address`
    are where people read on, `people` whose turn it is."""

    key: str
    title: str
    address: str = ""
    people: Iterable[int] = ()


@command("service_levels.clock.start", on=Clock, title=_("start a clock"))
def start_clock(
    *, actor: Actor, subject: Subject, measure: Measure, at: datetime, kind: Kind = Kind.SLA, **given: Any
) -> Clock | None:
    """Start the clock of a measure; `given` may name its `priority`, `team`, `site` and `category`.

    None where nobody promises anything. A clock of the subject that was started before goes on.
    """
    known = Clock.objects.filter(subject=subject.key, kind=kind, measure=measure).first()
    if known is not None:
        return known
    clock = Clock(
        subject=subject.key,
        title=subject.title[:200],
        address=subject.address,
        people=list(subject.people),
        kind=Kind(kind).value,
        measure=Measure(measure).value,
        started_at=at,
        priority=given.get("priority", 3),
        team=given.get("team"),
        site=given.get("site"),
        category=given.get("category"),
    )
    book = book_knowing([(clock.team_id, clock.site_id)])
    found = subject_clock(clock, book, int(at.timestamp()))
    if found is None:
        return None
    _take(clock, found)
    clock.save()
    return clock


@command("service_levels.clock.sign", on=Clock, target="row", title=_("stop a clock or let it go on"))
def sign_clock(*, actor: Actor, row: Clock, sign: Sign, at: datetime, because: str = "") -> Clock:
    """Say to the clock of a subject that it stands, goes on, has ended or begins anew, from an instant on."""
    if row.item_id is not None:
        raise Untimely(_("The clock of an item follows what happens to the item."))
    if row.state == ClockState.CANCELLED:
        raise Untimely(_("This clock was cancelled."))
    ClockSign.objects.create(clock=row, sign=Sign(sign).value, at=at, reason=because[:200])
    found = counted_now(row, at)
    if found is not None:
        if sign == Sign.RESET:
            row.fired = []
        _take(row, found)
        row.save()
    return row


def clock_of(subject: str, measure: str, kind: str = Kind.SLA) -> Clock | None:
    """The clock of a subject, as it was last counted."""
    return Clock.objects.filter(subject=subject, measure=measure, kind=kind).first()


def _take(clock: Clock, found: Clocked) -> None:
    book = book_knowing([(clock.team_id, clock.site_id)])
    for name, value in columns_of(found, book, clock.fired).items():
        if name != "started_at" or clock.pk is None:
            setattr(clock, name, value)

"""What stands in the way of a change's window: others on the same ground, freezes, maintenance windows."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from meridian.work.change_calendar.contracts import Span
from meridian.work.change_calendar.facade import ChangeWindow, grounds_of, holding
from meridian.work.changes.models import Change, ChangeThing
from meridian.work.changes.rules import IN_THE_WAY, stand_together

Types, Hardness = ChangeWindow.Type, ChangeWindow.Hardness


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that stands in the way: another `change`, or a `window`; `blocks`, or only warns."""

    kind: str
    blocks: bool
    change: Change | None = None
    window: ChangeWindow | None = None

    OTHER = "other"
    FREEZE = "freeze"
    OUTSIDE = "outside"


def span_of(change: Change) -> Span | None:
    """The window of a change; None while it has none."""
    if change.planned_from is None or change.planned_until is None:
        return None
    return Span(change.planned_from, change.planned_until)


def things_of(changes: Iterable[int]) -> dict[int, frozenset[int]]:
    """The entries that each change (by id) touches."""
    found: dict[int, set[int]] = {}
    for change, thing in ChangeThing.objects.filter(change__in=changes).values_list("change", "concerns"):
        found.setdefault(change, set()).add(thing)
    return {change: frozenset(things) for change, things in found.items()}


def conflicts_of(change: Change) -> list[Conflict]:
    """All that stands in the way of the change as it is planned: what blocks comes first."""
    span = span_of(change)
    if span is None:
        return []
    own = things_of([change.pk]).get(change.pk, frozenset())
    ground = _ground(own)
    found = [*_windows(change, span, own, ground), *_others(change, span, own, ground)]
    return sorted(found, key=lambda one: not one.blocks)


def _ground(things: frozenset[int]) -> frozenset[int]:
    return frozenset().union(*grounds_of(things).values()) if things else frozenset()


def _others(change: Change, span: Span, own: frozenset[int], ground: frozenset[int]) -> list[Conflict]:
    near = Change.objects.filter(
        state__in=sorted(IN_THE_WAY), planned_from__lt=span.ends_at, planned_until__gt=span.starts_at
    ).exclude(pk=change.pk)
    rows = list(near.order_by("planned_from", "pk"))
    touched = things_of([row.pk for row in rows])
    all_grounds = grounds_of({thing for things in touched.values() for thing in things})
    found = []
    for row in rows:
        other = touched.get(row.pk, frozenset())
        below = (
            frozenset().union(*(all_grounds.get(thing, frozenset()) for thing in other))
            if other
            else frozenset()
        )
        if stand_together(own, ground, other, below):
            found.append(Conflict(Conflict.OTHER, False, change=row))
    return found


def _windows(change: Change, span: Span, own: frozenset[int], ground: frozenset[int]) -> list[Conflict]:
    found: list[Conflict] = []
    near = ChangeWindow.objects.filter(starts_at__lt=span.ends_at, ends_at__gt=span.starts_at)
    for window in holding(near, own, ground, change.kind):
        if window.type == Types.FREEZE and span.meets(Span(window.starts_at, window.ends_at)):
            found.append(Conflict(Conflict.FREEZE, window.hardness == Hardness.BLOCK, window=window))
    return [*found, *_outside(change, span, own, ground)]


def _outside(change: Change, span: Span, own: frozenset[int], ground: frozenset[int]) -> list[Conflict]:
    """The maintenance window that comes next, where its things have some and the span lies within none."""
    near = ChangeWindow.objects.filter(Q(ends_at__gt=span.starts_at), type=Types.MAINTENANCE)
    windows = holding(near, own, ground, change.kind)
    scoped = [window for window in windows if list(window.scopes.all())]
    if not scoped or any(span.within(Span(window.starts_at, window.ends_at)) for window in scoped):
        return []
    blocks = any(window.hardness == Hardness.BLOCK for window in scoped)
    return [Conflict(Conflict.OUTSIDE, blocks, window=scoped[0])]

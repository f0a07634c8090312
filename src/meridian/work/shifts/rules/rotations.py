"""Who is on duty when: rotations in local time, layers, changes and absences, cut into shifts.

Times are seconds since 1970 (UTC), stretches hold their beginning and not their end. People,
rotations and changes are known by numbers. What stands here is proved against an oracle that walks
minute by minute (`tests/test_rotations.py`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from meridian.kernel.local_time import Edge, epoch_second, zone_named
from meridian.kernel.stretches import Stretch, merged

DAY = timedelta(days=1)
ALSO, INSTEAD, ALONE = "also", "instead", "alone"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rotation: on these ISO weekdays of every so many weeks, from one wall time to another.

    An end that is not after the beginning lies on the next day. `members` take turns of
    `turn_days`, `at_once` of them together; 0 is all of them. Weeks are counted from the Monday of
    the week in which it starts. Of rotations that meet, the highest `layer` holds.
    """

    key: int
    layer: int
    zone: str
    starts_on: date
    ends_on: date | None
    weekdays: frozenset[int]
    every_weeks: int
    begins: time
    ends: time
    members: tuple[int, ...]
    at_once: int
    turn_days: int


@dataclass(frozen=True, slots=True)
class Change:
    """Something else than the rotations say: `person` comes as well (`also`), in the place of
    `instead_of`, or `alone`, while everybody else is off. Later changes hold over earlier ones."""

    key: int
    source: str
    way: str
    person: int
    instead_of: int | None
    begin: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """A person on duty; `rule` is 0 where no rotation says so, `change` 0 where no change does."""

    begin: int
    end: int
    person: int
    source: str = "rotation"
    layer: int = 0
    rule: int = 0
    change: int = 0


def duties(
    rules: Iterable[Rule],
    changes: Sequence[Change],
    absences: Iterable[tuple[int, int, int]],
    first: date,
    last: date,
) -> list[Duty]:
    """Who is on duty, of occurrences that begin on local days from `first` to `last`.

    Layers come first, then the changes in their order, then absences (person, begin, end): who is
    absent is on duty by no rule, and nobody steps in of themself.
    """
    found = by_layers([duty for rule in rules for duty in occurrences(rule, first, last)])
    for change in changes:
        found = changed(found, change)
    for person, begin, end in absences:
        found = [
            part
            for duty in found
            for part in (outside(duty, [(begin, end)]) if duty.person == person else [duty])
        ]
    return once_each(found)


def occurrences(rule: Rule, first: date, last: date) -> Iterator[Duty]:
    """The duties of one rotation that begin on days from `first` to `last`."""
    zone, day = zone_named(rule.zone), max(first, rule.starts_on)
    stop = min(last, rule.ends_on) if rule.ends_on else last
    while day <= stop:
        if _falls_on(rule, day):
            until = day if rule.ends > rule.begins else day + DAY
            begin = epoch_second(datetime.combine(day, rule.begins), zone, Edge.BEGINNING)
            end = epoch_second(datetime.combine(until, rule.ends), zone, Edge.END)
            if begin < end:  # a shift that lies wholly in the hour that a spring skips is none
                for person in whose_turn(rule, day):
                    yield Duty(begin, end, person, layer=rule.layer, rule=rule.key)
        day += DAY


def _falls_on(rule: Rule, day: date) -> bool:
    monday = rule.starts_on - timedelta(days=rule.starts_on.weekday())
    return day.isoweekday() in rule.weekdays and (day - monday).days // 7 % rule.every_weeks == 0


def whose_turn(rule: Rule, day: date) -> list[int]:
    """The members that are on duty on a day on which the rotation falls, each once."""
    count = len(rule.members)
    if not rule.at_once or rule.at_once >= count:
        return list(dict.fromkeys(rule.members))
    turn = (day - rule.starts_on).days // rule.turn_days
    chosen = (rule.members[(turn * rule.at_once + place) % count] for place in range(rule.at_once))
    return list(dict.fromkeys(chosen))


def by_layers(found: Iterable[Duty]) -> list[Duty]:
    """At each instant only the duties of the highest layer that has any."""
    ordered = sorted(found, key=lambda duty: (-duty.layer, duty.begin))
    above: list[Stretch] = []
    kept: list[Duty] = []
    layer: list[Duty] = []
    for duty in ordered:
        if layer and layer[0].layer != duty.layer:
            above = merged(sorted([*above, *((each.begin, each.end) for each in layer)]))
            layer = []
        layer.append(duty)
        kept += outside(duty, above)
    return kept


def changed(found: list[Duty], change: Change) -> list[Duty]:
    """The duties after one change."""
    added = Duty(change.begin, change.end, change.person, change.source, change=change.key)
    if change.way == ALSO:
        return [*found, added]
    kept: list[Duty] = []
    for duty in found:
        if change.way == INSTEAD and duty.person != change.instead_of:
            kept.append(duty)
            continue
        kept += outside(duty, [(change.begin, change.end)])
        begin, end = max(duty.begin, change.begin), min(duty.end, change.end)
        if change.way == INSTEAD and begin < end:
            kept.append(replace(added, begin=begin, end=end, rule=duty.rule))
    return [*kept, added] if change.way == ALONE else kept


def outside(duty: Duty, stretches: Iterable[Stretch]) -> list[Duty]:
    """What of a duty lies outside of ordered stretches that do not overlap."""
    left, parts = duty.begin, []
    for begin, end in stretches:
        if end <= left or begin >= duty.end:
            continue
        if begin > left:
            parts.append(replace(duty, begin=left, end=begin))
        left = max(left, end)
    if left < duty.end:
        parts.append(replace(duty, begin=left))
    return parts


def once_each(found: Iterable[Duty]) -> list[Duty]:
    """Nobody is on duty twice at once: what meets a duty of the same person is cut, the earlier stays."""
    until: dict[int, int] = {}
    kept: list[Duty] = []
    for duty in sorted(found):
        begin = max(duty.begin, until.get(duty.person, duty.begin))
        if begin < duty.end:
            kept.append(replace(duty, begin=begin))
            until[duty.person] = duty.end
    return kept

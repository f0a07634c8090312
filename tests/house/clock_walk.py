"""A clock as a slow walk from minute to minute, written apart from the fold that it is held against.

It knows hours as the local wall shows them, minute by minute, and an item by asking at each minute what
was the last thing that had happened by then.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OPEN_STATES = ("new", "assigned", "in_progress", "on_hold")


@dataclass(frozen=True)
class Wall:
    """Hours of a place: from a day on, by weekday, spans of minutes after midnight; and days that differ."""

    zone: str
    versions: tuple[tuple[date, tuple[tuple[tuple[int, int], ...], ...]], ...]
    days: tuple[tuple[date, tuple[tuple[int, int], ...]], ...] = ()

    def spans(self, day: date) -> tuple[tuple[int, int], ...]:
        for differing, spans in self.days:
            if differing == day:
                return spans
        found: tuple[tuple[int, int], ...] = ()
        for since, week in sorted(self.versions):
            if since <= day:
                found = week[day.weekday()]
        return found

    def shows_open(self, minute: int) -> bool:
        """Whether whoever looks at the clock on the wall in this minute finds the place open."""
        local = (EPOCH + timedelta(minutes=minute)).astimezone(ZoneInfo(self.zone))
        now, today = local.hour * 60 + local.minute, local.date()
        if any(begin <= now < end for begin, end in self.spans(today)):
            return True
        # What began the evening before and runs over midnight.
        return any(now < end - 1440 for _begin, end in self.spans(today - timedelta(days=1)))


@lru_cache(maxsize=256)
def minutes_open(wall: Wall, first: int, last: int) -> bytes:
    return bytes(wall.shows_open(minute) for minute in range(first, last))


@dataclass
class Walked:
    """What the walk counted: minutes that ran while open, minutes that stood, the minute at the end of
    which each was counted, and since when it stands at the end."""

    counted: int = 0
    stood: int = 0
    reached: list[int] = field(default_factory=list)
    since: int | None = None


@dataclass(frozen=True)
class Deed:
    """Something that happened at a minute: what is so from then on (`state`, `team`, `pauses`, `until`)."""

    minute: int
    changes: dict[str, object]


def standing_at(deeds: list[Deed], minute: int) -> dict[str, object]:
    """How the item stood in this minute: everything that had happened by then, the later over the earlier."""
    now: dict[str, object] = {"state": "new", "team": None, "pauses": False, "until": None}
    for deed in deeds:
        if deed.minute <= minute:
            now.update(deed.changes)
    if now["state"] == "on_hold" and now["until"] is not None and minute >= int(str(now["until"])):
        now.update(state="in_progress", pauses=False)
    return now


def walk(deeds: list[Deed], start: int, end: int, open_by_team: dict[object, bytes], origin: int) -> Walked:
    """Walk from `start` to `end`; `deeds` in the order of their minutes."""
    walked = Walked()
    marks = {start, end, *(deed.minute for deed in deeds), *_wakings(deeds)}
    inside = sorted(mark for mark in marks if start <= mark <= end)
    for begin, stop in pairwise(inside):
        now = standing_at(deeds, begin)
        opened = open_by_team[now["team"]]
        if now["state"] not in OPEN_STATES or (now["state"] == "on_hold" and now["pauses"]):
            walked.stood += stop - begin
            walked.since = begin if walked.since is None else walked.since
            continue
        walked.since = None
        for minute in range(begin, stop):
            if opened[minute - origin]:
                walked.reached.append(minute + 1)
    walked.counted = len(walked.reached)
    return walked


def _wakings(deeds: list[Deed]) -> set[int]:
    return {int(str(deed.changes["until"])) for deed in deeds if deed.changes.get("until") is not None}

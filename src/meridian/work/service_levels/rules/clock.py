"""One clock: stretches that tile its time without a gap, the seconds counted in each, and when it is due.

A stretch runs or is paused. It is counted in the hours that the policy now in force gives for whoever
had the item in that stretch: another policy counts all of them anew, and none is lost.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from meridian.kernel.local_time import instant
from meridian.kernel.working_time import NeverOpen, Schedule
from meridian.work.service_levels.rules.life import ON_HOLD, Standing

# Why a clock stands that no hold pauses: the work had ended, and was taken up again.
ENDED = "ended"
HOLD = "hold"
SIGN = "sign"


class Stretch(NamedTuple):
    """Seconds from `start` up to and without `end`. `reason` says why it doesn't run: `ended`, `sign`,
    or `hold:` and the id of the hold reason; `team` and `site` whose it was."""

    start: int
    end: int
    runs: bool
    reason: str
    team: int | None
    site: int | None


Hours = Callable[[int | None, int | None], Schedule]


def stretches(
    turns: Iterable[tuple[int, Standing]], start: int, end: int, pausing: frozenset[int], *, goes_on: bool
) -> list[Stretch]:
    """What a clock did from `start` to `end` while the item stood as the turns tell.

    One that `goes_on` may end with a stretch of no length, which says how it goes on from there.
    """
    found: list[Stretch] = []
    begun, before = start, Standing()
    for second, standing in turns:
        if second > end or (second == end and not goes_on):
            break
        if second > begun:
            _lay(found, begun, second, before, pausing)
            begun = second
        before = standing
    if begun < end or goes_on:
        _lay(found, begun, end, before, pausing)
    return found


def _lay(found: list[Stretch], start: int, end: int, standing: Standing, pausing: frozenset[int]) -> None:
    reason = ""
    if standing.state == ON_HOLD:
        reason = f"{HOLD}:{standing.hold_reason}" if standing.hold_reason in pausing else ""
    elif not standing.is_open:
        reason = ENDED
    stretch = Stretch(start, end, not reason, reason, standing.team, standing.site)
    if found and found[-1][2:] == stretch[2:]:
        stretch = found.pop()._replace(end=end)
    found.append(stretch)


@dataclass(frozen=True, slots=True)
class Count:
    """What a clock has counted: seconds by stretch, and how far each amount of them lies."""

    start: int
    stretches: Sequence[Stretch]
    counted: Sequence[int]
    hours: Hours
    at_start: tuple[int | None, int | None]

    @property
    def open_seconds(self) -> int:
        return sum(self.counted)

    @property
    def paused_seconds(self) -> int:
        return sum(one.end - one.start for one in self.stretches if not one.runs)

    @property
    def is_paused(self) -> bool:
        return bool(self.stretches) and not self.stretches[-1].runs

    def reached(self, seconds: int) -> int:
        """The first second at which so many were counted; one to come as if the clock ran on from where it
        stands, a paused one from the beginning of its pause."""
        left = seconds
        from_, owner = self.start, self.at_start
        for stretch, counted in zip(self.stretches, self.counted, strict=True):
            if not stretch.runs:
                continue
            owner = (stretch.team, stretch.site)
            if counted >= left:
                return ahead(self.hours(*owner), stretch.start, left)
            left -= counted
        from_ = self._standing_since()
        if self.stretches:
            owner = (self.stretches[-1].team, self.stretches[-1].site)
        return ahead(self.hours(*owner), from_, left)

    def _standing_since(self) -> int:
        """From where what is left is counted: now, or the beginning of the pause that lasts."""
        since = self.stretches[-1].end if self.stretches else self.start
        for stretch in reversed(self.stretches):
            if stretch.runs:
                break
            since = stretch.start
        return since


def count(start: int, laid: Sequence[Stretch], hours: Hours, owner: tuple[int | None, int | None]) -> Count:
    """Count the running stretches in their hours; `owner` are team and site at the start."""
    counted = [
        hours(one.team, one.site).open_seconds(instant(one.start), instant(one.end)) if one.runs else 0
        for one in laid
    ]
    return Count(start, laid, counted, hours, owner)


def ahead(schedule: Schedule, second: int, seconds: int) -> int:
    """The first second by which so many open ones have passed; around the clock where it never opens:
    hours that never come excuse nobody."""
    try:
        return int(schedule.due_at(instant(second), seconds).timestamp())
    except NeverOpen:
        return second + seconds

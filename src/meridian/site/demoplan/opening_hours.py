"""Opening hours of teams as arithmetic on whole arrays: instants to worked seconds and back.

Instants are Unix seconds. The axis of a team counts the seconds that it was open since
Monday 5 January 1970, local time: adding to it and coming back lands within opening hours.
"""

import datetime
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Instants = npt.NDArray[np.int64]
Positions = npt.NDArray[np.intp]

DAY = 86_400
HOUR = 3_600
MINUTE = 60
FIRST_MONDAY = 4 * DAY


class Offsets:
    """Offsets from UTC in seconds, hour by hour, for some zones from a start to 400 days after an end."""

    def __init__(self, zones: Sequence[str], start: int, end: int) -> None:
        self.start = start // HOUR * HOUR - 3 * DAY
        hours = (end - self.start) // HOUR + 400 * 24
        self.table = np.stack([_hourly(ZoneInfo(zone), self.start, hours) for zone in zones])

    def at(self, zone: Positions, instants: Instants) -> Instants:
        """The offset of `zone` (a position) at each instant."""
        hour = np.clip((instants - self.start) // HOUR, 0, self.table.shape[1] - 1)
        return self.table[zone, hour]

    def to_instants(self, zone: Positions, local: Instants) -> Instants:
        """The instant at which local clocks show `local`; of a skipped hour, a valid neighbour."""
        guess = local - self.at(zone, local)
        return local - self.at(zone, guess)


def _hourly(zone: ZoneInfo, start: int, hours: int) -> Instants:
    """Offsets of one zone: looked up day by day, hour by hour only on the days of a change."""

    def offset(hour: int) -> int:
        at = datetime.datetime.fromtimestamp(start + hour * HOUR, zone).utcoffset()
        return int(at.total_seconds()) if at is not None else 0

    days = [offset(hour) for hour in range(0, hours + 24, 24)]
    table = np.repeat(np.asarray(days[:-1], dtype=np.int64), 24)[:hours]
    for day, (before, after) in enumerate(zip(days, days[1:], strict=False)):
        if before != after:
            for hour in range(day * 24, min(day * 24 + 24, hours)):
                table[hour] = offset(hour)
    return table


class OpeningHours:
    """Weekly opening hours of many teams, one interval a day, as tables for array arithmetic."""

    def __init__(
        self,
        zones: npt.ArrayLike,
        weekdays: Sequence[tuple[int, ...]],
        opens_second: npt.ArrayLike,
        closes_second: npt.ArrayLike,
        offsets: Offsets,
    ) -> None:
        self.offsets = offsets
        self.zone = np.asarray(zones, dtype=np.intp)
        self.opens = np.asarray(opens_second, dtype=np.int64)
        self.length = np.asarray(closes_second, dtype=np.int64) - self.opens
        self.is_open = np.zeros((len(weekdays), 7), dtype=np.int64)
        self.day_of = np.zeros((len(weekdays), 7), dtype=np.int64)
        for team, days in enumerate(weekdays):
            self.is_open[team, [day - 1 for day in days]] = 1
            self.day_of[team, : len(days)] = [day - 1 for day in sorted(days)]
        self.days = self.is_open.sum(axis=1)
        self.before = np.cumsum(self.is_open, axis=1) - self.is_open

    def worked(self, team: Positions, instants: Instants) -> Instants:
        """Seconds on the team's axis at each instant."""
        local = instants + self.offsets.at(self.zone[team], instants) - FIRST_MONDAY
        day, second = np.divmod(local, DAY)
        week, weekday = np.divmod(day, 7)
        length = self.length[team]
        whole = (week * self.days[team] + self.before[team, weekday]) * length
        return whole + self.is_open[team, weekday] * np.clip(second - self.opens[team], 0, length)

    def instants(self, team: Positions, worked: Instants) -> Instants:
        """The instant at which the team has worked so many seconds."""
        day, second = np.divmod(worked, self.length[team])
        week, number = np.divmod(day, self.days[team])
        weekday = self.day_of[team, number]
        local = (week * 7 + weekday) * DAY + self.opens[team] + second + FIRST_MONDAY
        return self.offsets.to_instants(self.zone[team], local)

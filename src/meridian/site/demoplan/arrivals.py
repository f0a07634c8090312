"""When requests arrive in a year, and from whom: by local working hours of the requester's site."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from meridian.kernel.apportionment import largest_remainder
from meridian.site.demoplan.opening_hours import DAY, FIRST_MONDAY, HOUR, Instants, Offsets, Positions
from meridian.site.demoplan.rows import Plan
from meridian.site.demoplan.targets import GROUPS, read_targets

# Fifty-two whole weeks: every weekday counts alike, and a year back from the last request holds them all.
YEAR = 364 * DAY
FREE_DAY = 0.06
# Shares of a working day's requests by local hour: the tenth is the peak, at an eighth of the day.
HOURS = np.array(
    [2, 1, 1, 1, 1, 2, 6, 25, 75, 115, 125, 110, 80, 65, 95, 100, 85, 55, 26, 13, 8, 5, 4, 3], dtype=float
)


@dataclass(frozen=True)
class Arrivals:
    """Requests in order of arrival: Unix seconds, position of the requester and of the site."""

    opened_at: Instants
    requester: Positions
    site: Positions


def requests_by_group(scale: float) -> dict[str, int]:
    """How many requests each location group makes in a year at `scale` (1 is the published year)."""
    published = read_targets().statistics["service_requests"]
    total = round(sum(published.values()) * scale)
    parts = largest_remainder(total, [published[group] for group in GROUPS])
    return dict(zip(GROUPS, parts, strict=True))


def draw_arrivals(plan: Plan, scale: float, now: int, seed: int) -> Arrivals:
    """A year of arrivals before `now` (Unix seconds), exact by location group."""
    random = np.random.default_rng([seed, 1])
    group_of = np.array([GROUPS.index(person.location_group) for person in plan.people])
    site_of = np.array([person.site for person in plan.people], dtype=np.intp)
    requesters = np.concatenate(
        [
            random.choice(np.flatnonzero(group_of == index), count)
            for index, count in enumerate(requests_by_group(scale).values())
        ]
    ).astype(np.intp)
    opened_at = _draw_instants(plan, site_of[requesters], now, random)
    order = np.argsort(opened_at, kind="stable")
    return Arrivals(opened_at[order], requesters[order], site_of[requesters][order])


def _draw_instants(plan: Plan, sites: Positions, now: int, random: np.random.Generator) -> Instants:
    """An instant for each request, drawn again until it lies within the year before `now`."""
    zones = sorted({station.zone for station in plan.duty_stations})
    offsets = Offsets(zones, now - YEAR, now)
    station_of = np.array([site.duty_station for site in plan.sites])
    zone_of = np.array([zones.index(station.zone) for station in plan.duty_stations])
    week_of = np.array(
        [
            [day in plan.countries[station.country].weekdays for day in range(1, 8)]
            for station in plan.duty_stations
        ]
    )
    station = station_of[sites]
    opened_at = np.zeros(sites.size, dtype=np.int64)
    missing = np.arange(sites.size)
    while missing.size:
        local = _draw_local(week_of[station[missing]], now, random)
        drawn = offsets.to_instants(zone_of[station[missing]], local)
        opened_at[missing] = drawn
        missing = missing[(drawn < now - YEAR) | (drawn >= now)]
    return opened_at


def _draw_local(works: npt.NDArray[np.bool_], now: int, random: np.random.Generator) -> Instants:
    """Local seconds: a day of the year by whether it is worked, an hour by the profile of the day."""
    count = works.shape[0]
    first = (now - YEAR - FIRST_MONDAY) // DAY
    day = np.asarray(first + random.integers(-1, 366, count))
    for _ in range(8):
        idle = ~works[np.arange(count), day % 7] & (random.random(count) > FREE_DAY)
        day[idle] = first + random.integers(-1, 366, int(idle.sum()))
    ladder = np.cumsum(HOURS / HOURS.sum())
    hour = np.searchsorted(ladder, random.random(count), side="right")
    return day * DAY + FIRST_MONDAY + np.minimum(hour, 23) * HOUR + random.integers(0, HOUR, count)

"""What a wave plan is made from: workloads, their dependencies, methods, resources and dates.

Days are whole and count from the first day of the plan; amounts of data are gigabytes (10^9 bytes),
links megabits per second (10^6); weights are whole planning costs per day.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta

LARGEST_CHANGE_SHARE = 0.8
SECONDS_PER_DAY = 86_400


@dataclass(frozen=True)
class Workload:
    """What moves: its servers and data, where from, by which methods, and when at the earliest and latest."""

    name: str
    servers: int
    gigabytes: float
    changed_gigabytes_per_day: float
    site: str
    methods: tuple[str, ...]
    shared: bool
    window: str | None
    earliest: int
    latest: int | None
    due: int | None


@dataclass(frozen=True)
class Dependency:
    """`user` needs `provider`; a strong one moves with it, a weak one costs traffic while they are apart."""

    user: str
    provider: str
    strong: bool
    gigabytes_per_day: float


@dataclass(frozen=True)
class Method:
    """A way to move: fixed days, days per server, the people of a team, a link, swing hosts, a cost."""

    name: str
    days: int
    days_per_server: float
    team: str | None
    people: int
    link: str | None
    megabits_per_second: int
    efficiency: float
    swing_hosts: str | None
    swing_per_server: float
    cost: int

    def transfer_days(self, gigabytes: float, changed_per_day: float) -> int | None:
        """Days to copy over the link while data changes; None when it changes faster than it can be copied.

        Pre-copy in rounds (Clark et al., NSDI 2005): with rho = change rate over bandwidth the copy
        takes T0 / (1 - rho); from `LARGEST_CHANGE_SHARE` on, media should be shipped instead.
        """
        if self.link is None:
            return 0
        per_day = self.efficiency * self.megabits_per_second * SECONDS_PER_DAY / 8_000
        share = changed_per_day / per_day
        if share >= LARGEST_CHANGE_SHARE:
            return None
        return math.ceil(gigabytes / per_day / (1 - share) - 1e-9)


@dataclass(frozen=True)
class Supply:
    """Something limited: a team, a link, swing hosts; reductions are (from, until, amount)."""

    name: str
    capacity: int
    reductions: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Freeze:
    """No move of these sites (of all, when empty) runs from day `since` to before `until`."""

    since: int
    until: int
    sites: frozenset[str]


@dataclass(frozen=True)
class Weights:
    """Costs per day: the whole plan, lateness, each open site, a gigabyte per day between waves, churn."""

    makespan: int
    late: int
    traffic_per_gigabyte: int
    churn: int
    sites: dict[str, int]


@dataclass(frozen=True)
class Plan:
    """Everything a wave plan depends on."""

    name: str
    first_day: date
    horizon_days: int
    wave_days: int
    group_limit: int
    workloads: tuple[Workload, ...]
    dependencies: tuple[Dependency, ...]
    prerequisites: tuple[tuple[str, str, int], ...]
    methods: dict[str, Method]
    supplies: tuple[Supply, ...]
    freezes: tuple[Freeze, ...]
    windows: dict[str, frozenset[int]]
    weights: Weights

    def day(self, day: int) -> date:
        return self.first_day + timedelta(days=day)

    def window_days(self, window: str) -> tuple[tuple[int, int], ...]:
        """The days of a window within the plan, as spans (from, until)."""
        wanted = self.windows[window]
        return tuple((at, at + 1) for at in range(self.horizon_days) if self.day(at).weekday() in wanted)


@dataclass(frozen=True)
class Move:
    """A group that moves at once: its workloads, the method, the first day and the day after the last."""

    workloads: tuple[str, ...]
    method: str
    start: int
    until: int


@dataclass(frozen=True)
class WavePlan:
    """The moves, and the strong dependencies that had to be cut because a group was too large."""

    moves: tuple[Move, ...]
    cuts: tuple[tuple[str, str], ...]

"""What a plan amounts to: agents, occupancy, service level and abandonment, each with its 95 % interval."""

from dataclasses import asdict, dataclass

import numpy as np
from scipy.stats import t as student

from meridian.steering.desks.events import ABANDONED, ANSWERED, OFFERED, WAIT_SECONDS, WITHIN
from meridian.steering.desks.model import SECONDS_PER_HOUR
from meridian.steering.desks.pools import Clock, Pool, Staffing
from meridian.steering.desks.posts import paid_hours
from meridian.steering.desks.settings import WEEKS_PER_YEAR, WorkYear
from meridian.steering.desks.simulate import Played
from meridian.steering.desks.staffing import Trial, ratio_error

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """A figure and the ends of its 95 % interval."""

    value: float
    low: float
    high: float

    def printed(self) -> dict[str, float]:
        return {name: round(value, 6) for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Member:
    """One pool of a plan: its agents, what happened in the simulation, what its shifts pay per week and
    group.
    """

    pool: Pool
    staffing: Staffing
    played: Played
    paid_hours: np.ndarray

    def posts(self, year: WorkYear) -> int:
        return sum(year.posts(hours) for hours in self.paid_hours)


def member(pool: Pool, staffing: Staffing, trial: Trial) -> Member:
    """Play a staffed pool and cover its agents with shifts."""
    return Member(pool, staffing, trial.play(pool, staffing), paid_hours(staffing, trial.clock))


def ratio(parts: np.ndarray, wholes: np.ndarray) -> Interval:
    """sum(parts) / sum(wholes) over replications with its Student interval."""
    total = float(wholes.sum())
    if total == 0.0:
        return Interval(0.0, 0.0, 0.0)
    value = float(parts.sum()) / total
    quantile = float(student.ppf(0.5 + CONFIDENCE / 2, max(len(parts) - 1, 1)))
    half = quantile * float(ratio_error(parts[:, None], wholes[:, None])[0])
    return Interval(value, max(0.0, value - half), min(1.0, value + half))


def service(members: list[Member], trial: Trial) -> dict[str, object]:
    """Service level, abandonment, wait and occupancy over all members of a plan."""
    sums = sum(one.played.counts.sum(axis=(1, 2)) for one in members)
    busy = sum(one.played.busy_seconds.sum(axis=1) for one in members)
    on_duty_hours = sum(one.staffing.agent_hours_per_week for one in members) * trial.weeks
    counted = sums[:, ANSWERED].sum() + sums[:, ABANDONED].sum()
    return {
        "service_level": ratio(sums[:, WITHIN], sums[:, OFFERED]).printed(),
        "abandonment": ratio(sums[:, ABANDONED], sums[:, OFFERED]).printed(),
        "occupancy": ratio(busy / SECONDS_PER_HOUR, np.full(len(busy), on_duty_hours)).printed(),
        "average_wait_seconds": round(float(sums[:, WAIT_SECONDS].sum() / max(counted, 1.0)), 3),
    }


def service_by_language(members: list[Member]) -> dict[str, dict[str, float]]:
    """Service level of each language over all members."""
    parts: dict[str, np.ndarray] = {}
    for one in members:
        for index, language in enumerate(one.pool.languages):
            found = one.played.counts[:, index].sum(axis=1)
            parts[language] = parts.get(language, 0.0) + found
    return {
        language: ratio(found[:, WITHIN], found[:, OFFERED]).printed() for language, found in parts.items()
    }


def size(members: list[Member], clock: Clock) -> dict[str, object]:
    """Seats and hours: each pool needs the most agents it ever has on duty at once."""
    return {
        "seats": int(sum(one.staffing.agents.sum(axis=0).max() for one in members)),
        "agent_hours_per_year": round(
            sum(one.staffing.agent_hours_per_week for one in members) * WEEKS_PER_YEAR
        ),
        "paid_hours_per_year": round(sum(float(one.paid_hours.sum()) for one in members) * WEEKS_PER_YEAR),
    }

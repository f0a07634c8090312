"""What a plan amounts to: agents, occupancy, service level and abandonment, each with its 95 % interval."""

from dataclasses import asdict, dataclass, replace

import numpy as np
from scipy.stats import t as student

from meridian.solvers.centres.facade import (
    ABANDONED,
    ANSWERED,
    OFFERED,
    SECONDS_PER_HOUR,
    WAIT_SECONDS,
    WITHIN,
    Played,
    corrected,
    share,
)
from meridian.solvers.desks.pools import Clock, Pool, Staffing
from meridian.solvers.desks.posts import shifts_for
from meridian.solvers.desks.settings import WEEKS_PER_YEAR, WorkYear
from meridian.solvers.desks.shifts import ShiftCover
from meridian.solvers.desks.staffing import Trial, ratio_error

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
    """One pool of a plan: its agents, what happened in the simulation, the shifts of each group.

    `weekly` holds contacts of each measure in each week played, corrected by what chance is known to have
    given (`estimates`). `played` counts each language over the whole week (R, K, 1, MEASURES) and holds no
    ledger: those of many pools would fill the memory.
    """

    pool: Pool
    staffing: Staffing
    played: Played
    weekly: dict[int, np.ndarray]
    shifts: tuple[ShiftCover, ...]

    @property
    def paid_hours(self) -> np.ndarray:
        return np.array([one.paid_hours for one in self.shifts])

    def posts(self, year: WorkYear) -> int:
        return sum(year.posts(hours) for hours in self.paid_hours)


def member(pool: Pool, staffing: Staffing, trial: Trial) -> Member:
    """Play a staffed pool and cover its agents with shifts."""
    return replace(played(pool, staffing, trial), shifts=shifts_for(staffing, trial.clock))


def played(pool: Pool, staffing: Staffing, trial: Trial) -> Member:
    """Play a staffed pool week by week; without shifts, for a case that nobody is hired for."""
    found = trial.play(pool, staffing, by_week=True)
    weekly = {
        OFFERED: found.ledger[..., OFFERED].copy(),
        WITHIN: corrected(found.ledger, WITHIN),
        ABANDONED: corrected(found.ledger, ABANDONED),
    }
    # Sums and copies, not views: a view keeps all that it looks at.
    kept = Played(found.counts.sum(axis=2, keepdims=True), found.busy_seconds, np.zeros((0, 0, 0)))
    return Member(pool, staffing, kept, weekly, ())


def weekly_ratio(members: list[Member], measure: int) -> Interval:
    """A measure over contacts offered with its interval, over the weeks that all members were played."""
    parts = np.sum([one.weekly[measure] for one in members], axis=0)
    found = share(parts, np.sum([one.weekly[OFFERED] for one in members], axis=0))
    return _around(found.value, found.error, parts.size)


def _around(value: float, error: float, count: int) -> Interval:
    """A share and its interval, all between 0 and 1: corrected near an end it may come to lie beyond it."""
    half = float(student.ppf(0.5 + CONFIDENCE / 2, max(count - 1, 1))) * error
    ends = np.clip((value, value - half, value + half), 0.0, 1.0)
    return Interval(*map(float, ends))


def ratio(parts: np.ndarray, wholes: np.ndarray) -> Interval:
    """sum(parts) / sum(wholes) over replications with its Student interval; 0 to 1 where there is nothing."""
    total = float(wholes.sum())
    if total == 0.0:
        return Interval(0.0, 0.0, 1.0)
    return _around(
        float(parts.sum()) / total, float(ratio_error(parts[:, None], wholes[:, None])[0]), len(parts)
    )


def service(members: list[Member], trial: Trial) -> dict[str, object]:
    """Service level, abandonment, wait and occupancy over all members of a plan."""
    sums = np.sum([one.played.counts.sum(axis=(1, 2)) for one in members], axis=0)
    busy = np.sum([one.played.busy_seconds.sum(axis=1) for one in members], axis=0)
    on_duty_hours = sum(one.staffing.agent_hours_per_week for one in members) * trial.weeks
    counted = sums[:, ANSWERED].sum() + sums[:, ABANDONED].sum()
    return {
        "service_level": weekly_ratio(members, WITHIN).printed(),
        "abandonment": weekly_ratio(members, ABANDONED).printed(),
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

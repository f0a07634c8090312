"""A pool: the sites whose contacts share one set of agents, as rates in UTC and as a centre to simulate."""

import math
from dataclasses import dataclass
from functools import reduce

import numpy as np

from meridian.solvers.centres.facade import SECONDS_PER_HOUR, AgentGroup, Centre, ContactClass
from meridian.solvers.desks.demand import Demand
from meridian.solvers.desks.settings import Promise

MINUTES_PER_WEEK = 168 * 60


@dataclass(frozen=True)
class Clock:
    """How a week is cut: slots as long as every zone's distance from UTC allows, at most an hour."""

    slot_minutes: int

    @property
    def slots(self) -> int:
        return MINUTES_PER_WEEK // self.slot_minutes

    @property
    def hour_of_slot(self) -> np.ndarray:
        return (np.arange(self.slots) * self.slot_minutes // 60).astype(np.int32)


@dataclass(frozen=True)
class Pool:
    """Rates (languages, slots) in contacts per second of UTC time, and mean seconds each language takes."""

    name: str
    languages: tuple[str, ...]
    rates: np.ndarray
    handling_seconds: np.ndarray

    @property
    def total_rates(self) -> np.ndarray:
        return self.rates.sum(axis=0)

    @property
    def mean_handling_seconds(self) -> float:
        weights = self.rates.sum(axis=1)
        return float((weights * self.handling_seconds).sum() / weights.sum())


def clock_for(demand: Demand) -> Clock:
    """The longest slot that keeps every local hour whole."""
    return Clock(reduce(math.gcd, (abs(offset) for offset in demand.offset_minutes.values()), 60))


class Layout:
    """The demand as arrays, from which pools are cut, for the contacts as read or as drawn again."""

    def __init__(self, demand: Demand) -> None:
        self.demand = demand
        self.clock = clock_for(demand)
        self.contacts = np.array([row.contacts for row in demand.rows])
        self._minutes = np.array([row.handling_minutes for row in demand.rows])
        self._language = np.array([demand.languages.index(row.language) for row in demand.rows])
        self._site = np.array([row.site for row in demand.rows])
        offsets = np.array([demand.offset_minutes[row.site] for row in demand.rows])
        local = np.array([row.hour_of_week * 60 for row in demand.rows])
        self._first_slot = (local - offsets) % MINUTES_PER_WEEK // self.clock.slot_minutes

    def places(self, sites: frozenset[str]) -> np.ndarray:
        """Which rows belong to a set of sites."""
        return np.flatnonzero(np.isin(self._site, list(sites)))

    def pool(self, name: str, places: np.ndarray, contacts: np.ndarray) -> Pool:
        """The pool of some rows; `contacts` holds a figure for every row of the demand."""
        count, slots = len(self.demand.languages), self.clock.slots
        rates, work = np.zeros((count, slots)), np.zeros(count)
        language, amount = self._language[places], contacts[places]
        per_hour = 60 // self.clock.slot_minutes
        for step in range(per_hour):
            np.add.at(rates, (language, (self._first_slot[places] + step) % slots), amount / SECONDS_PER_HOUR)
        np.add.at(work, language, amount * self._minutes[places] * 60.0)
        totals = np.bincount(language, amount, count)
        spoken = np.flatnonzero(totals > 0)
        return Pool(
            name,
            tuple(self.demand.languages[index] for index in spoken),
            rates[spoken],
            work[spoken] / totals[spoken],
        )


def split(pool: Pool) -> list[Pool]:
    """One pool for each language."""
    return [
        Pool(f"{pool.name}, {language}", (language,), pool.rates[[index]], pool.handling_seconds[[index]])
        for index, language in enumerate(pool.languages)
    ]


@dataclass(frozen=True)
class Staffing:
    """Agents (groups, slots) of a pool, and the languages (indices) each group speaks, its own first."""

    skills: tuple[tuple[int, ...], ...]
    agents: np.ndarray

    @property
    def agent_hours_per_week(self) -> float:
        return float(self.agents.sum()) * 168.0 / self.agents.shape[1]


def centre_of(pool: Pool, staffing: Staffing, promise: Promise, clock: Clock, variation: float) -> Centre:
    """A pool and its agents as the simulator plays them; lengths are lognormal of that variation.

    Where agents differ, those with a scarce language take it before the pool's first one, which others can
    take.
    """
    differ = len(staffing.skills) > 1
    classes = tuple(
        ContactClass(
            name=language,
            rates=pool.rates[index],
            handling_seconds=float(pool.handling_seconds[index]),
            patience_seconds=promise.patience_seconds,
            target_seconds=promise.target_seconds,
            handling_variation=variation,
            priority=int(differ and index == 0),
        )
        for index, language in enumerate(pool.languages)
    )
    groups = tuple(
        AgentGroup(f"group {place}", skills, staffing.agents[place], int(differ))
        for place, skills in enumerate(staffing.skills)
    )
    return Centre(classes, groups, hour_of_slot=clock.hour_of_slot)

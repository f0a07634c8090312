"""Anneal a schedule: take related tasks out, put each back where it costs least (Schrimpf et al. 2000).

Compiled. The cost of every start of every method is tabled, so that terms, windows, freezes, lateness and
churn are all one look-up; resources, precedence, bonds and milestones are reckoned against what stands.
"""

from typing import Any, NamedTuple

import numpy as np

from meridian.solvers.scheduling.project import Schedule
from meridian.solvers.scheduling.ruins import choose, order, random, take_tail
from meridian.solvers.scheduling.tables import FORBIDDEN, Tables
from meridian.solvers.solving.compiled import entry_kernel, kernel

Array = Any
LARGEST_RUIN = 12
SLACK_DAYS = 30
BLINK = 0.02
EARLY_SHARE = 0.02


class Search(NamedTuple):
    """Where everything stands: per task start, end and row (mode); what is free per resource and day."""

    start: Array
    end: Array
    row: Array
    placed: Array
    free: Array
    reached: Array
    best_start: Array
    best_row: Array
    out: Array
    old_start: Array
    old_row: Array
    keys: Array
    chance: Array


def search_from(tables: Tables, schedule: Schedule, seed: int) -> Search:
    """A search that stands at this schedule."""
    count = len(tables.first_row) - 1
    start = np.array(schedule.starts, dtype=np.int64)
    row = tables.first_row[:-1] + np.array(schedule.modes, dtype=np.int64)
    search = Search(
        start,
        start + tables.duration[row],
        row,
        np.ones(count, dtype=np.int64),
        tables.capacity.copy(),
        np.zeros(max(1, len(tables.milestone_weight)), dtype=np.int64),
        start.copy(),
        row.copy(),
        np.zeros(count, dtype=np.int64),
        np.zeros(count, dtype=np.int64),
        np.zeros(count, dtype=np.int64),
        np.zeros(count),
        np.array([0x9E3779B97F4A7C15 ^ (seed * 2 + 1)], dtype=np.uint64),
    )
    for task in range(count):
        for at, need in enumerate(tables.needs[row[task]]):
            search.free[at, start[task] : search.end[task]] -= need
    return search


def best_schedule(tables: Tables, search: Search) -> Schedule:
    modes = search.best_row - tables.first_row[:-1]
    return Schedule(tuple(map(int, search.best_start)), tuple(map(int, modes)))


@kernel
def _total(tables, search):
    total = 0
    for task in range(len(search.start)):
        total += tables.cost[search.row[task], search.start[task]]
        for at in range(tables.bond_from[task], tables.bond_from[task + 1]):
            other = tables.bond_other[at]
            if other > task:
                total += tables.bond_weight[at] * abs(search.end[task] - search.end[other])
    for milestone in range(len(tables.milestone_weight)):
        last = 0
        for at in range(tables.member_from[milestone], tables.member_from[milestone + 1]):
            last = max(last, search.end[tables.member[at]])
        total += tables.milestone_weight[milestone] * last
    return total


@kernel
def _take(tables, search, task):
    search.placed[task] = 0
    for at in range(len(search.free)):
        need = tables.needs[search.row[task], at]
        if need > 0:
            for day in range(search.start[task], search.end[task]):
                search.free[at, day] += need


@kernel
def _put(tables, search, task, row, start):
    search.placed[task] = 1
    search.row[task] = row
    search.start[task] = start
    search.end[task] = start + tables.duration[row]
    for at in range(len(search.free)):
        need = tables.needs[row, at]
        if need > 0:
            for day in range(start, search.end[task]):
                search.free[at, day] -= need


@kernel
def _reach(tables, search):
    """When each milestone is reached by what stands."""
    for milestone in range(len(tables.milestone_weight)):
        last = 0
        for at in range(tables.member_from[milestone], tables.member_from[milestone + 1]):
            task = tables.member[at]
            if search.placed[task]:
                last = max(last, search.end[task])
        search.reached[milestone] = last


@kernel
def _price(tables, search, task, end):
    """What ending then costs in bonds and milestones."""
    price = 0
    for at in range(tables.bond_from[task], tables.bond_from[task + 1]):
        other = tables.bond_other[at]
        if search.placed[other]:
            price += tables.bond_weight[at] * abs(end - search.end[other])
    for at in range(tables.goal_from[task], tables.goal_from[task + 1]):
        milestone = tables.goal[at]
        price += tables.milestone_weight[milestone] * max(0, end - search.reached[milestone])
    return price


@kernel
def _earliest(tables, search, task):
    low = 0
    for at in range(tables.before_from[task], tables.before_from[task + 1]):
        other = tables.before[at]
        if search.placed[other]:
            low = max(low, search.end[other] + tables.before_lag[at])
    return low


@kernel
def _latest(tables, search, task, last_day):
    high = last_day
    for at in range(tables.after_from[task], tables.after_from[task + 1]):
        other = tables.after[at]
        if search.placed[other]:
            high = min(high, search.start[other] - tables.after_lag[at])
    return high


@kernel
def _enough(tables, search, row, day):
    """Whether a day has what a row needs."""
    for at in range(len(search.free)):
        need = tables.needs[row, at]
        if need > 0 and search.free[at, day] < need:
            return False
    return True


@kernel
def _insert(tables, search, task, last_day, early):
    """Put a task where it costs least, or where it ends first; False where it fits nowhere."""
    low, high = _earliest(tables, search, task), _latest(tables, search, task, last_day)
    best, best_row, best_start = FORBIDDEN, -1, 0
    for row in range(tables.first_row[task], tables.first_row[task + 1]):
        duration, run = tables.duration[row], 0
        for end in range(low + (duration > 0), high + 1):
            run = run + 1 if duration == 0 or _enough(tables, search, row, end - 1) else 0
            start = end - duration
            if run < duration or start < low or tables.cost[row, start] >= best:
                continue
            price = end if early else tables.cost[row, start] + _price(tables, search, task, end)
            if price < best and random(search.chance) >= BLINK:
                best, best_row, best_start = price, row, start
                if early:
                    break
    if best_row >= 0:
        _put(tables, search, task, best_row, best_start)
    return best_row >= 0


@kernel
def _rebuild(tables, search, count, last_day, early):
    """Take out the first `count` of `out` and put them back in that order; False where one fits nowhere."""
    for place in range(count):
        task = search.out[place]
        search.old_start[task], search.old_row[task] = search.start[task], search.row[task]
        _take(tables, search, task)
    for place in range(count):
        if not early:
            _reach(tables, search)
        if not _insert(tables, search, search.out[place], last_day, early):
            return False
    return True


@kernel
def _restore(tables, search, count):
    for place in range(count):
        task = search.out[place]
        if search.placed[task]:
            _take(tables, search, task)
    for place in range(count):
        task = search.out[place]
        _put(tables, search, task, search.old_row[task], search.old_start[task])


@kernel
def _last_end(search):
    last = 0
    for task in range(len(search.start)):
        last = max(last, search.end[task])
    return last


@entry_kernel
def anneal(tables, search, turns, heat, cooled, best):
    """This many turns while the heat falls from `heat` to `cooled`; returns the least cost so far."""
    cost = _total(tables, search)
    fall = (cooled / heat) ** (1.0 / max(1, turns))
    for _turn in range(turns):
        heat *= fall
        last_day = min(tables.cost.shape[1] - 1, _last_end(search) + SLACK_DAYS)
        early = random(search.chance) < EARLY_SHARE
        if early:
            count = take_tail(search)
        else:
            count = choose(tables, search, LARGEST_RUIN)
            order(tables, search, count)
        sound = _rebuild(tables, search, count, last_day, early)
        now = _total(tables, search) if sound else FORBIDDEN
        if not sound or now > cost - heat * np.log(max(1e-12, random(search.chance))):
            _restore(tables, search, count)
            continue
        cost = now
        if cost < best:
            best = cost
            for task in range(len(search.start)):
                search.best_start[task], search.best_row[task] = search.start[task], search.row[task]
    return best

"""What goes on before CP-SAT for projects with prices: annealing from above, prices per day from below.

Each in a thread of its own, as both let go of the interpreter; one after the other where a run counts
steps, so that it repeats itself.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from meridian.solvers.scheduling.annealing import anneal, best_schedule, search_from
from meridian.solvers.scheduling.day_prices import DayPrices, climb
from meridian.solvers.scheduling.project import Project, Schedule, cost
from meridian.solvers.scheduling.tables import Tables, fits, tables_of
from meridian.solvers.solving.worker import Reporter

SHARE = 0.9
TASKS_SQUARED_A_SECOND = 50
TURNS_A_CALL = 500
TURNS_A_STEP = 100
CLIMBS_A_STEP = 10
HOT_SHARE = 0.4
COLD_SHARE = 0.008


@dataclass
class Best:
    """The best schedule that anyone here found; tells the reporter of each better one, one at a time."""

    project: Project
    reporter: Reporter
    schedule: Schedule

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self.cost = cost(self.project, self.schedule)

    def offer(self, schedule: Schedule) -> None:
        with self._lock:
            found = cost(self.project, schedule)
            if found < self.cost:
                self.cost, self.schedule = found, schedule
                self.reporter.improve(found, schedule)

    def raise_bound(self, bound: float) -> None:
        with self._lock:
            self.reporter.raise_bound(min(bound, self.cost))

    def is_proven(self) -> bool:
        """Costs are whole: a bound above the next lower one proves the best."""
        return self.reporter.bound > self.cost - 1 + 1e-6


def improve(project: Project, known: Schedule, reporter: Reporter) -> Schedule:
    """Tell better schedules and bounds for a share of the time, and return the best."""
    best = Best(project, reporter, known)
    if not fits(project):
        return known
    tables = tables_of(project)
    if reporter.limits.steps is not None:
        _anneal_turns(best, tables, reporter.limits.steps * TURNS_A_STEP)
        most = reporter.limits.steps * CLIMBS_A_STEP
        _climb(best, tables, lambda turn: turn < most)
        return best.schedule
    # CP-SAT proves small projects in no time and moves neither side of large ones.
    seconds = min(SHARE * reporter.remaining_seconds(), len(project.tasks) ** 2 / TASKS_SQUARED_A_SECOND)
    stop_left = reporter.remaining_seconds() - seconds

    def left() -> float:
        """The share of these seconds that is left."""
        past = best.is_proven() or seconds <= 0
        return 0.0 if past else max(0.0, (reporter.remaining_seconds() - stop_left) / seconds)

    climber = threading.Thread(target=_climb, args=(best, tables, lambda _turn: left() > 0), daemon=True)
    climber.start()
    _anneal_seconds(best, tables, left)
    climber.join()
    return best.schedule


def _climb(best: Best, tables: Tables, go_on: Callable[[int], bool]) -> None:
    climb(
        DayPrices(best.project, tables),
        known_cost=lambda: float(best.cost),
        tell=best.raise_bound,
        go_on=lambda turn: go_on(turn) and not best.is_proven(),
    )


def _heat(best: Best) -> float:
    return max(1.0, best.cost / len(best.project.tasks))


def _anneal_turns(best: Best, tables: Tables, turns: int) -> None:
    heat = _heat(best)
    search = search_from(tables, best.schedule, best.reporter.limits.seed)
    anneal(tables, search, turns, HOT_SHARE * heat, COLD_SHARE * heat, best.cost)
    best.offer(best_schedule(tables, search))


def _anneal_seconds(best: Best, tables: Tables, left: Callable[[], float]) -> None:
    heat, least = _heat(best), best.cost
    search = search_from(tables, best.schedule, best.reporter.limits.seed)
    while (share := left()) > 0:
        now = heat * HOT_SHARE * (COLD_SHARE / HOT_SHARE) ** (1 - share)
        found = anneal(tables, search, TURNS_A_CALL, now, now, least)
        if found < least:
            least = found
            best.offer(best_schedule(tables, search))

"""From events to clocks: the one way in which a promise, a stored clock and an explanation are computed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from meridian.kernel.working_time import Schedule
from meridian.work.service_levels.rules.clock import Count, count, stretches
from meridian.work.service_levels.rules.hours import Hours
from meridian.work.service_levels.rules.life import Event, Life, life_of
from meridian.work.service_levels.rules.runs import (
    STOPPED,
    Run,
    main_run,
    runs_for_requester,
    runs_of_teams,
)
from meridian.work.service_levels.rules.terms import Promise, Terms, choose

SLA = "sla"
BETWEEN_TEAMS = ("ola", "contract")
RUNNING, PAUSED, MET, BREACHED, CANCELLED = "running", "paused", "met", "breached", "cancelled"


@dataclass(frozen=True, slots=True)
class Rules:
    """What clocks are counted by: promises by kind and measure, what a category is part of, the hold reasons
    that pause a clock, and the hours of a team and a site."""

    promises: Mapping[tuple[str, str], Sequence[Promise]]
    wholes: Mapping[int, Sequence[int]]
    pausing: frozenset[int]
    schedule: Callable[[Hours, int | None, int | None], Schedule]


@dataclass(frozen=True, slots=True)
class Clocked:
    """A clock as it stands at the second `now`."""

    run: Run
    promise: Promise
    terms: Terms
    target: int
    count: Count
    due: int
    now: int

    @property
    def end(self) -> int:
        """Up to where it has counted."""
        return self.now if self.run.stop is None else self.run.stop

    @property
    def breached_at(self) -> int | None:
        """When it broke the promise; whoever answers in the last second keeps it."""
        is_late = self.due < self.end or (self.run.stop is None and self.due <= self.now)
        return self.due if is_late and self.run.ended in ("", STOPPED) and not self._waits() else None

    def _waits(self) -> bool:
        """Whether what is due lies in a pause that lasts: then it isn't due yet."""
        return self.count.is_paused and self.count.open_seconds < self.target

    @property
    def state(self) -> str:
        if self.run.stop is None:
            return PAUSED if self.count.is_paused else RUNNING
        if self.run.ended != STOPPED:
            return CANCELLED
        return BREACHED if self.breached_at is not None else MET

    def fires_at(self, percent: int) -> int:
        """When so many per cent of the target are counted."""
        return self.count.reached(self.target * percent // 100)


def clocked(rules: Rules, life: Life, run: Run, kind: str, now: int) -> Clocked | None:
    """The clock of a run; None where nobody promised anything."""
    chosen = choose(rules.promises.get((kind, run.measure), ()), run.standing, rules.wholes, run.start)
    if chosen is None:
        return None
    promise, terms, target = chosen
    end, goes_on = (now, True) if run.stop is None else (run.stop, False)
    laid = stretches(life.turns, run.start, end, rules.pausing - terms.runs_on, goes_on=goes_on)

    def hours(team: int | None, site: int | None) -> Schedule:
        return rules.schedule(terms.hours, team, site)

    counted = count(run.start, laid, hours, (run.standing.team, run.standing.site))
    return Clocked(run, promise, terms, target, counted, counted.reached(target), now)


def clocks_of(rules: Rules, events: Iterable[Event], now: int) -> Iterator[Clocked]:
    """Every clock of an item at the second `now`."""
    life = life_of(events, now)
    kinds = {kind for kind, _measure in rules.promises}
    if SLA in kinds:
        for run in runs_for_requester(life):
            if found := clocked(rules, life, run, SLA, now):
                yield found
    between = [kind for kind in BETWEEN_TEAMS if kind in kinds]
    for run in runs_of_teams(life) if between else ():
        for kind in between:
            if found := clocked(rules, life, run, kind, now):
                yield found


def promised(rules: Rules, events: Iterable[Event], now: int) -> int | None:
    """When the item is due: its clock of resolution or fulfilment."""
    life = life_of(events, now)
    found = clocked(rules, life, main_run(life), SLA, now)
    return found.due if found else None

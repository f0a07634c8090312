"""Staff a pool by simulation: raise the hours that fall short, or, with several skills, add cuts and solve
again.

The method of M. Cezik and P. L'Ecuyer (2008): an integer programme of least agents; simulate; where a service
level falls short, add a cut whose slopes are finite differences under common random numbers; repeat; then
take agents away again where the promise still holds. The hours of the week share their simulations: one run
per group gives the slopes of all hours.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, lil_array

from meridian.solvers.centres.facade import OFFERED, WITHIN, Centre, Played, Span, play
from meridian.solvers.desks.pools import Clock, Pool, Staffing, centre_of, split
from meridian.solvers.desks.required import agents_required, lagged_rates
from meridian.solvers.desks.settings import Promise

SURE = 2.0
MOST_ROUNDS = 6
LARGEST_STEP = 3
SOLVER_SECONDS = 2.0
HALVINGS = 3
PASSES = 2


@dataclass(frozen=True)
class Trial:
    """How a staffing is tried: the promise, the spread of handling times, the seed, how many years."""

    promise: Promise
    clock: Clock
    variation: float
    seed: int
    replications: int
    weeks: int = 52

    def play(self, pool: Pool, staffing: Staffing, by_week: bool = False) -> Played:
        centre: Centre = centre_of(pool, staffing, self.promise, self.clock, self.variation)
        span = Span(self.weeks, batches=int(self.weeks) if by_week else 0)
        return play(centre, self.seed, self.replications, span)


@dataclass(frozen=True)
class Levels:
    """Contacts offered and answered in time (classes, hours), and what each share could be off by (one
    sigma).
    """

    offered: np.ndarray
    within: np.ndarray
    hour_error: np.ndarray
    class_error: np.ndarray

    def short_hours(self, share: float) -> np.ndarray:
        offered, within = self.offered.sum(axis=0), self.within.sum(axis=0)
        return np.flatnonzero((offered > 0) & (_ratio(within, offered) + SURE * self.hour_error < share))

    def short_classes(self, share: float) -> np.ndarray:
        offered, within = self.offered.sum(axis=1), self.within.sum(axis=1)
        return np.flatnonzero((offered > 0) & (_ratio(within, offered) + SURE * self.class_error < share))

    def kept(self, share: float) -> bool:
        return not len(self.short_hours(share)) and not len(self.short_classes(share))


def levels(played: Played) -> Levels:
    """Service levels by hour and by class with their standard errors over the replications."""
    offered, within = played.counts[..., OFFERED], played.counts[..., WITHIN]
    return Levels(
        offered.sum(axis=0),
        within.sum(axis=0),
        ratio_error(within.sum(axis=1), offered.sum(axis=1)),
        ratio_error(within.sum(axis=2), offered.sum(axis=2)),
    )


def ratio_error(parts: np.ndarray, wholes: np.ndarray) -> np.ndarray:
    """Standard error of sum(parts) / sum(wholes) over the first axis; 1 where it cannot be told."""
    count = len(parts)
    if count < 2:
        return np.ones(parts.shape[1:])
    ratio = _ratio(parts.sum(axis=0), wholes.sum(axis=0))
    mean = wholes.mean(axis=0)
    spread = np.sqrt(((parts - ratio * wholes) ** 2).sum(axis=0) / (count - 1) / count)
    return np.where(mean > 0, spread / np.where(mean > 0, mean, 1.0), 0.0)


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return part / np.where(whole > 0, whole, 1.0)


def analytic(pool: Pool, promise: Promise, clock: Clock) -> Staffing:
    """One group that speaks every language of the pool, staffed by Erlang A on the lagged load."""
    rates = pool.total_rates
    seconds = pool.mean_handling_seconds
    lagged = np.where(rates > 0, lagged_rates(rates, seconds, clock.slot_minutes * 60.0), 0.0)
    return Staffing((tuple(range(len(pool.languages))),), agents_required(lagged, seconds, promise)[None, :])


def raise_short_hours(pool: Pool, staffing: Staffing, trial: Trial, going: Callable[[], bool]) -> Staffing:
    """Add an agent of a single group in every hour that surely falls short, until none does."""
    for _ in range(MOST_ROUNDS):
        if not going():
            break
        short = levels(trial.play(pool, staffing)).short_hours(trial.promise.share)
        if not len(short):
            break
        more = np.isin(trial.clock.hour_of_slot, short) & (pool.total_rates > 0)
        staffing = Staffing(staffing.skills, staffing.agents + more)
    return staffing


def paired_start(pool: Pool, promise: Promise, clock: Clock) -> Staffing:
    """Agents with two languages: their own and the pool's first one; the first language's own agents fill up.

    The scarce languages get what they would need alone, the whole no more than one pool of all languages
    would need.
    """
    pooled = analytic(pool, promise, clock).agents[0]
    others = np.vstack([analytic(one, promise, clock).agents for one in split(pool)[1:]])
    first = np.maximum(pooled - others.sum(axis=0), 0)
    skills = ((0,), *((index, 0) for index in range(1, len(pool.languages))))
    return Staffing(skills, np.vstack([first[None, :], others]))


def staff_by_cuts(pool: Pool, staffing: Staffing, trial: Trial, going: Callable[[], bool]) -> Staffing:
    """The fewest agents of several groups that keep the promise in each hour and each language."""
    cuts: list[tuple[csr_array, np.ndarray]] = []
    for _ in range(MOST_ROUNDS):
        if not going():
            return staffing
        found = levels(trial.play(pool, staffing))
        if found.kept(trial.promise.share):
            break
        cuts.append(_cut(pool, staffing, trial, found))
        staffing = _cheapest(staffing, cuts, found.short_hours(trial.promise.share), trial.clock)
    return _take_away(pool, staffing, trial, going)


def _hourly(staffing: Staffing, clock: Clock) -> np.ndarray:
    """Agents by hour (groups, hours): the most of the slots of each."""
    hours = clock.hour_of_slot
    return np.array([[row[hours == hour].max() for hour in range(hours[-1] + 1)] for row in staffing.agents])


def _slopes(pool: Pool, staffing: Staffing, trial: Trial, found: Levels) -> np.ndarray:
    """Contacts more in time (groups, classes, hours) for one agent more of a group; never fewer."""
    slopes = []
    busy = pool.total_rates > 0
    for group in range(len(staffing.skills)):
        raised = staffing.agents.copy()
        raised[group] += busy
        after = levels(trial.play(pool, Staffing(staffing.skills, raised)))
        slopes.append(np.maximum(after.within - found.within, 0.0))
    return np.array(slopes)


def _cut(pool: Pool, staffing: Staffing, trial: Trial, found: Levels) -> tuple[csr_array, np.ndarray]:
    """Rows over the agents (groups x hours) that each short hour and language asks for."""
    slopes = _slopes(pool, staffing, trial, found)
    groups, _, hours = slopes.shape
    now = _hourly(staffing, trial.clock).ravel()
    short_hours = found.short_hours(trial.promise.share)
    short_classes = found.short_classes(trial.promise.share)
    rows = lil_array((len(short_hours) + len(short_classes), groups * hours))
    least = []
    for row, hour in enumerate(short_hours):
        offered = found.offered[:, hour].sum()
        rows[row, [group * hours + hour for group in range(groups)]] = (
            slopes[:, :, hour].sum(axis=1) / offered
        )
        least.append(trial.promise.share - found.within[:, hour].sum() / offered)
    for row, index in enumerate(short_classes, len(short_hours)):
        offered = found.offered[index].sum()
        rows[row, :] = slopes[:, index].ravel() / offered
        least.append(trial.promise.share - found.within[index].sum() / offered)
    matrix = csr_array(rows)
    # An hour that no single agent helps, or that three would not mend, is asked for as much as three would
    # give.
    reachable = 0.999 * LARGEST_STEP * np.asarray(matrix.sum(axis=1)).ravel()
    return matrix, np.minimum(np.array(least), reachable) + matrix @ now


def _cheapest(
    staffing: Staffing, cuts: list[tuple[csr_array, np.ndarray]], short_hours: np.ndarray, clock: Clock
) -> Staffing:
    """The fewest agents that meet the newest cuts and, where still possible, the older ones."""
    now = _hourly(staffing, clock)
    asked = np.zeros(now.shape[1], bool)
    asked[short_hours] = True
    # Only an hour with a cut of its own may trade one group against another: nothing holds the others up.
    bounds = Bounds(np.maximum(now - asked, 0).ravel(), now.ravel() + LARGEST_STEP)
    for kept in (cuts, cuts[-1:]):
        constraints = [LinearConstraint(matrix, least, np.inf) for matrix, least in kept]
        answer = milp(
            np.ones(now.size),
            constraints=constraints,
            integrality=np.ones(now.size),
            bounds=bounds,
            options={"time_limit": SOLVER_SECONDS, "mip_rel_gap": 3e-3},
        )
        if answer.x is not None:
            hourly = np.round(answer.x).astype(np.int64).reshape(now.shape)
            return Staffing(staffing.skills, hourly[:, clock.hour_of_slot])
    return staffing


def _take_away(pool: Pool, staffing: Staffing, trial: Trial, going: Callable[[], bool]) -> Staffing:
    """One agent less of each group in turn, in the hours that can best spare one, while the promise holds."""
    for group in PASSES * tuple(range(len(staffing.skills))):
        if not going():
            break
        everywhere = np.arange(int(trial.clock.hour_of_slot[-1]) + 1)
        found = levels(trial.play(pool, _fewer(staffing, group, everywhere, trial.clock)))
        hours = _spared(found, trial)
        for _ in range(HALVINGS):
            if not len(hours) or not going():
                break
            candidate = _fewer(staffing, group, hours, trial.clock)
            if levels(trial.play(pool, candidate)).kept(trial.promise.share):
                staffing = candidate
                break
            hours = hours[: len(hours) // 2]
    return staffing


def _fewer(staffing: Staffing, group: int, hours: np.ndarray, clock: Clock) -> Staffing:
    agents = staffing.agents.copy()
    agents[group] = np.maximum(agents[group] - np.isin(clock.hour_of_slot, hours), 0)
    return Staffing(staffing.skills, agents)


def _spared(found: Levels, trial: Trial) -> np.ndarray:
    """Hours that keep the promise with an agent less, those whose worst language is served best first."""
    whole = _ratio(found.within.sum(axis=0), found.offered.sum(axis=0))
    each = np.where(found.offered > 0, _ratio(found.within, found.offered), 1.0).min(axis=0)
    kept = np.flatnonzero(whole >= trial.promise.share)
    return kept[np.argsort(-each[kept])]

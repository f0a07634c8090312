"""One thread of the search: trials of the ways to cool, one long cooling, and a way home."""

import time

import numpy as np

from meridian.solvers.placement.annealing import Trail, anneal
from meridian.solvers.placement.clocks import Clock
from meridian.solvers.placement.cooling import HOMECOMING, STRAIT_WAYS, WAYS, Board, Cooling, Trial
from meridian.solvers.placement.files import Numbers
from meridian.solvers.placement.state import (
    COST,
    DEPENDENCY_LACK,
    SPREAD_LACK,
    Prices,
    Problem,
    apart,
    build_state,
    fill_state,
    hold,
    reprice,
)

LARGEST_PRICE = 1_000_000.0
# Shares of the run at which trials, waiting for giants (at the latest) and the long cooling end; the rest is
# the way home. A trial with arranged giants takes as long as any other.
TRIALS_END, PATIENCE_ENDS, LONG_END = 0.14, 0.3, 0.92
TRIAL = 0.04
KNEE_SHARE = 0.85
COLDEST = 0.1
LARGEST_RULE_PRICE = 30.0
PRICE_DOUBLINGS = 30.0  # of a machine that stays too full, from warm to cold
PRICES_MOVE_FROM = 0.3
MIX = np.array([64, 448, 736, 512], dtype=np.int64)


class Walker:
    """Anneals its own state; see `walk`. Walker `number` of `count`."""

    def __init__(
        self, problem: Problem, initial: Numbers, seed: int, number: int, count: int, board: Board
    ) -> None:
        self.whole_problem, self.board, self.initial = problem, board, initial
        self.problem = problem  # with arranged giants held
        self.giants: dict[int, int] = {}
        self.number, self.count = number, count
        self.weight = float((problem.demand[0] * problem.load_weight).sum(axis=1).mean()) + 1.0
        self.unit = float(problem.load_weight.mean()) + 1.0
        self.need = _transient_need(problem)
        self.price = np.zeros(problem.capacity.shape)
        self.share = 0.0
        self.rule_price = np.zeros(2)
        machines = len(problem.capacity)
        self.prices = Prices(
            np.zeros(problem.capacity.shape, np.int64), apart(2), np.zeros(len(initial), np.int64),
            np.zeros((machines, machines), np.int64),
        )  # fmt: skip
        self.state = build_state(problem, initial, self.prices)
        self.first_cost = int(self.state.totals[COST])
        self.trail = Trail(apart(1, np.uint64), initial.copy(), apart(1), board.stop, apart(8).reshape(4, 2))
        self.trail.random[0] = np.random.default_rng(seed).integers(1, 2**63, dtype=np.uint64)

    def compile(self) -> None:
        """Have the kernels compiled, which takes seconds when no cache has them."""
        anneal(self.problem, self.state, self.prices, 1.0, MIX, 0, self.trail)

    def walk(self, clock: Clock) -> None:
        """Go through the coolings. Trials start from the first assignment, what follows from the best."""
        trials = range(self.number, len(WAYS), self.count)
        begins = 0.0
        for place, way in enumerate(trials, start=1):
            ends = TRIALS_END * place / len(trials)
            self._cool(WAYS[way], (begins, ends), clock, trial=Trial(way))
            begins = ends
        while self.board.giants_may_come() and begins < PATIENCE_ENDS:
            begins = self._try(Trial(STRAIT_WAYS[0]), begins, clock)
        self.giants = self.board.take_giants()
        if self.giants:
            begins = self._try(Trial(STRAIT_WAYS[0], arranged=True), begins, clock)
        best = self.board.suited(self.number, self.first_cost)
        self._cool(WAYS[best.way], (begins, LONG_END), clock, arranged=best.arranged)
        self._cool(HOMECOMING, (LONG_END, 1.0), clock)

    def _try(self, trial: Trial, begins: float, clock: Clock) -> float:
        """Cool for a short while; returns when, as a share of the run, that ended."""
        ends = begins + TRIAL
        self._cool(WAYS[trial.way], (begins, ends), clock, arranged=trial.arranged, trial=trial)
        return ends

    def _cool(
        self,
        cooling: Cooling,
        span: tuple[float, float],
        clock: Clock,
        *,
        arranged: bool = False,
        trial: Trial | None = None,
    ) -> None:
        """Cool over the `span` of the run (shares of it), giants kept where they are `arranged`."""
        self.share = 0.0
        self.prices.farness[:] = _farness(self.whole_problem, cooling.by_distance)
        _, cost, machines = self.board.look()
        self.trail.best_cost[0] = self.first_cost if trial is not None or cost is None else cost
        start = (self.initial if trial is not None else machines).copy()
        self.problem = self.whole_problem
        if arranged:
            start[list(self.giants)] = list(self.giants.values())
            self.problem = hold(self.whole_problem, self.giants)
        fill_state(self.problem, self.state, start, self.prices)
        begins, ends = span
        while (spent := clock.spent()) < ends and self.board.stop[0] == 0:
            share = min(1.0, max(0.0, (spent - begins) / (ends - begins)))
            temperature = self._temperature(cooling, share)
            self._set_prices(cooling, share, temperature)
            self._anneal(temperature, clock, trial)

    def _set_prices(self, cooling: Cooling, share: float, temperature: float) -> None:
        """Prices rise where a rule stays broken, and fall back to the base of the cooling elsewhere."""
        base = self.unit * cooling.first_price * (cooling.last_price / cooling.first_price) ** share
        passed = max(0.0, share - self.share)
        self.share = share
        rise = 2.0 ** (PRICE_DOUBLINGS * passed) if share > PRICES_MOVE_FROM else 1.0
        fall = 2.0 ** (-PRICE_DOUBLINGS * passed)
        broken = self.state.held > self.problem.capacity
        self.price = np.maximum(self.price * np.where(broken, rise, fall), base)
        self.price = np.minimum(self.price, max(LARGEST_PRICE, base))
        lacking = self.state.totals[[SPREAD_LACK, DEPENDENCY_LACK]] > 0
        self.rule_price = np.maximum(
            self.rule_price * np.where(lacking, rise, fall), cooling.rule_price * self.weight
        )
        self.rule_price = np.minimum(self.rule_price, LARGEST_RULE_PRICE * self.weight)
        self.prices.excess[:] = self.price
        self.prices.rules[:] = self.rule_price + 1
        longing = (1 - cooling.by_need) + cooling.by_need * self.need
        self.prices.away[:] = cooling.homesickness * temperature * longing
        reprice(self.problem, self.state, self.prices)

    def _temperature(self, cooling: Cooling, share: float) -> float:
        knee = max(self.weight * cooling.knee, COLDEST)
        if share < KNEE_SHARE:
            warm = max(self.weight * cooling.warm, COLDEST)
            return float(warm * (knee / warm) ** (share / KNEE_SHARE))
        return float(knee * (COLDEST / knee) ** ((share - KNEE_SHARE) / (1 - KNEE_SHARE)))

    def _anneal(self, temperature: float, clock: Clock, trial: Trial | None) -> None:
        steps = clock.steps()
        started_at = time.monotonic()
        known = int(self.trail.best_cost[0])
        anneal(self.problem, self.state, self.prices, temperature, MIX, steps, self.trail)
        clock.count(steps, time.monotonic() - started_at)
        if self.trail.best_cost[0] < known:
            self.board.offer(int(self.trail.best_cost[0]), self.trail.best, trial)


def _transient_need(problem: Problem) -> np.ndarray:
    """What each process keeps at home while it is away, in means over all processes; 1 if nothing is kept."""
    kept = (problem.demand[0] - problem.demand[1]).astype(float)
    means = kept.mean(axis=0)
    used = means > 0
    if not used.any():
        return np.ones(len(kept))
    return np.asarray((kept[:, used] / means[used]).mean(axis=1))


def _farness(problem: Problem, by_distance: float) -> np.ndarray:
    """Sixteenths: 16 everywhere, or in part `by_distance` by the cost of the way in means of what costs."""
    cost = problem.machine_move.astype(float)
    costly = cost > 0
    relative = cost / cost[costly].mean() if costly.any() else np.ones_like(cost)
    return 16 * ((1 - by_distance) + by_distance * relative)

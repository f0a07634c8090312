"""One thread of the search: a long cooling from warm to cold, in which the price of broken rules rises."""

import threading
import time
from dataclasses import dataclass

import numpy as np

from meridian.steering.placement.annealing import Trail, anneal
from meridian.steering.placement.clocks import Clock
from meridian.steering.placement.files import Numbers
from meridian.steering.placement.state import (
    COST,
    DEPENDENCY_LACK,
    SPREAD_LACK,
    Prices,
    Problem,
    apart,
    build_state,
    fill_state,
    reprice,
)

LARGEST_PRICE = 1_000_000.0


@dataclass(frozen=True)
class Cooling:
    """A part of the run: its end as a share of the time, temperatures, prices of excess at its ends.

    Temperatures count in the mean weighted requirement of a process, prices in the mean load weight, and
    `homesickness`, the price of a process away from its first machine, in temperatures: warmth alone
    would scatter every process. `rule_price` is the least price of a broken spread or dependency, in mean
    weighted requirements. Most of the time goes to the range from `warm` to `knee`, where the big
    processes find their places.
    """

    ends: float
    warm: float
    knee: float
    first_price: float = 100.0
    last_price: float = 100.0
    homesickness: float = 0.0
    rule_price: float = 3.0


# The last cooling brings processes home where that costs no load.
HOMECOMING = Cooling(1.0, 3e-5, 1e-7, homesickness=6.0)
PLANS = (
    (Cooling(0.9, 0.6, 1e-3, first_price=30.0, homesickness=0.3, rule_price=0.3), HOMECOMING),
    (Cooling(0.9, 1.0, 1e-3, homesickness=3.0), HOMECOMING),
)
KNEE_SHARE = 0.85
COLDEST = 0.1
LARGEST_RULE_PRICE = 30.0
PRICE_DOUBLINGS = 30.0  # of a machine that stays too full, from warm to cold
PRICES_MOVE_FROM = 0.3
MIX = np.array([64, 448, 736, 512], dtype=np.int64)


class Board:
    """The best assignment of all walkers, and the flag that ends them."""

    def __init__(self, initial: Numbers) -> None:
        self._lock = threading.Lock()
        self._version = 0
        self._cost: int | None = None
        self._machines = initial.copy()
        self.stop = apart(1)

    def look(self) -> tuple[int, int | None, Numbers]:
        """Version (0: still the first assignment), cost if any was found, machine of every process."""
        with self._lock:
            return self._version, self._cost, self._machines

    def offer(self, cost: int, machines: Numbers) -> None:
        """Keep `machines` if they are cheaper than what is here."""
        with self._lock:
            if self._cost is None or cost < self._cost:
                self._cost, self._machines = cost, machines.copy()
                self._version += 1


class Walker:
    """Anneals its own state; see `walk`."""

    def __init__(self, problem: Problem, initial: Numbers, seed: int, plan: int, board: Board) -> None:
        self.problem, self.board = problem, board
        self.plan = PLANS[plan % len(PLANS)]
        self.weight = float((problem.demand[0] * problem.load_weight).sum(axis=1).mean()) + 1.0
        self.unit = float(problem.load_weight.mean()) + 1.0
        self.price = np.zeros(problem.capacity.shape)
        self.share = 0.0
        self.rule_price = np.zeros(2)
        self.prices = Prices(np.zeros(problem.capacity.shape, np.int64), apart(2), apart(1))
        self.state = build_state(problem, initial, self.prices)
        self.trail = Trail(apart(1, np.uint64), initial.copy(), apart(1), board.stop, apart(8).reshape(4, 2))
        self.trail.best_cost[0] = self.state.totals[COST]
        self.trail.random[0] = np.random.default_rng(seed).integers(1, 2**63, dtype=np.uint64)

    def walk(self, clock: Clock) -> None:
        """Go through the coolings; each begins from the better of the walker's own state and the board."""
        begins = 0.0
        for cooling in self.plan:
            self.share = 0.0
            _, cost, machines = self.board.look()
            if cost is not None and cost < self.state.totals[COST]:
                fill_state(self.problem, self.state, machines, self.prices)
            while (spent := clock.spent()) < cooling.ends and self.board.stop[0] == 0:
                share = min(1.0, max(0.0, (spent - begins) / (cooling.ends - begins)))
                temperature = self._temperature(cooling, share)
                self._set_prices(cooling, share, temperature)
                self._anneal(temperature, clock)
            begins = cooling.ends

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
        self.prices.away[0] = int(cooling.homesickness * temperature)
        reprice(self.problem, self.state, self.prices)

    def _temperature(self, cooling: Cooling, share: float) -> float:
        knee = max(self.weight * cooling.knee, COLDEST)
        if share < KNEE_SHARE:
            warm = max(self.weight * cooling.warm, COLDEST)
            return float(warm * (knee / warm) ** (share / KNEE_SHARE))
        return float(knee * (COLDEST / knee) ** ((share - KNEE_SHARE) / (1 - KNEE_SHARE)))

    def _anneal(self, temperature: float, clock: Clock) -> None:
        steps = clock.steps()
        started_at = time.monotonic()
        known = int(self.trail.best_cost[0])
        anneal(self.problem, self.state, self.prices, temperature, MIX, steps, self.trail)
        clock.count(steps, time.monotonic() - started_at)
        if self.trail.best_cost[0] < known:
            self.board.offer(int(self.trail.best_cost[0]), self.trail.best)

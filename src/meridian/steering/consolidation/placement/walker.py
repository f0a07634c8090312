"""One thread of the search: coolings from warm to cold, with prices of broken rules that rise meanwhile."""

import threading
import time
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .annealing import anneal
from .files import Numbers
from .state import COST, Prices, Problem, build_state, fill_state, reprice

ROUND_SECONDS = 0.03
FIRST_STEPS = 16_384
LARGEST_PRICE = 1_000_000.0


class Clock(Protocol):
    """How much of the run is spent (0 to 1), and how many steps the next round may take."""

    def spent(self) -> float: ...

    def steps(self) -> int: ...

    def count(self, steps: int, seconds: float) -> None: ...


class TimeClock:
    """Spends wall time; every walker has its own pace."""

    def __init__(self, seconds: float) -> None:
        self.started_at = time.monotonic()
        self.seconds = max(seconds, 1e-9)
        self.pace = threading.local()

    def spent(self) -> float:
        return (time.monotonic() - self.started_at) / self.seconds

    def steps(self) -> int:
        return int(getattr(self.pace, "steps", FIRST_STEPS))

    def count(self, steps: int, seconds: float) -> None:
        self.pace.steps = max(1024, int(steps * min(2.0, ROUND_SECONDS / max(seconds, 1e-6))))


class StepClock:
    """Spends steps, so that a run can be repeated on any machine."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0

    def spent(self) -> float:
        return self.done / self.total

    def steps(self) -> int:
        return min(max(1024, self.total // 500), self.total - self.done)

    def count(self, steps: int, seconds: float) -> None:
        self.done += steps


class Board:
    """The best assignment of all walkers."""

    def __init__(self, initial: Numbers) -> None:
        self._lock = threading.Lock()
        self._version = 0
        self._cost: int | None = None
        self._machines = initial.copy()
        self.stop = np.zeros(1, dtype=np.int64)

    def look(self) -> tuple[int, Numbers]:
        with self._lock:
            return self._version, self._machines

    def offer(self, cost: int, machines: Numbers) -> None:
        with self._lock:
            if self._cost is None or cost < self._cost:
                self._cost, self._machines = cost, machines.copy()
                self._version += 1


@dataclass(frozen=True)
class Cooling:
    """A part of the run, as shares of its time, with temperature and price of a unit of excess at its ends."""

    begins: float
    ends: float
    warm: float
    cold: float
    first_price: float
    last_price: float


COOLINGS = (
    Cooling(0.0, 0.7, 3.0, 0.0001, 5.0, 40.0),
    Cooling(0.7, 0.85, 0.3, 0.0001, 10.0, 100.0),
    Cooling(0.85, 1.0, 0.1, 0.00001, 20.0, 100.0),
)


class Walker:
    """Anneals its own state; see `walk`."""

    def __init__(self, problem: Problem, initial: Numbers, seed: int, board: Board) -> None:
        self.problem, self.board = problem, board
        self.price = np.zeros(problem.capacity.shape)
        # Temperatures count in what a typical process weighs in the load of its machine.
        self.scale = float((problem.demand[0] * problem.load_weight).sum(axis=1).mean()) + 1.0
        self.unit = float(problem.load_weight.mean()) + 1.0
        self.prices = Prices(np.zeros(problem.capacity.shape, np.int64), int(10 * self.scale), int(10 * self.scale))
        self.state = build_state(problem, initial, self.prices)
        self.best = initial.copy()
        self.best_cost = np.array([self.state.totals[COST]])
        self.random = np.random.default_rng(seed).integers(1, 2**63, 1, dtype=np.uint64)
        self.tally = np.zeros(4, dtype=np.int64)

    def walk(self, clock: Clock) -> None:
        """Go through every cooling; each begins from the best of all walkers."""
        for cooling in COOLINGS:
            self.price[:] = 0
            fill_state(self.problem, self.state, self.board.look()[1], self.prices)
            while (spent := clock.spent()) < cooling.ends and self.board.stop[0] == 0:
                self._round(cooling, (spent - cooling.begins) / (cooling.ends - cooling.begins), clock)

    def _round(self, cooling: Cooling, share: float, clock: Clock) -> None:
        share = min(max(share, 0.0), 1.0)
        temperature = self.scale * cooling.warm * (cooling.cold / cooling.warm) ** share
        base = self.unit * cooling.first_price * (cooling.last_price / cooling.first_price) ** share
        broken = self.state.held > self.problem.capacity
        self.price = np.where(broken, np.minimum(self.price * 1.02, LARGEST_PRICE), self.price * 0.98)
        self.price = np.maximum(self.price, base)
        self.prices.excess[:] = self.price
        reprice(self.problem, self.state, self.prices)
        steps = clock.steps()
        started_at = time.monotonic()
        known = int(self.best_cost[0])
        anneal(
            self.problem, self.state, self.prices, np.array([temperature, temperature, 0.5]), steps, self.random,
            self.best, self.best_cost, self.board.stop, self.tally,
        )  # fmt: skip
        clock.count(steps, time.monotonic() - started_at)
        if self.best_cost[0] < known:
            self.board.offer(int(self.best_cost[0]), self.best)

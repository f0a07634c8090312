"""Ways to cool: how warm, what broken rules and absence from home cost, and which way suits an instance."""

import threading
from dataclasses import dataclass
from typing import NamedTuple

from meridian.solvers.placement.files import Numbers
from meridian.solvers.placement.state import apart


@dataclass(frozen=True)
class Cooling:
    """Temperatures from warm to cold, prices of excess at both ends, and prices of what warmth undoes.

    Temperatures count in the mean weighted requirement of a process, prices in the mean load weight, and
    `homesickness`, the price of a process away from its first machine, in temperatures: warmth alone
    would scatter every process. `by_need` (0 to 1) is the part of that price that goes by the transient
    resources which the process keeps at home while it is away, `by_distance` (0 to 1) the part that goes by
    the cost of the way from machine to machine. `rule_price` is the least price of a
    broken spread or dependency, in mean weighted requirements. Most of the time goes to the range from
    `warm` to `knee`, where the big processes find their places.
    """

    warm: float
    knee: float
    first_price: float = 100.0
    last_price: float = 100.0
    homesickness: float = 0.0
    by_need: float = 0.0
    by_distance: float = 0.0
    rule_price: float = 3.0


# No one way suits every instance: where neighbourhoods bind, cheap rules end unlawful; elsewhere dear ones
# end too soon; some want few moves, some a slow end. So all run for a short while first (`Board.suited`).
WAYS = (
    Cooling(0.6, 1e-3, first_price=30.0, homesickness=0.3, by_need=1.0, rule_price=0.3),
    Cooling(0.6, 1e-3, first_price=30.0, homesickness=1.5, by_need=0.5),
    Cooling(0.6, 1e-3, first_price=30.0, homesickness=1.5, by_need=0.5, by_distance=0.5),
    Cooling(0.3, 3e-3, first_price=30.0, homesickness=0.8, by_need=1.0, rule_price=1.0),
    Cooling(0.6, 1e-6, first_price=30.0, homesickness=0.3, by_need=1.0, rule_price=0.3),
    Cooling(1.0, 1e-3, homesickness=3.0),
    Cooling(1.0, 1e-3, homesickness=6.0),
)
# What suits once giants are arranged, one a walker; the trials, too short for cheap rules, would not say so.
STRAIT_WAYS = (1, 0)
# The last cooling brings processes home where that costs no load.
HOMECOMING = Cooling(3e-5, 1e-7, homesickness=6.0)
# A way whose trial ended so much of the first cost above the best (two seeds differ by as much) is not taken.
CLOSE = 0.003


class Trial(NamedTuple):
    """A way to cool that was tried, with the giants arranged first or not."""

    way: int
    arranged: bool = False


class Board:
    """The best assignment of all walkers, the ends of trials, the giants, and the flag that stops walks."""

    def __init__(self, initial: Numbers) -> None:
        self._lock = threading.Lock()
        self._version = 0
        self._cost: int | None = None
        self._machines = initial.copy()
        self._trials: dict[Trial, int] = {}
        self._giants: dict[int, int] | None = None
        self._giants_awaited = self._giants_taken = False
        self.stop = apart(1)

    def look(self) -> tuple[int, int | None, Numbers]:
        """Version (0: still the first assignment), cost if any was found, machine of every process."""
        with self._lock:
            return self._version, self._cost, self._machines

    def offer(self, cost: int, machines: Numbers, trial: Trial | None = None) -> None:
        """Keep `machines` if they are cheaper than what is here; `trial` says whose end they are."""
        with self._lock:
            if trial is not None:
                self._trials[trial] = min(cost, self._trials.get(trial, cost))
            if self._cost is None or cost < self._cost:
                self._cost, self._machines = cost, machines.copy()
                self._version += 1

    def suited(self, number: int, first_cost: int) -> Trial:
        """What walker `number` is to cool by: the best of the trials, or another that came close to it.

        Where arranged giants came close, they stay, and the ways are those for straits.
        """
        with self._lock:
            order = sorted(self._trials, key=lambda trial: (self._trials[trial], trial))
            if not order:
                return Trial(number % len(WAYS))
            limit = self._trials[order[0]] + CLOSE * first_cost
            close = [trial for trial in order if self._trials[trial] <= limit]
        if any(trial.arranged for trial in close):
            return Trial(STRAIT_WAYS[number % len(STRAIT_WAYS)], arranged=True)
        return close[number % len(close)]

    def await_giants(self, awaited: bool) -> None:
        """Say that an arrangement of the giants may come, or that none comes any more."""
        with self._lock:
            self._giants_awaited = awaited

    def arrange(self, giants: dict[int, int]) -> None:
        """Offer machines for giants; what comes after they were taken is too late."""
        with self._lock:
            if not self._giants_taken:
                self._giants = dict(giants)

    def giants_may_come(self) -> bool:
        """Whether there is no arrangement yet, but hope of one."""
        with self._lock:
            return self._giants_awaited and self._giants is None and not self._giants_taken

    def giants_taken(self) -> bool:
        """Whether the walkers have gone on with what there was."""
        with self._lock:
            return self._giants_taken

    def take_giants(self) -> dict[int, int]:
        """Machines of giants that are to leave, if any; the same for every walker."""
        with self._lock:
            self._giants_taken = True
            return self._giants or {}

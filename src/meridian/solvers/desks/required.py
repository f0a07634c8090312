"""How many agents an hour needs, by Erlang A on the load that is really there.

The load of an hour lags behind its arrivals by the time contacts take (S. Eick, W. Massey, W. Whitt 1993: the
offered load of M(t)/M/infinity), so the closed form is asked about the lagged load, not about the arrivals.
"""

import math
from functools import lru_cache

import numpy as np
from scipy.signal import lfilter

from meridian.solvers.desks.erlang import Queue, erlang_a
from meridian.solvers.desks.settings import Promise

EVERY_COUNT_UP_TO = 60
GROWTH = 1.04
BISECTIONS = 26


def lagged_rates(rates: np.ndarray, handling_seconds: float, slot_seconds: float) -> np.ndarray:
    """The mean load of each slot of the cyclic week, as a rate (contacts per second)."""
    fading = math.exp(-slot_seconds / handling_seconds)
    # Two weeks: the first only finds the level with which the cyclic week begins.
    ends = lfilter([1.0 - fading], [1.0, -fading], np.tile(rates, 2))
    begins = ends[len(rates) - 1 : -1]
    return rates + (begins - rates) * (1.0 - fading) * handling_seconds / slot_seconds


def agents_required(rates: np.ndarray, handling_seconds: float, promise: Promise) -> np.ndarray:
    """The fewest agents that keep the promise at each rate (contacts per second); none where nobody calls."""
    counts, limits = _limits(round(handling_seconds, 1), promise, _reach(float(rates.max(initial=0.0))))
    needed = np.interp(rates, limits, counts)
    return np.where(rates > 0, np.maximum(np.ceil(needed - 1e-9), 1), 0).astype(np.int64)


def _reach(rate: float) -> float:
    """A round rate at or above `rate`, so that tables are found again."""
    return 2.0 ** math.ceil(math.log2(rate)) if rate > 0 else 1.0


@lru_cache(maxsize=4096)
def _limits(handling_seconds: float, promise: Promise, reach: float) -> tuple[np.ndarray, np.ndarray]:
    """Agents and the highest rate each number carries, from none up to at least `reach`.

    Every number up to 60, then steps of 4 %: between them the limit is a straight line but for a hundredth.
    """
    counts, limits = [0], [0.0]
    while limits[-1] < reach:
        last = counts[-1]
        count = last + 1 if last < EVERY_COUNT_UP_TO else math.ceil(last * GROWTH)
        counts.append(count)
        limits.append(_highest_rate(count, handling_seconds, promise, limits[-1]))
    return np.array(counts, float), np.array(limits)


def _highest_rate(agents: int, handling_seconds: float, promise: Promise, low: float) -> float:
    high = 2.0 * agents / handling_seconds + low
    for _ in range(BISECTIONS):
        middle = 0.5 * (low + high)
        queue = Queue(
            middle, 1.0 / handling_seconds, agents, 1.0 / promise.patience_seconds, promise.target_seconds
        )
        if (erlang_a(queue).service_level or 0.0) >= promise.share:
            low = middle
        else:
            high = middle
    return low

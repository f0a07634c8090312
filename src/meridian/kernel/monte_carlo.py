"""The spread of a portfolio's net present value under uncertain flows, by simulation.

Each project has, for each year, a flow known as low, mode and high. A trial draws every
flow once (independently), discounts them and adds them up. The draw of trial t, project p
and year y depends only on the seed and on (t, p, y): the answer is the same on any number
of cores, and two scenarios with one seed are compared on common random numbers.

Flows are floats of any one unit: this is an estimate of a spread, not an account.
"""

from dataclasses import dataclass
from enum import StrEnum

import numba
import numpy
from scipy import special

GOLDEN = numpy.uint64(0x9E3779B97F4A7C15)
MIX_ONE = numpy.uint64(0xBF58476D1CE4E5B9)
MIX_TWO = numpy.uint64(0x94D049BB133111EB)
UNIT = 1.0 / 2**32
LOW_HALF = numpy.uint64(0xFFFFFFFF)
TABLE_POINTS = 1_024
# A block keeps its sums and one flow's table in the nearest cache.
BLOCK_TRIALS = 1_024


class Shape(StrEnum):
    """How a flow spreads between low and high: a triangle, or PERT (beta with weight 4 on the mode)."""

    TRIANGULAR = "triangular"
    PERT = "pert"


@dataclass(frozen=True, slots=True)
class Spread:
    """Percentiles of the net present value over all trials, and the chance that it is below zero."""

    trials: int
    mean: float
    p5: float
    p50: float
    p95: float
    chance_below_zero: float


def simulate(
    flows: numpy.ndarray,
    rate: float,
    *,
    trials: int,
    seed: int,
    shape: Shape = Shape.TRIANGULAR,
    mid_period: bool = False,
) -> Spread:
    """The spread of the whole portfolio's value.

    `flows` has the shape (projects, years, 3) with low ≤ mode ≤ high; year 0 is now. Bad
    ranges raise ValueError with the project and the year (counted from 0).
    """
    values = portfolio_values(flows, rate, trials=trials, seed=seed, shape=shape, mid_period=mid_period)
    p5, p50, p95 = numpy.percentile(values, (5, 50, 95))
    below = float((values < 0).mean())
    return Spread(trials, float(values.mean()), float(p5), float(p50), float(p95), below)


def portfolio_values(
    flows: numpy.ndarray,
    rate: float,
    *,
    trials: int,
    seed: int,
    shape: Shape = Shape.TRIANGULAR,
    mid_period: bool = False,
) -> numpy.ndarray:
    """The portfolio's net present value in each trial, in the order of the trials."""
    ranges = _checked(flows, rate, trials)
    periods = numpy.arange(ranges.shape[1]) + (0.5 if mid_period else 0.0)
    discounted = ranges * (1.0 + rate) ** -periods[None, :, None]
    lows, modes, highs = (numpy.ascontiguousarray(discounted[:, :, index].ravel()) for index in range(3))
    widths = highs - lows
    certain = widths <= 0.0
    fixed = float(lows[certain].sum())
    places = numpy.flatnonzero(~certain).astype(numpy.uint64)
    lows, modes, widths = lows[~certain], modes[~certain], widths[~certain]
    keys = _keys(seed, places)
    values = numpy.empty(trials)
    if shape is Shape.PERT:
        _pert_trials(values, keys, _pert_tables(lows, modes, widths), fixed)
    else:
        cuts = (modes - lows) / widths
        _triangular_trials(values, keys, (lows, lows + widths, cuts, widths), fixed)
    return values


def _checked(flows: numpy.ndarray, rate: float, trials: int) -> numpy.ndarray:
    ranges = numpy.asarray(flows, dtype=numpy.float64)
    if ranges.ndim != 3 or ranges.shape[2] != 3:
        raise ValueError("Flows need the shape (projects, years, 3): low, mode and high.")
    if trials < 1:
        raise ValueError(f"{trials} trials are too few; one is the least.")
    if not rate > -1:
        raise ValueError(f"A rate of {rate} discounts to nothing; it must be above -1.")
    low, mode, high = ranges[:, :, 0], ranges[:, :, 1], ranges[:, :, 2]
    bad = numpy.argwhere(~(numpy.isfinite(ranges).all(axis=2) & (low <= mode) & (mode <= high)))
    if len(bad):
        project, year = bad[0]
        raise ValueError(f"The range of project {project}, year {year} is not low ≤ mode ≤ high.")
    return ranges


def _keys(seed: int, places: numpy.ndarray) -> numpy.ndarray:
    """A starting counter for each flow, far apart, from the seed and the flow's place."""
    with numpy.errstate(over="ignore"):
        state = (places + numpy.uint64(1)) * MIX_TWO + numpy.uint64(seed % 2**64) * MIX_ONE
        state = (state ^ (state >> numpy.uint64(29))) * MIX_ONE
        return state ^ (state >> numpy.uint64(32))


def _pert_tables(lows: numpy.ndarray, modes: numpy.ndarray, widths: numpy.ndarray) -> numpy.ndarray:
    """Quantiles of each flow at evenly spaced chances, read between them as straight lines."""
    cuts = (modes - lows) / widths
    places = numpy.linspace(0.0, 1.0, 2 * TABLE_POINTS + 1)
    chances = special.betainc(1.0 + 4.0 * cuts[:, None], 5.0 - 4.0 * cuts[:, None], places[None, :])
    edges = numpy.linspace(0.0, 1.0, TABLE_POINTS + 1)
    quantiles = numpy.array([numpy.interp(edges, known, places) for known in chances])
    return lows[:, None] + widths[:, None] * quantiles.reshape(len(lows), len(edges))


@numba.njit(inline="always")
def _mixed(state: numpy.uint64) -> numpy.uint64:
    """splitmix64's finaliser (Steele, Lea and Flood 2014)."""
    state = (state ^ (state >> numpy.uint64(30))) * MIX_ONE
    state = (state ^ (state >> numpy.uint64(27))) * MIX_TWO
    return state ^ (state >> numpy.uint64(31))


@numba.njit(parallel=True, cache=True, fastmath=True)
def _triangular_trials(
    values: numpy.ndarray, keys: numpy.ndarray, ranges: tuple[numpy.ndarray, ...], fixed: float
) -> None:
    """Fill `values`; `ranges` are lows, highs, the places of the modes between them, and widths."""
    lows, highs, cuts, widths = ranges
    rises = widths * numpy.sqrt(cuts)
    falls = widths * numpy.sqrt(1.0 - cuts)
    half = (len(values) + 1) // 2
    for block in numba.prange((half + BLOCK_TRIALS - 1) // BLOCK_TRIALS):
        first = block * BLOCK_TRIALS
        last = min(first + BLOCK_TRIALS, half)
        ones = numpy.full(BLOCK_TRIALS, fixed)
        twos = numpy.full(BLOCK_TRIALS, fixed)
        for flow in range(len(keys)):
            low, high, cut, rise, fall = lows[flow], highs[flow], cuts[flow], rises[flow], falls[flow]
            for place in range(last - first):
                bits = _mixed(keys[flow] + numpy.uint64(first + place) * GOLDEN)
                chance = (numpy.float64(bits & LOW_HALF) + 0.5) * UNIT
                up = chance < cut
                root = numpy.sqrt(chance if up else 1.0 - chance)
                ones[place] += low + rise * root if up else high - fall * root
                chance = (numpy.float64(bits >> numpy.uint64(32)) + 0.5) * UNIT
                up = chance < cut
                root = numpy.sqrt(chance if up else 1.0 - chance)
                twos[place] += low + rise * root if up else high - fall * root
        values[first:last] = ones[: last - first]
        values[half + first : half + last] = twos[: min(last, len(values) - half) - first]


@numba.njit(parallel=True, cache=True, fastmath=True)
def _pert_trials(values: numpy.ndarray, keys: numpy.ndarray, tables: numpy.ndarray, fixed: float) -> None:
    """Fill `values`; `tables` holds the quantiles of each flow."""
    half = (len(values) + 1) // 2
    for block in numba.prange((half + BLOCK_TRIALS - 1) // BLOCK_TRIALS):
        first = block * BLOCK_TRIALS
        last = min(first + BLOCK_TRIALS, half)
        ones = numpy.full(BLOCK_TRIALS, fixed)
        twos = numpy.full(BLOCK_TRIALS, fixed)
        for flow in range(len(keys)):
            table = tables[flow]
            for place in range(last - first):
                bits = _mixed(keys[flow] + numpy.uint64(first + place) * GOLDEN)
                at = (numpy.float64(bits & LOW_HALF) + 0.5) * UNIT * TABLE_POINTS
                point = numpy.int32(at)
                ones[place] += table[point] + (at - point) * (table[point + 1] - table[point])
                at = (numpy.float64(bits >> numpy.uint64(32)) + 0.5) * UNIT * TABLE_POINTS
                point = numpy.int32(at)
                twos[place] += table[point] + (at - point) * (table[point + 1] - table[point])
        values[first:last] = ones[: last - first]
        values[half + first : half + last] = twos[: min(last, len(values) - half) - first]

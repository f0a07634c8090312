"""What any packing costs at least: rows that every packing keeps, solved by HiGHS over hosts by kind.

Every row says that the hosts opened hold all loads, seen through a dual feasible function: f is not
decreasing, f(0) = 0 and f(x) + f(y) <= f(x + y), so that what stands on a host of capacity c has f-values
of at most f(c) together, and sum f(c) over hosts >= sum f(load) over items (Alves, Clautiaux, Valério de
Carvalho and Rietz 2016, "Dual-feasible functions"). Cliques of items of which no two share a host, spread
over domains, and what workloads pay for leaving hosts that close are rows and costs of the same model.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from meridian.solvers.hosts.model import Host, Problem, Whole
from meridian.solvers.solving.mip import Mip

MULTIPLES = (1, 2, 3, 4, 5)
THRESHOLDS = 6
CLIQUES = 10
Row = tuple[Whole, int]
Function = Callable[[Whole], Whole]


def lower_bound(problem: Problem, *, seconds: float, count_hosts: bool = False) -> int | None:
    """A valid lower bound on the cost of any packing, or on the number of its hosts; None: no packing is.

    When `seconds` do not suffice for the integer model, what HiGHS has proved by then.
    """
    mip = Mip(offset=0.0 if count_hosts else float(problem.moving))
    kinds = range(len(problem.capacity))
    stays = {} if count_hosts else _stays_by_host(problem)
    columns: list[list[int]] = []
    for kind in kinds:
        cost = 1 if count_hosts else problem.estate.kinds[kind].cost
        standing = [saved for (at, _), saved in stays.items() if at == kind]
        others = max(0, problem.count(kind) - len(standing))
        if problem.estate.kinds[kind].count is None:
            others = problem.count(kind)
        own = [mip.column(float(cost - saved), integer=True) for saved in standing]
        columns.append([*own, mip.column(float(cost), upper=float(others), integer=True)])
    for gains, wanted in dict.fromkeys((tuple(gains.tolist()), wanted) for gains, wanted in _rows(problem)):
        terms = [(c, float(gain)) for gain, own in zip(gains, columns, strict=True) for c in own if gain]
        mip.row(terms, lower=float(wanted))
    _add_spread(mip, problem, columns)
    outcome = mip.solve(seconds=seconds)
    if outcome.status == "infeasible":
        return None
    return max(0, math.ceil(outcome.bound - 1e-6)) if math.isfinite(outcome.bound) else 0


def _stays_by_host(problem: Problem) -> Counter[Host]:
    saved: Counter[Host] = Counter()
    for stays in problem.stays:
        saved.update({host: cost for host, cost in stays.items() if cost})
    return saved


def _add_spread(mip: Mip, problem: Problem, columns: list[list[int]]) -> None:
    """A domain counts once a host in it is open; as many as any rule of spread wants must count."""
    wanted = max((domains for _, domains in problem.spread), default=1)
    if wanted < 2:
        return
    counted = []
    for domain in sorted(set(problem.domain.tolist())):
        column = mip.column(0.0)
        opened = [c for kind in np.flatnonzero(problem.domain == domain) for c in columns[kind]]
        mip.row([(column, -1.0), *((each, 1.0) for each in opened)], lower=0.0)
        counted.append(column)
    mip.row([(column, 1.0) for column in counted], lower=float(wanted))


def _rows(problem: Problem) -> Iterator[Row]:
    """What a host of each kind gives, and what is wanted of all together; divided by common factors."""
    capacity, loads = problem.capacity, problem.loads
    fits = problem.fits()
    for able in np.unique(np.vstack([fits, np.ones_like(fits[:1])]), axis=0):
        bound_to = ~np.any(fits & ~able, axis=1)
        if bound_to.any():
            yield able.astype(np.int64), 1
            yield from _sums(able, capacity, loads[bound_to])
    every = np.ones(len(capacity), dtype=np.int64)
    for clique in _cliques(problem):
        yield every, clique


def _sums(able: NDArray[np.bool_], capacity: Whole, loads: Whole) -> Iterator[Row]:
    """For every row of the problem: plain sums and the strongest of the dual feasible functions."""
    for row in range(loads.shape[1]):
        largest = int(capacity[able, row].max())
        if not loads[:, row].any():
            continue
        yield _divided(np.where(able, capacity[:, row], 0), int(loads[:, row].sum()))
        found = [
            (f(capacity[:, row]) * able, int(f(loads[:, row]).sum()))
            for f in _functions(largest, loads[:, row])
        ]
        if found:
            # The strongest against hosts of one kind each; a few, so that the model stays small.
            strength = [wanted / max(1, int(gains.max())) for gains, wanted in found]
            for best in np.argsort(strength)[-2:]:
                yield _divided(*found[best])


def _divided(gains: Whole, wanted: int) -> Row:
    """A row in small numbers: whole multiples of the greatest gain, weakened by rounding the lawful way."""
    greatest = int(gains.max())
    factor = math.gcd(*map(int, gains))
    if factor > 1:
        return gains // factor, -(-wanted // factor)
    if greatest <= 1_000_000:
        return gains, wanted
    return -(-gains * 1_000_000 // greatest), wanted * 1_000_000 // greatest


def _functions(largest: int, loads: Whole) -> Iterator[Function]:
    """Superadditive functions on whole numbers from 0 to `largest`, as functions of arrays."""
    for parts in MULTIPLES:
        yield _rounded_down(largest, parts)
    small = np.unique(loads[(loads > 0) & (2 * loads <= largest)])
    if len(small):
        picked = small[np.linspace(0, len(small) - 1, min(THRESHOLDS, len(small))).astype(int)]
        for threshold in picked.tolist():
            yield _without_small(largest, int(threshold))


def _rounded_down(largest: int, parts: int) -> Function:
    """ceil((parts + 1) x) - 1 for x > 0: above a half, a third, a quarter of a host counts as that much."""

    def function(values: Whole) -> Whole:
        return np.maximum(-(-values * (parts + 1) // largest) - 1, 0)

    return function


def _without_small(largest: int, threshold: int) -> Function:
    """Martello and Toth 1990: loads below the threshold count nothing, those that leave less a whole host."""

    def function(values: Whole) -> Whole:
        full = np.where(values > largest - threshold, largest, values)
        return np.where(values < threshold, 0, full)

    return function


def _cliques(problem: Problem) -> Iterator[int]:
    """Numbers of items of which no two may share a host: the longest rules of apart, and what joins them."""
    starts: list[tuple[int, ...]] = [(), *sorted(problem.apart, key=len, reverse=True)[:CLIQUES]]
    size = (problem.loads / problem.capacity.max(axis=0)).max(axis=1)
    for group in starts:
        joining = np.ones(len(problem.items), dtype=bool)
        for item in group:
            joining &= _at_odds(problem, item)
        count = len(group)
        while joining.any():
            chosen = int(np.argmax(np.where(joining, size, -1.0)))
            joining &= _at_odds(problem, chosen)
            count += 1
        yield count


def _at_odds(problem: Problem, item: int) -> NDArray[np.bool_]:
    """Whether each other item can't share any host with this one."""
    beside = problem.loads + problem.loads[item]
    odds = ~np.any([np.all(beside <= each, axis=1) for each in problem.capacity], axis=0)
    for group in problem.apart:
        if item in group:
            odds[list(group)] = True
    odds[item] = False
    kept: NDArray[np.bool_] = odds
    return kept

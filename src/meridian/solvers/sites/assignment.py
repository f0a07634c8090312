"""One source for everyone: 0/1 knapsacks at prices, and plans for given open warehouses."""

import numpy as np

from meridian.solvers.solving.compiled import making_kernel

SPECK = 1e-9
NOBODY = -1


@making_kernel
def assign(costs, demands, capacities, shares):
    """The open warehouse of every customer, or `NOBODY` first of all where no room was found.

    Starts from the largest share of each, repairs overload at the least extra cost for the excess it
    removes, then shifts and swaps customers while that saves.
    """
    customer_count = costs.shape[1]
    home = np.empty(customer_count, np.int64)
    free = capacities.copy()
    for j in range(customer_count):
        home[j] = np.argmax(shares[:, j])
        free[home[j]] -= demands[j]
    while free.min() < -SPECK * capacities.max():
        if not _relieve(costs, demands, free, home):
            home[0] = NOBODY
            return home
    while _shift(costs, demands, free, home) or _swap(costs, demands, free, home):
        pass
    return home


@making_kernel
def _relieve(costs, demands, free, home):
    """Move or swap once out of overload at least cost per unit of it; False when nothing lessens it."""
    speck = SPECK * max(1.0, demands.max())
    best, mover, partner, into = np.inf, -1, -1, -1
    for j in range(len(home)):
        a = home[j]
        if free[a] >= -speck:
            continue
        for b in range(len(free)):
            dearer = _dearer(costs[b, j] - costs[a, j], demands[j], free, a, b, speck)
            if dearer < best:
                best, mover, partner, into = dearer, j, -1, b
        for k in range(len(home)):
            b = home[k]
            extra = costs[b, j] - costs[a, j] + costs[a, k] - costs[b, k]
            dearer = _dearer(extra, demands[j] - demands[k], free, a, b, speck)
            if dearer < best:
                best, mover, partner, into = dearer, j, k, b
    if mover < 0:
        return False
    _move(demands, free, home, mover, partner, into)
    return True


@making_kernel
def _dearer(extra, lighter, free, a, b, speck):
    """Extra cost per unit of overload that goes when `lighter` leaves `a` for `b`; infinite when none."""
    if a == b or lighter <= speck:
        return np.inf
    before = max(0.0, -free[a]) + max(0.0, -free[b])
    gain = before - max(0.0, -free[a] - lighter) - max(0.0, lighter - free[b])
    return extra / gain if gain > speck else np.inf


@making_kernel
def _move(demands, free, home, mover, partner, into):
    a = home[mover]
    free[a] += demands[mover]
    free[into] -= demands[mover]
    home[mover] = into
    if partner >= 0:
        free[into] += demands[partner]
        free[a] -= demands[partner]
        home[partner] = a


@making_kernel
def _shift(costs, demands, free, home):
    moved = False
    for j in range(len(home)):
        a, into = home[j], home[j]
        for b in range(len(free)):
            if costs[b, j] < costs[into, j] - SPECK * (1.0 + costs[a, j]) and free[b] >= demands[j]:
                into = b
        if into != a:
            _move(demands, free, home, j, -1, into)
            moved = True
    return moved


@making_kernel
def _swap(costs, demands, free, home):
    moved = False
    for j in range(len(home)):
        for k in range(j):
            a, b = home[j], home[k]
            if a == b:
                continue
            lighter = demands[j] - demands[k]
            saved = costs[a, j] + costs[b, k] - costs[b, j] - costs[a, k]
            if saved > SPECK * (1.0 + costs[a, j] + costs[b, k]) and -free[a] <= lighter <= free[b]:
                _move(demands, free, home, j, k, b)
                moved = True
    return moved


@making_kernel
def serve_whole_at_prices(costs, weights, rooms, fixed, prices, closed, shares):
    """Rent of each warehouse that serves whole customers only: one 0/1 knapsack each; fills `shares`.

    `weights` and `rooms` are whole numbers; weights rounded down keep the rents a bound.
    """
    warehouse_count, customer_count = costs.shape
    rents = np.full(warehouse_count, np.inf)
    wanted = np.empty(customer_count, np.int64)
    for i in range(warehouse_count):
        shares[i, :] = 0.0
        if closed[i]:
            continue
        count, load, gain = 0, 0, 0.0
        for j in range(customer_count):
            if costs[i, j] < prices[j] and weights[j] <= rooms[i]:
                wanted[count] = j
                count += 1
                load += weights[j]
                gain += costs[i, j] - prices[j]
        if load <= rooms[i]:
            for at in range(count):
                shares[i, wanted[at]] = 1.0
        else:
            gain = _pack(costs[i], weights, rooms[i], prices, wanted[:count], shares[i])
        rents[i] = fixed[i] + gain
    return rents


@making_kernel
def _pack(costs, weights, room, prices, wanted, served):
    """The least sum of `cost - price` that fits, and who it serves."""
    least = np.zeros(room + 1)
    taken = np.zeros((len(wanted), room + 1), np.bool_)
    for at in range(len(wanted)):
        j = wanted[at]
        for cell in range(room, weights[j] - 1, -1):
            offered = least[cell - weights[j]] + costs[j] - prices[j]
            if offered < least[cell]:
                least[cell] = offered
                taken[at, cell] = True
    cell = room
    for at in range(len(wanted) - 1, -1, -1):
        if taken[at, cell]:
            served[wanted[at]] = 1.0
            cell -= weights[wanted[at]]
    return least[room]

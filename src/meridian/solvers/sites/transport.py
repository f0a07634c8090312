"""Serving everyone from given open warehouses at least cost: the transportation problem.

Everyone starts at the cheapest warehouse; overloaded warehouses then send their excess along
shortest paths to those with room, over customers that change their source on the way (successive
shortest paths on a graph with one node per warehouse). Every intermediate plan is the cheapest
for the loads it has, so the last is optimal.
"""

import numpy as np

from meridian.solvers.solving.compiled import making_kernel

SPECK = 1e-9


@making_kernel
def transport(costs, demands, capacities):
    """Least cost and shares (warehouse by customer) of open warehouses; infinite where room lacks."""
    warehouse_count, customer_count = costs.shape
    shares = np.zeros((warehouse_count, customer_count))
    free = capacities.copy()
    for j in range(customer_count):
        cheapest = np.argmin(costs[:, j])
        shares[cheapest, j] = 1.0
        free[cheapest] -= demands[j]
    speck = SPECK * max(1.0, demands.sum())
    if free.sum() < -speck:
        return np.inf, shares
    change = np.full((warehouse_count, warehouse_count), np.inf)
    mover = np.zeros((warehouse_count, warehouse_count), np.int64)
    for a in range(warehouse_count):
        _price_moves(costs, demands, shares, a, change, mover)
    for source in range(warehouse_count):
        while free[source] < -speck:
            if not _relieve(costs, demands, shares, free, source, change, mover):
                return np.inf, shares
    return (shares * costs).sum(), shares


@making_kernel
def _relieve(costs, demands, shares, free, source, change, mover):
    """Send from `source` what the cheapest way to room can carry; False when there is no way."""
    target, before = _nearest_room(change, free, source, SPECK * max(1.0, demands.sum()))
    if target < 0:
        return False
    amount = min(-free[source], free[target])
    at = target
    for _ in range(len(free)):
        if at == source:
            break
        j = mover[before[at], at]
        amount = min(amount, shares[before[at], j] * demands[j])
        at = before[at]
    if at != source:
        return False
    _send(shares, demands, before, mover, source, target, amount)
    free[source] += amount
    free[target] -= amount
    at = target
    while True:
        _price_moves(costs, demands, shares, at, change, mover)
        if at == source:
            return True
        at = before[at]


@making_kernel
def _price_moves(costs, demands, shares, a, change, mover):
    """What a unit of demand moved from `a` to each other warehouse costs, and whose demand it is."""
    warehouse_count, customer_count = costs.shape
    change[a, :] = np.inf
    for j in range(customer_count):
        if shares[a, j] > 0.0 and demands[j] > 0.0:
            for b in range(warehouse_count):
                dearer = (costs[b, j] - costs[a, j]) / demands[j]
                if b != a and dearer < change[a, b]:
                    change[a, b] = dearer
                    mover[a, b] = j


@making_kernel
def _nearest_room(change, free, source, speck):
    """The warehouse with room that is cheapest to reach from `source`, and the way to it (Bellman-Ford)."""
    count = len(free)
    far = np.full(count, np.inf)
    before = np.full(count, -1)
    far[source] = 0.0
    for _ in range(count):
        settled = True
        for a in range(count):
            if far[a] < np.inf:
                for b in range(count):
                    reached = far[a] + change[a, b]
                    if reached < far[b] - SPECK * (1.0 + abs(reached)):
                        far[b] = reached
                        before[b] = a
                        settled = False
        if settled:
            break
    target = -1
    for b in range(count):
        has_room = b != source and free[b] > speck
        if has_room and far[b] < np.inf and (target < 0 or far[b] < far[target]):
            target = b
    return target, before


@making_kernel
def _send(shares, demands, before, mover, source, target, amount):
    at = target
    while at != source:
        a = before[at]
        j = mover[a, at]
        share = amount / demands[j]
        # Several steps may move the same customer; what is left of a share must not fall below nothing.
        shares[a, j] = 0.0 if shares[a, j] <= share * (1.0 + SPECK) else shares[a, j] - share
        shares[at, j] += share
        at = a

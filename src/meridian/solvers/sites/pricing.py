"""The Lagrangian of capacitated location: prices of customers in, a bound and suggested service out.

Relaxing "everyone is served once" with prices v leaves one continuous knapsack per warehouse, and the
choice of warehouses whose room covers the whole demand (Cornuéjols, Sridharan, Thizy 1991; Klose and
Görtz 2007). The bound `sum v + least rent of a covering choice` is at least as good as the strong
relaxation with `share <= opening`, without its customers times warehouses of rows.
"""

import numpy as np

from meridian.solvers.solving.compiled import making_kernel

FREE, OPEN, CLOSED = 0, 1, -1
GRID = 1_000
SPECK = 1e-9


@making_kernel
def serve_at_prices(costs, demands, capacities, fixed, prices, state, shares):
    """Rent of each warehouse (below 0: worth opening); fills `shares` (warehouse by customer).

    A warehouse serves the customers of best profit per unit of demand until it is full; the last may
    get a part. A `CLOSED` warehouse has an infinite rent.
    """
    warehouse_count, customer_count = costs.shape
    rents = np.full(warehouse_count, np.inf)
    wanted = np.empty(customer_count, np.int64)
    worth = np.empty(customer_count)
    for i in range(warehouse_count):
        shares[i, :] = 0.0
        if state[i] == CLOSED:
            continue
        count, load, gain = 0, 0.0, 0.0
        for j in range(customer_count):
            margin = costs[i, j] - prices[j]
            if margin < 0.0:
                wanted[count] = j
                worth[count] = margin / max(demands[j], SPECK)
                count += 1
                load += demands[j]
                gain += margin
        if load <= capacities[i]:
            for at in range(count):
                shares[i, wanted[at]] = 1.0
        else:
            left, gain = capacities[i], 0.0
            for at in np.argsort(worth[:count]):
                j = wanted[at]
                share = 1.0 if demands[j] <= left else left / demands[j]
                shares[i, j] = share
                gain += share * (costs[i, j] - prices[j])
                left -= share * demands[j]
                if share < 1.0:
                    break
        rents[i] = fixed[i] + gain
    return rents


@making_kernel
def cheapest_cover(rents, capacities, need, state, chosen):
    """Least total rent of warehouses whose room covers `need`; fills `chosen`; infinite if none can.

    Room is rounded up to a grid, so that the total stays a bound.
    """
    total, missing, spare = 0.0, need, 0.0
    items = np.empty(len(rents), np.int64)
    count = 0
    for i in range(len(rents)):
        chosen[i] = state[i] == OPEN or (state[i] == FREE and rents[i] < 0.0)
        if chosen[i]:
            total += rents[i]
            missing -= capacities[i]
        elif state[i] == FREE and capacities[i] > 0.0:
            items[count] = i
            spare += capacities[i]
            count += 1
    if missing <= SPECK * need:
        return total
    if spare < missing * (1.0 - SPECK):
        return np.inf
    return total + _cover(rents, capacities, missing, items[:count], chosen)


@making_kernel
def _cover(rents, capacities, missing, items, chosen):
    """Least rent of `items` with room for what is `missing`; marks them in `chosen`."""
    rooms = np.empty(len(items), np.int64)
    least = np.full(GRID + 1, np.inf)
    least[0] = 0.0
    taken = np.zeros((len(items), GRID + 1), np.bool_)
    for at, i in enumerate(items):
        rooms[at] = min(GRID, int(np.ceil(capacities[i] / missing * GRID - SPECK)))
        for cell in range(GRID, 0, -1):
            offered = least[max(0, cell - rooms[at])] + rents[i]
            if offered < least[cell]:
                least[cell] = offered
                taken[at, cell] = True
    cell = GRID
    for at in range(len(items) - 1, -1, -1):
        if taken[at, cell]:
            chosen[items[at]] = True
            cell = max(0, cell - rooms[at])
    return least[GRID]


@making_kernel
def fix_by_rent(rents, capacities, need, state, allowance, chosen):
    """Settle in `state` every free warehouse whose other choice lifts the total rent above `allowance`."""
    trial, other = state.copy(), np.empty(len(state), np.bool_)
    settled = 0
    for i in range(len(state)):
        if state[i] != FREE:
            continue
        trial[i] = CLOSED if chosen[i] else OPEN
        if cheapest_cover(rents, capacities, need, trial, other) > allowance:
            state[i] = OPEN if chosen[i] else CLOSED
            settled += 1
        trial[i] = state[i]
    return settled

"""Annealing over shifts and swaps, compiled; broken rules are priced, so that it can pass through them."""

import math

import numpy as np
from .compiled import inlined_kernel, kernel

from .moves import carry, exchanged_price, most_moved_change, relocate, renew_machine, rule_change, shift, travel
from .state import COST, DEPENDENCY_LACK, EXCESS, SPREAD_LACK, fill_state

COOLING_EVERY = 1024


@inlined_kernel
def draw(random):
    """Next 31 random bits of the generator (xorshift64*) whose state is `random[0]`."""
    x = random[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    random[0] = x
    return np.int64((x * np.uint64(2685821657736338717)) >> np.uint64(33))


@inlined_kernel
def below(random, limit):
    """Uniform whole number from 0 to `limit` - 1."""
    return (draw(random) * limit) >> 31


@inlined_kernel
def allowance(random, temperature):
    """Largest worsening that this step accepts (Metropolis, drawn before the move is known)."""
    return -temperature * math.log((draw(random) + 1) / 2147483649.0)


@kernel
def try_shift(problem, state, prices, p, b, allowed):
    """Shift `p` to `b` if it worsens the cost by no more than `allowed`; says whether it did."""
    a, s = state.machine[p], problem.service[p]
    if a == b or state.present[s, b] > 0:
        return False
    change = travel(problem, p, a, b) + most_moved_change(problem, state, p, a, b)
    change += exchanged_price(problem, prices, state, a, p, -1) - state.priced[a]
    if change - state.priced[b] > allowed:
        return False
    change += exchanged_price(problem, prices, state, b, -1, p) - state.priced[b]
    if change > allowed:
        return False
    if problem.bound[s]:
        spread_change, need_change = rule_change(problem, state, s, a, b)
        change += spread_change * prices.spread + need_change * prices.dependency
        if change > allowed:
            return False
    shift(problem, state, prices, p, b)
    return True


@kernel
def try_swap(problem, state, prices, p, q, allowed):
    """Exchange the machines of `p` and `q` if that worsens the cost by no more than `allowed`."""
    a, b = state.machine[p], state.machine[q]
    s, z = problem.service[p], problem.service[q]
    if a == b or s == z or state.present[s, b] > 0 or state.present[z, a] > 0:
        return False
    change = travel(problem, p, a, b) + travel(problem, q, b, a)
    change += exchanged_price(problem, prices, state, a, p, q) - state.priced[a]
    if change - state.priced[b] > allowed:
        return False
    change += exchanged_price(problem, prices, state, b, q, p) - state.priced[b]
    # The service move cost is settled by `carry`; it is small beside the rest and left out of the test.
    if change > allowed:
        return False
    spread_change = 0
    need_change = 0
    if problem.bound[s] or problem.bound[z]:
        spread_change, need_change = relocate(problem, state, s, a, b)
        more_spread, more_need = relocate(problem, state, z, b, a)
        spread_change += more_spread
        need_change += more_need
        change += spread_change * prices.spread + need_change * prices.dependency
        if change > allowed:
            relocate(problem, state, z, a, b)
            relocate(problem, state, s, b, a)
            return False
    state.totals[SPREAD_LACK] += spread_change
    state.totals[DEPENDENCY_LACK] += need_change
    state.totals[COST] += spread_change * prices.spread + need_change * prices.dependency
    carry(problem, state, p, b)
    carry(problem, state, q, a)
    renew_machine(problem, state, prices, a)
    renew_machine(problem, state, prices, b)
    return True


@kernel
def keep_best(state, best, best_cost):
    """Copy the assignment to `best` if no rule is broken and it is cheaper than `best_cost[0]`."""
    totals = state.totals
    if totals[COST] < best_cost[0] and totals[EXCESS] + totals[SPREAD_LACK] + totals[DEPENDENCY_LACK] == 0:
        best_cost[0] = totals[COST]
        for p in range(best.shape[0]):
            best[p] = state.machine[p]


@kernel
def anneal(problem, state, prices, schedule, steps, random, best, best_cost, stop, tally):
    """Run `steps` trials from temperature `schedule[0]` down to `schedule[1]`, geometrically.

    `schedule[2]` is the share of shifts. `best` and `best_cost` keep the cheapest lawful assignment;
    a `stop[0]` other than 0 ends the run. `tally` counts trials and acceptances of shifts and swaps.
    """
    machines, processes = problem.capacity.shape[0], problem.service.shape[0]
    temperature = schedule[0]
    rounds = steps // COOLING_EVERY
    factor = 1.0
    if rounds > 0:
        factor = (schedule[1] / schedule[0]) ** (1.0 / rounds)
    shifts = np.int64(schedule[2] * 1024)
    for step in range(steps):
        if step % COOLING_EVERY == COOLING_EVERY - 1:
            temperature *= factor
            if stop[0] != 0:
                return
        allowed = allowance(random, temperature)
        p = below(random, processes)
        kind = draw(random) & 1023
        if kind < shifts:
            if kind < shifts // 8:
                b = problem.origin[p]
            else:
                b = below(random, machines)
            done = try_shift(problem, state, prices, p, b, allowed)
            tally[0] += 1
            tally[1] += done
        else:
            q = below(random, processes)
            done = try_swap(problem, state, prices, p, q, allowed)
            tally[2] += 1
            tally[3] += done
        if done:
            keep_best(state, best, best_cost)

"""Annealing over shifts and swaps, compiled; broken rules are priced, so that it can pass through them."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from meridian.solvers.placement.files import Numbers
from meridian.solvers.placement.moves import (
    carry,
    exchanged_price,
    most_moved_change,
    relocate,
    renew_machine,
    rule_change,
    shift,
    travel,
)
from meridian.solvers.placement.state import (
    AWAY,
    COST,
    DEPENDENCY_LACK,
    EXCESS,
    SPREAD_LACK,
)
from meridian.solvers.solving.compiled import entry_kernel, inlined_kernel, kernel

LOOK_EVERY = 1024
DRAWS = 8  # for a machine within reach, before any is taken and refused


class Trail(NamedTuple):
    """What a walker carries from round to round; each array holds one value where no shape is given."""

    random: NDArray[np.uint64]
    best: Numbers  # [process]
    best_cost: Numbers
    stop: Numbers  # other than 0: end now
    tally: Numbers  # [kind of move, (trials, acceptances)]


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
    if a == b or (problem.narrow and not problem.reachable[p, b]) or state.present[s, b] > 0:
        return False
    change = travel(problem, prices, p, a, b) + most_moved_change(problem, state, p, a, b)
    change += exchanged_price(problem, prices, state, b, -1, p) - state.priced[b]
    if change - state.priced[a] > allowed:
        return False
    change += exchanged_price(problem, prices, state, a, p, -1) - state.priced[a]
    if change > allowed:
        return False
    if problem.bound[s]:
        spread_change, need_change = rule_change(problem, state, s, a, b)
        change += spread_change * prices.rules[0] + need_change * prices.rules[1]
        if change > allowed:
            return False
    shift(problem, state, prices, p, b)
    return True


@kernel
def try_swap(problem, state, prices, p, q, allowed):
    """Exchange the machines of `p` and `q` if that worsens the cost by no more than `allowed`."""
    a, b = state.machine[p], state.machine[q]
    s, z = problem.service[p], problem.service[q]
    if a == b or s == z:
        return False
    if problem.narrow and not (problem.reachable[p, b] and problem.reachable[q, a]):
        return False
    if state.present[s, b] > 0 or state.present[z, a] > 0:
        return False
    change = travel(problem, prices, p, a, b) + travel(problem, prices, q, b, a)
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
        change += spread_change * prices.rules[0] + need_change * prices.rules[1]
        if change > allowed:
            relocate(problem, state, z, a, b)
            relocate(problem, state, s, b, a)
            return False
    state.totals[SPREAD_LACK] += spread_change
    state.totals[DEPENDENCY_LACK] += need_change
    state.totals[COST] += spread_change * prices.rules[0] + need_change * prices.rules[1]
    carry(problem, state, prices, p, b)
    carry(problem, state, prices, q, a)
    renew_machine(problem, state, prices, a)
    renew_machine(problem, state, prices, b)
    return True


@kernel
def keep_best(state, prices, trail):
    """Copy the assignment to the trail if no rule is broken and it is the cheapest so far."""
    totals = state.totals
    cost = totals[COST] - totals[AWAY]
    if cost < trail.best_cost[0] and totals[EXCESS] + totals[SPREAD_LACK] + totals[DEPENDENCY_LACK] == 0:
        trail.best_cost[0] = cost
        for p in range(trail.best.shape[0]):
            trail.best[p] = state.machine[p]


@kernel
def choose(problem, mix, random):
    """Take any process, or with a chance of `mix[3]` of 1024 one with a leaning to the big ones."""
    processes = problem.service.shape[0]
    if (draw(random) & 1023) >= mix[3]:
        return below(random, processes)
    place = below(random, processes)
    return problem.by_size[(place * place) // processes * place // processes]


@kernel
def within_reach(problem, p, random):
    """Any machine, drawn some times over while it is out of reach of `p`."""
    machines = problem.capacity.shape[0]
    m = below(random, machines)
    if problem.narrow:
        for _ in range(DRAWS):
            if problem.reachable[p, m]:
                break
            m = below(random, machines)
    return m


@kernel
def neighbour_in_size(problem, p, random):
    """Any process whose rank by size is near that of `p`."""
    processes = problem.service.shape[0]
    window = max(2, processes // 16)
    place = problem.rank[p] + below(random, 2 * window + 1) - window
    return problem.by_size[min(processes - 1, max(0, place))]


@entry_kernel
def anneal(problem, state, prices, temperature, mix, steps, trail):
    """Run `steps` trials at `temperature`; the trail keeps the cheapest lawful assignment.

    `mix` holds shares of 1024, added up: shifts home, shifts anywhere, swaps of processes of like size, the
    rest swaps of any two; `mix[3]` is the leaning to big processes.
    """
    random = trail.random
    for step in range(steps):
        if step % LOOK_EVERY == 0 and trail.stop[0] != 0:
            return
        allowed = allowance(random, temperature)
        p = choose(problem, mix, random)
        lot = draw(random) & 1023
        if lot < mix[0]:
            kind = 0
            done = try_shift(problem, state, prices, p, problem.origin[p], allowed)
        elif lot < mix[1]:
            kind = 1
            target = within_reach(problem, p, random)
            done = try_shift(problem, state, prices, p, target, allowed)
        elif lot < mix[2]:
            kind = 2
            done = try_swap(problem, state, prices, p, neighbour_in_size(problem, p, random), allowed)
        else:
            kind = 3
            done = try_swap(problem, state, prices, p, below(random, problem.service.shape[0]), allowed)
        trail.tally[kind, 0] += 1
        if done:
            trail.tally[kind, 1] += 1
            keep_best(state, prices, trail)

"""Differences of one move, in a time that grows with the number of resources only.

A swap of two processes of one service keeps its spread and neighbourhoods, and is refused: shifts do it.
"""

from meridian.solvers.placement.state import (
    AWAY,
    COST,
    DEPENDENCY_LACK,
    EXCESS,
    MOST_MOVED,
    SPREAD_LACK,
    longing,
    price_machine,
)
from meridian.solvers.solving.compiled import inlined_kernel, kernel


@inlined_kernel
def exchanged_price(problem, prices, state, m, leaving, coming):
    """Priced cost of machine `m` once `leaving` has gone and `coming` has come (-1: none)."""
    demand, capacity = problem.demand, problem.capacity
    priced = 0
    goes = 0
    comes = 0
    if leaving >= 0 and problem.origin[leaving] == m:
        goes = 1
    if coming >= 0 and problem.origin[coming] == m:
        comes = 1
    for r in range(capacity.shape[1]):
        used = state.usage[m, r]
        held = state.held[m, r]
        if leaving >= 0:
            used -= demand[0, leaving, r]
            held -= demand[goes, leaving, r]
        if coming >= 0:
            used += demand[0, coming, r]
            held += demand[comes, coming, r]
        priced += max(0, used - problem.safety[m, r]) * problem.load_weight[r]
        priced += max(0, held - capacity[m, r]) * prices.excess[m, r]
    for b in range(problem.balances.shape[0]):
        first, second = problem.balances[b, 0], problem.balances[b, 1]
        free_first = capacity[m, first] - state.usage[m, first]
        free_second = capacity[m, second] - state.usage[m, second]
        if leaving >= 0:
            free_first += demand[0, leaving, first]
            free_second += demand[0, leaving, second]
        if coming >= 0:
            free_first -= demand[0, coming, first]
            free_second -= demand[0, coming, second]
        lack = problem.balances[b, 2] * free_first - free_second
        priced += max(0, lack) * problem.balances[b, 3]
    return priced


@inlined_kernel
def travel(problem, prices, p, source, target):
    """Difference of process and machine move cost, and of the price of being away."""
    home = problem.origin[p]
    change = 0
    if source != home:
        change -= (
            problem.process_move[p] + problem.machine_move[home, source] + longing(prices, p, home, source)
        )
    if target != home:
        change += (
            problem.process_move[p] + problem.machine_move[home, target] + longing(prices, p, home, target)
        )
    return change


@kernel
def spread_change(problem, state, s, source, target):
    """Difference of the lack of spread when service `s` sends a process over."""
    left, reached = problem.location[source], problem.location[target]
    if left == reached or problem.spread[s] <= 1:
        return 0
    gained = 0
    if state.at_location[s, left] == 1:
        gained -= 1
    if state.at_location[s, reached] == 0:
        gained += 1
    lack = problem.spread[s] - state.locations[s]
    return max(0, lack - gained) - max(0, lack)


@kernel
def lacks_beside(problem, state, s, n):
    """Broken dependencies in neighbourhood `n` that appear when service `s`, absent there, comes.

    It may lack what it needs, and ends the lack of those that need it.
    """
    change = 0
    for k in range(problem.needs_start[s], problem.needs_start[s + 1]):
        if state.at_neighbourhood[problem.needs[k], n] == 0:
            change += 1
    for k in range(problem.needed_start[s], problem.needed_start[s + 1]):
        if state.at_neighbourhood[problem.needed[k], n] > 0:
            change -= 1
    return change


@kernel
def rule_change(problem, state, s, source, target):
    """Differences of (lack of spread, lack of dependencies) when service `s` sends a process over."""
    need_change = 0
    left, reached = problem.neighbourhood[source], problem.neighbourhood[target]
    if left != reached:
        if state.at_neighbourhood[s, reached] == 0:
            need_change += lacks_beside(problem, state, s, reached)
        if state.at_neighbourhood[s, left] == 1:
            need_change -= lacks_beside(problem, state, s, left)
    return spread_change(problem, state, s, source, target), need_change


@kernel
def relocate(problem, state, s, source, target):
    """Move the counts of one process of service `s`; returns the differences of `rule_change`."""
    changes = rule_change(problem, state, s, source, target)
    l1, l2 = problem.location[source], problem.location[target]
    if l1 != l2:
        state.at_location[s, l1] -= 1
        if state.at_location[s, l1] == 0:
            state.locations[s] -= 1
        if state.at_location[s, l2] == 0:
            state.locations[s] += 1
        state.at_location[s, l2] += 1
    n1, n2 = problem.neighbourhood[source], problem.neighbourhood[target]
    state.at_neighbourhood[s, n1] -= 1
    state.at_neighbourhood[s, n2] += 1
    return changes


@kernel
def count_moved(problem, state, s, change):
    """Add `change` (-1, 0, 1) to the moved processes of service `s` and keep the greatest exact."""
    if change == 0:
        return
    before = state.moved[s]
    state.moved[s] = before + change
    state.moved_count[before] -= 1
    state.moved_count[before + change] += 1
    most = state.totals[MOST_MOVED]
    if before + change > most:
        state.totals[MOST_MOVED] = before + change
        state.totals[COST] += problem.service_move_weight
    elif before == most and change < 0 and state.moved_count[before] == 0:
        state.totals[MOST_MOVED] = most - 1
        state.totals[COST] -= problem.service_move_weight


@kernel
def most_moved_change(problem, state, p, source, target):
    """Weighted difference of the greatest number of moved processes of a service."""
    s, home = problem.service[p], problem.origin[p]
    most = state.totals[MOST_MOVED]
    if source == home and target != home and state.moved[s] == most:
        return problem.service_move_weight
    if source != home and target == home and state.moved[s] == most and state.moved_count[most] == 1:
        return -problem.service_move_weight
    return 0


@kernel
def renew_machine(problem, state, prices, m):
    """Count machine `m` afresh into the totals."""
    priced, excess = price_machine(problem, state, prices, m)
    state.totals[COST] += priced - state.priced[m]
    state.totals[EXCESS] += excess - state.excess[m]
    state.priced[m] = priced
    state.excess[m] = excess


@kernel
def carry(problem, state, prices, p, target):
    """Move process `p` to `target` in every array but prices; counts of moves and rules are kept exact."""
    source, home, s = state.machine[p], problem.origin[p], problem.service[p]
    for r in range(problem.capacity.shape[1]):
        amount = problem.demand[0, p, r]
        state.usage[source, r] -= amount
        state.usage[target, r] += amount
        state.held[source, r] -= problem.demand[1 if source == home else 0, p, r]
        state.held[target, r] += problem.demand[1 if target == home else 0, p, r]
    state.present[s, source] -= 1
    state.present[s, target] += 1
    last = state.hosted_count[source] - 1
    other = state.hosted[source, last]
    state.hosted[source, state.place[p]] = other
    state.place[other] = state.place[p]
    state.hosted_count[source] = last
    state.place[p] = state.hosted_count[target]
    state.hosted[target, state.hosted_count[target]] = p
    state.hosted_count[target] += 1
    state.totals[COST] += travel(problem, prices, p, source, target)
    change = 0
    if source == home:
        change = 1
    elif target == home:
        change = -1
    if source != home:
        state.totals[AWAY] -= longing(prices, p, home, source)
    if target != home:
        state.totals[AWAY] += longing(prices, p, home, target)
    count_moved(problem, state, s, change)
    state.machine[p] = target


@kernel
def shift(problem, state, prices, p, target):
    """Move process `p` to machine `target` and bring every total up to date."""
    source, s = state.machine[p], problem.service[p]
    if problem.bound[s]:
        spread_change, need_change = relocate(problem, state, s, source, target)
        state.totals[SPREAD_LACK] += spread_change
        state.totals[DEPENDENCY_LACK] += need_change
        state.totals[COST] += spread_change * prices.rules[0] + need_change * prices.rules[1]
    carry(problem, state, prices, p, target)
    renew_machine(problem, state, prices, source)
    renew_machine(problem, state, prices, target)

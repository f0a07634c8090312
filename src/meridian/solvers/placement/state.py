"""Arrays that the compiled search works on: the problem, which stands still, and the state, which moves.

`usage` counts the processes that run on a machine. `held` adds what a process that left keeps of
transient resources on its first machine: capacity binds `held`, cost follows `usage`. Rules other than
"no two processes of a service on one machine" may be broken for a while at a price (`Prices`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from meridian.solvers.placement.files import Model, Numbers
from meridian.solvers.solving.compiled import entry_kernel, inlined_kernel, kernel

# Share of all pairs of process and machine: asking costs 5 % of the trials a second, on big models 25 %.
NARROW = 0.5

EXCESS, SPREAD_LACK, DEPENDENCY_LACK, MOST_MOVED, AWAY, COST = range(6)


class Problem(NamedTuple):
    """What stands still. `demand[home, process, resource]` is what a machine gains or loses of `held`:
    everything (home = 0), or only what is not transient when the machine is the first one (home = 1)."""

    demand: Numbers
    capacity: Numbers
    safety: Numbers
    load_weight: Numbers
    balances: Numbers
    location: Numbers
    neighbourhood: Numbers
    service: Numbers
    origin: Numbers
    process_move: Numbers  # weighted, [process]
    machine_move: Numbers  # weighted, [machine, machine]
    service_move_weight: int
    spread: Numbers
    bound: NDArray[np.bool_]  # [service]: has spread or dependencies, or others depend on it
    needs_start: Numbers
    needs: Numbers
    needed_start: Numbers
    needed: Numbers
    members_start: Numbers
    members: Numbers
    by_size: Numbers  # processes, greatest weighted requirement first
    rank: Numbers  # [process]: its place in `by_size`
    reachable: NDArray[np.bool_]  # [process, machine]: fits beside what keeps transient resources there
    narrow: bool  # so little is within reach that asking first saves time


class Prices(NamedTuple):
    """Prices of the search on top of the true cost: a unit of each broken rule, and a process that is
    away from its first machine, without which warmth would scatter all of them."""

    excess: Numbers  # [machine, resource]
    rules: Numbers  # [lack of spread, lack of dependency]
    away: Numbers  # [process]
    farness: Numbers  # [first machine, machine]: what `away` is multiplied by, in sixteenths


class State(NamedTuple):
    """What moves. `totals` holds what the constants above name; AWAY is the sum of those prices."""

    machine: Numbers  # [process]
    usage: Numbers
    held: Numbers
    priced: Numbers  # [machine]: load, balance and price of excess
    excess: Numbers  # [machine]
    present: NDArray[np.uint8]  # [service, machine]
    at_location: NDArray[np.int32]  # [service, location]
    at_neighbourhood: NDArray[np.int32]  # [service, neighbourhood]
    locations: Numbers  # [service]
    moved: Numbers  # [service]
    moved_count: Numbers  # [number of moved processes]: services with that many
    hosted: NDArray[np.int32]  # [machine, place]: processes on the machine
    hosted_count: Numbers  # [machine]
    place: Numbers  # [process]: its place in `hosted`
    totals: Numbers


def apart(length: int, kind: type = np.int64) -> NDArray:
    """Zeros that share no cache line with the arrays of another thread."""
    margin = 32
    return np.zeros(length + 2 * margin, dtype=kind)[margin : margin + length]


def _ragged(rows: list[list[int]]) -> tuple[Numbers, Numbers]:
    start = np.zeros(len(rows) + 1, dtype=np.int64)
    start[1:] = np.cumsum([len(row) for row in rows])
    flat = [number for row in rows for number in row]
    return start, np.array(flat, dtype=np.int64)


def build_problem(model: Model, initial: Numbers) -> Problem:
    """Lay a model out for the compiled search; weights are multiplied in."""
    services = len(model.spread)
    needs = [sorted({d for d in row if d != s}) for s, row in enumerate(model.dependencies)]
    needed: list[list[int]] = [[] for _ in range(services)]
    for service, row in enumerate(needs):
        for other in row:
            needed[other].append(service)
    members: list[list[int]] = [[] for _ in range(services)]
    for process, service in enumerate(model.service.tolist()):
        members[service].append(process)
    bound = np.array([model.spread[s] > 1 or bool(needs[s]) or bool(needed[s]) for s in range(services)])
    by_size = np.argsort(-(model.requirement * model.load_weight).sum(axis=1), kind="stable")
    steady = np.where(model.transient, 0, model.requirement)
    location = np.unique(model.location, return_inverse=True)[1].astype(np.int64)
    neighbourhood = np.unique(model.neighbourhood, return_inverse=True)[1].astype(np.int64)
    reachable = _reachable(model, initial)
    return Problem(
        np.ascontiguousarray(np.stack([model.requirement, steady])),
        model.capacity, model.safety, model.load_weight, model.balances, location, neighbourhood,
        model.service, initial.copy(), model.process_move_cost * model.process_move_weight,
        model.machine_move_cost * model.machine_move_weight, model.service_move_weight,
        model.spread, bound, *_ragged(needs), *_ragged(needed), *_ragged(members),
        by_size, np.argsort(by_size), reachable, bool(reachable.mean() < NARROW),
    )  # fmt: skip


def _reachable(model: Model, initial: Numbers) -> NDArray[np.bool_]:
    """Transient use never falls on a first machine, whoever leaves; the rest of capacity may be had whole."""
    staying = np.zeros_like(model.capacity)
    np.add.at(staying, initial, np.where(model.transient, model.requirement, 0))
    room = model.capacity - staying
    reachable = np.ones((len(initial), len(room)), dtype=np.bool_)
    for r in range(room.shape[1]):
        reachable &= model.requirement[:, r, None] <= room[None, :, r]
    reachable[np.arange(len(initial)), initial] = True
    return reachable


def hold(problem: Problem, machines: dict[int, int]) -> Problem:
    """The problem with some processes (process: machine) within reach of one machine only."""
    reachable = problem.reachable.copy()
    for p, m in machines.items():
        reachable[p] = False
        reachable[p, m] = True
    return problem._replace(reachable=reachable, narrow=True)


def build_state(problem: Problem, assignment: Numbers, prices: Prices) -> State:
    """State of `assignment`, with every total counted afresh."""
    machines, resources = problem.capacity.shape
    processes, services = len(problem.service), len(problem.spread)
    state = State(
        np.empty(processes, np.int64), np.zeros((machines, resources), np.int64),
        np.zeros((machines, resources), np.int64), np.zeros(machines, np.int64),
        np.zeros(machines, np.int64), np.zeros((services, machines), np.uint8),
        np.zeros((services, int(problem.location.max()) + 1), np.int32),
        np.zeros((services, int(problem.neighbourhood.max()) + 1), np.int32),
        np.zeros(services, np.int64), np.zeros(services, np.int64), np.zeros(processes + 2, np.int64),
        np.zeros((machines, processes), np.int32), np.zeros(machines, np.int64),
        np.zeros(processes, np.int64), apart(6),
    )  # fmt: skip
    fill_state(problem, state, assignment, prices)
    return state


@inlined_kernel
def longing(prices, p, home, m):
    """Price of process `p`, whose first machine is `home`, for being on another machine `m`."""
    return (prices.away[p] * prices.farness[home, m]) >> 4


@kernel
def price_machine(problem, state, prices, m):
    """Count load, balance and excess of machine `m` afresh; returns (priced, excess)."""
    priced = 0
    excess = 0
    for r in range(problem.capacity.shape[1]):
        over = state.usage[m, r] - problem.safety[m, r]
        if over > 0:
            priced += over * problem.load_weight[r]
        above = state.held[m, r] - problem.capacity[m, r]
        if above > 0:
            excess += above
            priced += above * prices.excess[m, r]
    for b in range(problem.balances.shape[0]):
        first, second = problem.balances[b, 0], problem.balances[b, 1]
        free_first = problem.capacity[m, first] - state.usage[m, first]
        free_second = problem.capacity[m, second] - state.usage[m, second]
        lack = problem.balances[b, 2] * free_first - free_second
        if lack > 0:
            priced += lack * problem.balances[b, 3]
    return priced, excess


@kernel
def count_lacks(problem, state):
    """Count the broken rules of spread and dependency afresh."""
    totals = state.totals
    for s in range(problem.spread.shape[0]):
        empty = problem.members_start[s + 1] == problem.members_start[s]
        if not empty and state.locations[s] < problem.spread[s]:
            totals[SPREAD_LACK] += problem.spread[s] - state.locations[s]
        for k in range(problem.needs_start[s], problem.needs_start[s + 1]):
            for n in range(state.at_neighbourhood.shape[1]):
                if state.at_neighbourhood[s, n] > 0 and state.at_neighbourhood[problem.needs[k], n] == 0:
                    totals[DEPENDENCY_LACK] += 1


@kernel
def count_moves(problem, state, prices):
    """Count the moved processes and their costs afresh."""
    totals = state.totals
    for p in range(problem.service.shape[0]):
        home, m = problem.origin[p], state.machine[p]
        if home != m:
            totals[AWAY] += longing(prices, p, home, m)
            totals[COST] += (
                problem.process_move[p] + problem.machine_move[home, m] + longing(prices, p, home, m)
            )
    for s in range(problem.spread.shape[0]):
        totals[MOST_MOVED] = max(totals[MOST_MOVED], state.moved[s])
    totals[COST] += totals[MOST_MOVED] * problem.service_move_weight


@entry_kernel
def reprice(problem, state, prices):
    """Count every total afresh from the arrays of usage and presence."""
    totals = state.totals
    for k in range(totals.shape[0]):
        totals[k] = 0
    for m in range(problem.capacity.shape[0]):
        state.priced[m], state.excess[m] = price_machine(problem, state, prices, m)
        totals[EXCESS] += state.excess[m]
        totals[COST] += state.priced[m]
    count_lacks(problem, state)
    count_moves(problem, state, prices)
    totals[COST] += totals[SPREAD_LACK] * prices.rules[0] + totals[DEPENDENCY_LACK] * prices.rules[1]


@entry_kernel
def settle(problem, state, assignment):
    """Set the emptied state to `assignment`."""
    for p in range(problem.service.shape[0]):
        m, home, s = assignment[p], problem.origin[p], problem.service[p]
        state.machine[p] = m
        for r in range(problem.capacity.shape[1]):
            amount = problem.demand[0, p, r]
            state.usage[m, r] += amount
            state.held[m, r] += amount
            if home != m:
                state.held[home, r] += amount - problem.demand[1, p, r]
        state.present[s, m] += 1
        state.at_location[s, problem.location[m]] += 1
        if state.at_location[s, problem.location[m]] == 1:
            state.locations[s] += 1
        state.at_neighbourhood[s, problem.neighbourhood[m]] += 1
        if home != m:
            state.moved[s] += 1
        state.place[p] = state.hosted_count[m]
        state.hosted[m, state.hosted_count[m]] = p
        state.hosted_count[m] += 1
    for s in range(problem.spread.shape[0]):
        state.moved_count[state.moved[s]] += 1


def fill_state(problem: Problem, state: State, assignment: Numbers, prices: Prices) -> None:
    """Set the state to `assignment`, with every total counted afresh."""
    for array in (
        state.usage, state.held, state.present, state.at_location, state.at_neighbourhood,
        state.locations, state.moved, state.moved_count, state.hosted_count,
    ):  # fmt: skip
        array.fill(0)
    settle(problem, state, assignment)
    reprice(problem, state, prices)

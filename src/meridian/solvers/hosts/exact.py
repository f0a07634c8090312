"""Small problems whole: CP-SAT packs what remains and proves how little will do."""

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from meridian.solvers.hosts.model import Host, Problem

LARGEST_MODEL_TERMS = 1_500_000
FEWEST_WORKERS = 8


@dataclass(frozen=True)
class Effort:
    """`seconds` of wall time, or `steps` of CP-SAT's own time on one thread, which repeat exactly."""

    seconds: float
    seed: int
    steps: float | None


class ExactModel:
    """Every item on one of the hosts that a packing no dearer than `most` could open."""

    def __init__(self, problem: Problem, most: int | None) -> None:
        self.problem, self.model = problem, cp_model.CpModel()
        self.hosts = _hosts(problem, most)
        fits = problem.fits()
        self.opened = [self.model.new_bool_var("") for _ in self.hosts]
        self.on = [
            {h: self.model.new_bool_var("") for h, (kind, _) in enumerate(self.hosts) if fits[item, kind]}
            for item in range(len(problem.items))
        ]
        for on in self.on:
            self.model.add_exactly_one(on.values())
        self._add_room()
        self._add_order()
        self._add_groups()
        self._add_cost(most)

    def _add_room(self) -> None:
        for host, (kind, _) in enumerate(self.hosts):
            items = [item for item, on in enumerate(self.on) if host in on]
            for item in items:
                self.model.add_implication(self.on[item][host], self.opened[host])
            for row in range(self.problem.loads.shape[1]):
                loads = self.problem.loads[items, row]
                room = int(self.problem.capacity[kind, row])
                if int(loads.sum()) <= room:
                    continue
                unit = int(np.gcd.reduce(loads)) or 1
                held = [
                    self.on[item][host] * (int(load) // unit)
                    for item, load in zip(items, loads, strict=True)
                    if load
                ]
                self.model.add(sum(held) <= self.opened[host] * (room // unit))

    def _add_order(self) -> None:
        """Like hosts that nobody runs on now open in order: the rest are the same packing again."""
        standing = {host for stays in self.problem.stays for host in stays}
        for host in range(1, len(self.hosts)):
            pair = (self.hosts[host - 1], self.hosts[host])
            if pair[0][0] == pair[1][0] and not standing & set(pair):
                self.model.add_implication(self.opened[host], self.opened[host - 1])

    def _add_groups(self) -> None:
        problem = self.problem
        for group in problem.apart:
            for host in range(len(self.hosts)):
                self.model.add_at_most_one(self.on[item][host] for item in group if host in self.on[item])
        domains = sorted(set(problem.domain.tolist()))
        for group in problem.near:
            near = {domain: self.model.new_bool_var("") for domain in domains}
            self.model.add_exactly_one(near.values())
            for item in group:
                for host, on in self.on[item].items():
                    self.model.add_implication(on, near[int(problem.domain[self.hosts[host][0]])])
        for group, wanted in problem.spread:
            held = []
            for domain in domains:
                inside = [
                    on
                    for item in group
                    for host, on in self.on[item].items()
                    if problem.domain[self.hosts[host][0]] == domain
                ]
                counted = self.model.new_bool_var("")
                self.model.add(sum(inside) >= counted)
                held.append(counted)
            self.model.add(sum(held) >= wanted)

    def _add_cost(self, most: int | None) -> None:
        kinds = self.problem.estate.kinds
        number = {host: at for at, host in enumerate(self.hosts)}
        cost = sum(
            opened * kinds[kind].cost for opened, (kind, _) in zip(self.opened, self.hosts, strict=True)
        )
        for on, stays in zip(self.on, self.problem.stays, strict=True):
            for host, saved in stays.items():
                if saved and number.get(host) in on:
                    cost -= on[number[host]] * saved
        self.cost = cost + self.problem.moving
        if most is not None:
            self.model.add(self.cost <= most)
        self.model.minimize(self.cost)

    def hint(self, hosts: Sequence[Host | None]) -> None:
        """Begin from a packing known."""
        number = {host: at for at, host in enumerate(self.hosts)}
        for on, host in zip(self.on, hosts, strict=True):
            for at, chosen in on.items():
                self.model.add_hint(chosen, host is not None and number.get(host) == at)


def small_enough(problem: Problem, most: int | None) -> bool:
    """Whether the model can be handed over whole."""
    return len(_hosts(problem, most)) * int(np.count_nonzero(problem.loads)) <= LARGEST_MODEL_TERMS


def _hosts(problem: Problem, most: int | None) -> list[Host]:
    """The hosts worth a place in the model: by kind those standing, then new ones up to what `most` pays."""
    standing = sorted({host for stays in problem.stays for host in stays})
    found: list[Host] = []
    for kind in range(len(problem.capacity)):
        cost, count = problem.estate.kinds[kind].cost, problem.count(kind)
        if most is not None and cost > 0:
            count = min(count, most // cost)
        own = [host for host in standing if host[0] == kind]
        limit = problem.estate.kinds[kind].count
        numbers = range(count + len(own)) if limit is None else range(min(limit, count + len(own)))
        new = [(kind, number) for number in numbers if (kind, number) not in own]
        found += [*own, *new[:count]]
    return found


class _Teller(cp_model.CpSolverSolutionCallback):
    def __init__(self, exact: ExactModel, tell: Callable[[list[Host | None], int], None]) -> None:
        super().__init__()
        self.exact, self.tell = exact, tell

    def on_solution_callback(self) -> None:
        hosts: list[Host | None] = [
            self.exact.hosts[next(host for host, on in chosen.items() if self.value(on))]
            for chosen in self.exact.on
        ]
        self.tell(hosts, round(self.objective_value))


@dataclass(frozen=True)
class Ears:
    """Who hears of packings and of bounds."""

    packing: Callable[[list[Host | None], int], None]
    bound: Callable[[int], None]


def pack_exactly(
    problem: Problem, known: Sequence[Host | None] | None, most: int | None, effort: Effort, ears: Ears
) -> bool | None:
    """Search the whole model from a packing `known` of cost `most`; tells better ones and bounds.

    Returns whether any packing keeps every rule; None when that is not known.
    """
    exact = ExactModel(problem, most)
    if known is not None:
        exact.hint(known)
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = effort.seed
    if effort.steps is None:
        solver.parameters.max_time_in_seconds = max(0.01, effort.seconds)
        solver.parameters.num_workers = max(FEWEST_WORKERS, os.cpu_count() or 1)
        solver.best_bound_callback = lambda bound: ears.bound(_up(bound))
    else:
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = float(effort.steps)
    status = solver.solve(exact.model, _Teller(exact, ears.packing))
    if status == cp_model.INFEASIBLE:
        return False
    ears.bound(_up(solver.best_objective_bound))
    return True if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def _up(bound: float) -> int:
    return math.ceil(bound - 1e-6) if math.isfinite(bound) else 0

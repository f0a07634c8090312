"""Independent evaluator of a placement: whole sums over plain arrays, nothing from the solver.

Formulas: problem definition of the ROADEF/EURO 2012 challenge. Violations are sentences for people.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from meridian.solvers.placement.files import Model, Numbers

SENTENCES_SHOWN = 100


@dataclass(frozen=True)
class Verdict:
    """What the evaluator found: the full cost, and every rule broken (at most 100 sentences)."""

    feasible: bool
    cost: int
    violations: tuple[str, ...]


def check(model: Model, initial: Numbers, assignment: Numbers) -> Verdict:
    """Evaluate `assignment` against `initial`; both hold a machine number per process."""
    violations = tuple(_violations(model, initial, assignment))
    cost = load_cost(model, assignment) + balance_cost(model, assignment)
    cost += move_cost(model, initial, assignment)
    return Verdict(not violations, cost, violations[:SENTENCES_SHOWN])


def usage(model: Model, assignment: Numbers) -> Numbers:
    """Use of every resource on every machine [machine, resource]."""
    table = np.zeros_like(model.capacity)
    np.add.at(table, assignment, model.requirement)
    return table


def load_cost(model: Model, assignment: Numbers) -> int:
    """Weighted use above the safety capacity."""
    over = np.maximum(usage(model, assignment) - model.safety, 0)
    return int((over.sum(axis=0) * model.load_weight).sum())


def balance_cost(model: Model, assignment: Numbers) -> int:
    """Weighted lack of the second resource for the free amount of the first."""
    free = model.capacity - usage(model, assignment)
    total = 0
    for first, second, target, weight in model.balances.tolist():
        total += weight * int(np.maximum(target * free[:, first] - free[:, second], 0).sum())
    return total


def move_cost(model: Model, initial: Numbers, assignment: Numbers) -> int:
    """Weighted process, service and machine move costs."""
    moved = assignment != initial
    per_service = np.bincount(model.service[moved], minlength=len(model.spread))
    between = model.machine_move_cost[initial[moved], assignment[moved]]
    return (
        model.process_move_weight * int(model.process_move_cost[moved].sum())
        + model.service_move_weight * int(per_service.max())
        + model.machine_move_weight * int(between.sum())
    )


def _violations(model: Model, initial: Numbers, assignment: Numbers) -> Iterator[str]:
    used = usage(model, assignment)
    yield from _overfull(model, used, "capacity")
    moved = assignment != initial
    leaving = np.zeros_like(used)
    np.add.at(leaving, initial[moved], model.requirement[moved] * model.transient)
    within = used <= model.capacity
    yield from _overfull(model, np.where(within, used + leaving, 0), "transient capacity")
    members: dict[int, list[int]] = {}
    for process, service in enumerate(model.service.tolist()):
        members.setdefault(service, []).append(process)
    homes = {
        service: {int(model.neighbourhood[assignment[process]]) for process in processes}
        for service, processes in members.items()
    }
    for service, processes in members.items():
        machines = [int(assignment[process]) for process in processes]
        if len(set(machines)) < len(machines):
            double = next(machine for machine in machines if machines.count(machine) > 1)
            yield f"Service {service} has more than one process on machine {double}."
        places = {int(model.location[machine]) for machine in machines}
        if len(places) < model.spread[service]:
            wanted = int(model.spread[service])
            yield f"Service {service} stands in {len(places)} locations and must stand in {wanted}."
        for needed in model.dependencies[service]:
            for lacking in sorted(homes[service] - homes.get(needed, set())):
                sentence = f"Service {service} runs in neighbourhood {lacking}"
                yield f"{sentence} without service {needed}, on which it depends."


def _overfull(model: Model, used: Numbers, noun: str) -> Iterator[str]:
    for machine, resource in np.argwhere(used > model.capacity).tolist():
        amount, limit = int(used[machine, resource]), int(model.capacity[machine, resource])
        yield f"Machine {machine} uses {amount} of resource {resource}, above its {noun} {limit}."

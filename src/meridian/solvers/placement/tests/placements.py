"""Small reassignment models for tests, made from a seed, and a slow evaluator in plain Python."""

import random

import numpy as np

from meridian.solvers.placement.files import read_assignment, read_model


def model_text(seed, *, machines=6, services=5, processes=12, resources=3):
    """The text of a model with every rule in it, and a first assignment that keeps the rules."""
    chance = random.Random(seed)
    rows = [
        [resources],
        *([chance.randint(0, 1), chance.randint(0, 10)] for _ in range(resources)),
        [machines],
    ]
    for machine in range(machines):
        capacity = [chance.randint(60, 90) for _ in range(resources)]
        safety = [amount - chance.randint(20, 50) for amount in capacity]
        distances = [0 if machine == other else chance.randint(1, 4) for other in range(machines)]
        rows.append([machine % 2, machine % 3, *capacity, *safety, *distances])
    rows.append([services])
    first = [process % machines for process in range(processes)]
    owner = [process % services for process in range(processes)]
    for service in range(services):
        mine = [first[process] for process in range(processes) if owner[process] == service]
        near = {machine % 2 for machine in mine}
        needs = [
            other
            for other in range(services)
            if other != service
            and near <= {first[p] % 2 for p in range(processes) if owner[p] == other}
            and chance.random() < 0.5
        ]
        spread = chance.randint(0, len({machine % 3 for machine in mine}))
        rows.append([spread, len(needs), *needs])
    rows.append([processes])
    rows += [
        [owner[process], *(chance.randint(0, 20) for _ in range(resources)), chance.randint(0, 5)]
        for process in range(processes)
    ]
    rows += [[1], [0, 1, 2], [chance.randint(0, 5)], [1, 10, 100]]
    text = "\n".join(" ".join(map(str, row)) for row in rows) + "\n"
    return text, " ".join(map(str, first)) + "\n"


def write_model(folder, seed, **sizes):
    """Write the files of `model_text`; their paths."""
    model, first = (folder / "model_small.txt", folder / "assignment_small.txt")
    for path, text in zip((model, first), model_text(seed, **sizes), strict=True):
        path.write_text(text)
    return model, first


def read_small(folder, seed, **sizes):
    """The model and its first assignment."""
    model_path, first_path = write_model(folder, seed, **sizes)
    model = read_model(model_path)
    return model, read_assignment(first_path, model)


def slow_cost(model, initial, assignment):
    """The cost by the definition, one process and one machine at a time."""
    cost = 0
    for machine in range(len(model.capacity)):
        used = [0] * len(model.load_weight)
        for process, where in enumerate(assignment):
            if where == machine:
                used = [a + int(b) for a, b in zip(used, model.requirement[process], strict=True)]
        for resource, amount in enumerate(used):
            cost += int(model.load_weight[resource]) * max(0, amount - int(model.safety[machine, resource]))
        free = [int(c) - amount for c, amount in zip(model.capacity[machine], used, strict=True)]
        for first, second, target, weight in model.balances.tolist():
            cost += weight * max(0, target * free[first] - free[second])
    moved_of = [0] * len(model.spread)
    for process, (old, new) in enumerate(zip(initial, assignment, strict=True)):
        if old != new:
            moved_of[model.service[process]] += 1
            cost += model.process_move_weight * int(model.process_move_cost[process])
            cost += model.machine_move_weight * int(model.machine_move_cost[old, new])
    return cost + model.service_move_weight * max(moved_of)


def slow_feasible(model, initial, assignment):
    """Whether every rule holds, by the definition."""
    processes = range(len(assignment))
    for machine, limits in enumerate(model.capacity.tolist()):
        for resource, limit in enumerate(limits):
            here = [p for p in processes if assignment[p] == machine]
            if model.transient[resource]:
                here += [p for p in processes if initial[p] == machine != assignment[p]]
            if sum(int(model.requirement[p, resource]) for p in here) > limit:
                return False
    for service in range(len(model.spread)):
        hosts = [int(assignment[p]) for p in processes if model.service[p] == service]
        if len(set(hosts)) < len(hosts):
            return False
        if hosts and len({int(model.location[m]) for m in hosts}) < model.spread[service]:
            return False
        for needed in model.dependencies[service]:
            near = {int(model.neighbourhood[assignment[p]]) for p in processes if model.service[p] == needed}
            if not {int(model.neighbourhood[m]) for m in hosts} <= near:
                return False
    return True


def random_assignment(model, seed):
    """Any machine for every process."""
    return np.random.default_rng(seed).integers(0, len(model.capacity), len(model.service))

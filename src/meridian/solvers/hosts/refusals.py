"""What can't be packed whatever one tries, said by name before any search."""

import numpy as np

from meridian.kernel.console import Fault
from meridian.solvers.hosts.hours_week import hour_name
from meridian.solvers.hosts.model import Problem, groups_joined


def refuse_impossible(problem: Problem) -> None:
    """Raise a `Fault` for workloads larger than any host, and for rules that no packing can keep."""
    _refuse_too_large(problem)
    _refuse_contradictions(problem)
    _refuse_too_few_hosts(problem)
    _refuse_spread(problem)
    _refuse_too_much(problem)


def _refuse_too_large(problem: Problem) -> None:
    hosts = np.array([problem.count(kind) > 0 for kind in range(len(problem.capacity))])
    for item in np.flatnonzero(~np.any(problem.fits() & hosts, axis=1)).tolist():
        over = problem.loads[item] > problem.capacity.max(axis=0)
        row = int(np.argmax(over)) if over.any() else 0
        estate, resource = problem.estate, int(problem.row_resource[row])
        largest = max(kind.usable[resource] for kind in estate.kinds)
        need = sum(_at(estate.workloads[each].use[resource], problem, row) for each in problem.items[item])
        names = _names(problem, problem.items[item])
        together = "Workload" if len(problem.items[item]) == 1 else "Together, the workloads"
        if over.any():
            raise Fault(
                f"{together} {names} {'needs' if together == 'Workload' else 'need'} {need:g} "
                f"{estate.resources[resource]}{_when(problem, row)}, and no host has more than {largest:g} "
                "usable.",
                "Give a larger kind of host or less headroom.",
            )
        raise Fault(f"{together} {names} fit on no kind of host there is.", "Give a larger kind of host.")


def _at(use: tuple[float, ...], problem: Problem, row: int) -> float:
    return use[int(problem.row_hour[row])] if len(use) > 1 else use[0]


def _when(problem: Problem, row: int) -> str:
    resource = int(problem.row_resource[row])
    if all(len(each.use[resource]) == 1 for each in problem.estate.workloads):
        return ""
    return f" on {hour_name(int(problem.row_hour[row]))} UTC"


def _names(problem: Problem, workloads: tuple[int, ...]) -> str:
    named = [repr(problem.estate.workloads[each].name) for each in workloads]
    return ", ".join(named[:5]) + (f" and {len(named) - 5} others" if len(named) > 5 else "")


def _refuse_contradictions(problem: Problem) -> None:
    for group, named in zip(problem.apart, problem.estate.apart, strict=True):
        seen: dict[int, int] = {}
        for item, workload in zip(group, named, strict=True):
            if item in seen:
                both = _names(problem, (seen[item], workload))
                raise Fault(f"The workloads {both} must be together and apart at once.", "Drop one rule.")
            seen[item] = workload


def _refuse_too_few_hosts(problem: Problem) -> None:
    fits = problem.fits()
    for group, named in zip(problem.apart, problem.estate.apart, strict=True):
        able = [kind for kind in range(len(problem.capacity)) if fits[list(group), kind].any()]
        hosts = sum(problem.count(kind) for kind in able)
        if hosts < len(group):
            raise Fault(
                f"The {len(group)} workloads {_names(problem, named)} must stand apart, and only {hosts} "
                "hosts can carry any of them.",
                "Raise a 'count' or shorten the group.",
            )


def _refuse_spread(problem: Problem) -> None:
    domains = {int(problem.domain[k]) for k in range(len(problem.capacity)) if problem.count(k) > 0}
    parts = groups_joined(problem.near, len(problem.items))
    part_of = {item: number for number, part in enumerate(parts) for item in part}
    for (group, wanted), rule in zip(problem.spread, problem.estate.spread, strict=True):
        names = _names(problem, rule.workloads)
        if wanted > len(domains):
            raise Fault(
                f"The workloads {names} should stand in {wanted} fault domains, and the hosts have "
                f"{len(domains)}.",
                "Give kinds more domains or ask for fewer.",
            )
        if wanted > len({part_of[item] for item in group}):
            raise Fault(
                f"The workloads {names} should stand in {wanted} fault domains, and are too few or bound "
                "to be together or near.",
                "Ask for fewer domains or drop a rule.",
            )


def _refuse_too_much(problem: Problem) -> None:
    """Total need against all hosts there are, row by row."""
    counts = np.array([problem.count(kind) for kind in range(len(problem.capacity))], dtype=np.int64)
    over = problem.loads.sum(axis=0) > counts @ problem.capacity
    if not over.any():
        return
    row = int(np.argmax(over))
    estate, resource = problem.estate, int(problem.row_resource[row])
    need = sum(_at(each.use[resource], problem, row) for each in estate.workloads)
    usable = sum(int(n) * kind.usable[resource] for n, kind in zip(counts, estate.kinds, strict=True))
    raise Fault(
        f"All workloads need {need:g} {estate.resources[resource]}{_when(problem, row)}, and all hosts "
        f"together have {usable:g} usable.",
        "Raise a 'count' or lower the headroom.",
    )

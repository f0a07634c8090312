"""The independent check of a packing: plain sums over the estate as written, nothing of the search.

It reads amounts as the planner gave them, in floats, and grants them what addition in floats may lose.
"""

import math
from collections import defaultdict
from dataclasses import dataclass

from meridian.kernel.console import Fault
from meridian.solvers.hosts.estate import Estate, Kind
from meridian.solvers.hosts.hours_week import HOURS_OF_WEEK, hour_name
from meridian.solvers.hosts.plan import HostsPlan

LOST_IN_ADDING = 1e-9


@dataclass(frozen=True)
class Load:
    """What one host carries: workloads, and use by resource and hour of the week."""

    kind: int
    number: int
    workloads: tuple[int, ...]
    use: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Verdict:
    """What the check found; `watt_hours` a week is None where a host in use has no watts."""

    cost: int
    loads: tuple[Load, ...]
    moved: int
    watt_hours: float | None
    violations: tuple[str, ...]


def check_plan(estate: Estate, plan: HostsPlan) -> Verdict:
    """Every rule of the estate against the plan; a sentence for each rule that is broken."""
    missing = _misplaced(estate, plan)
    if missing:
        return Verdict(0, (), 0, None, tuple(missing))
    loads = _loads(estate, plan)
    violations = [*_overfull(estate, loads), *_broken_rules(estate, plan)]
    names = [f"{estate.kinds[kind].name}-{number + 1}" for kind, number in plan.hosts]
    moved = [
        workload
        for workload, name in zip(estate.workloads, names, strict=True)
        if workload.now is not None and workload.now != name
    ]
    cost = sum(estate.kinds[load.kind].cost for load in loads) + sum(each.move_cost for each in moved)
    return Verdict(cost, tuple(loads), len(moved), _watt_hours(estate, loads), tuple(violations))


def verified(estate: Estate, plan: HostsPlan, cost: int) -> Verdict:
    """The verdict on a plan that keeps every rule and costs what was said; otherwise a `Fault`."""
    verdict = check_plan(estate, plan)
    if verdict.violations:
        raise Fault(f"The packing failed its check: {verdict.violations[0]}", "Report it with the file.")
    if verdict.cost != cost:
        raise Fault(
            f"The packing costs {verdict.cost}, and the search said {cost}.", "Report it with the file."
        )
    return verdict


def _misplaced(estate: Estate, plan: HostsPlan) -> list[str]:
    if len(plan.hosts) != len(estate.workloads):
        return [f"{len(estate.workloads)} workloads have {len(plan.hosts)} places."]
    sentences = []
    for workload, (kind, number) in zip(estate.workloads, plan.hosts, strict=True):
        there = 0 <= kind < len(estate.kinds) and number >= 0
        count = estate.kinds[kind].count if there else 0
        if not there or (count is not None and number >= count):
            sentences.append(f"{workload.name!r} stands on a host that there is not.")
    return sentences


def _loads(estate: Estate, plan: HostsPlan) -> list[Load]:
    standing: dict[tuple[int, int], list[int]] = defaultdict(list)
    for workload, host in enumerate(plan.hosts):
        standing[host].append(workload)
    return [
        Load(kind, number, tuple(members), _summed(estate, members))
        for (kind, number), members in sorted(standing.items())
    ]


def _summed(estate: Estate, members: list[int]) -> tuple[tuple[float, ...], ...]:
    table = []
    for resource in range(len(estate.resources)):
        uses = [estate.workloads[each].use[resource] for each in members]
        flat = math.fsum(use[0] for use in uses if len(use) == 1)
        hourly = [use for use in uses if len(use) > 1]
        if hourly:
            table.append(tuple(flat + math.fsum(hour) for hour in zip(*hourly, strict=True)))
        else:
            table.append((flat,) * HOURS_OF_WEEK)
    return tuple(table)


def _overfull(estate: Estate, loads: list[Load]) -> list[str]:
    sentences = []
    for load in loads:
        kind = estate.kinds[load.kind]
        for resource, (use, usable) in enumerate(zip(load.use, kind.usable, strict=True)):
            hour = max(range(HOURS_OF_WEEK), key=use.__getitem__)
            if use[hour] > usable * (1 + LOST_IN_ADDING):
                sentences.append(
                    f"{kind.name}-{load.number + 1} carries {use[hour]:g} {estate.resources[resource]} on "
                    f"{hour_name(hour)} UTC, and {usable:g} is usable."
                )
    return sentences


def _broken_rules(estate: Estate, plan: HostsPlan) -> list[str]:
    sentences = []
    domains = [estate.kinds[kind].domain for kind, _ in plan.hosts]
    for group in estate.apart:
        if len({plan.hosts[each] for each in group}) < len(group):
            sentences.append(f"Two of {_named(estate, group)} share a host and should stand apart.")
    for group in estate.together:
        if len({plan.hosts[each] for each in group}) > 1:
            sentences.append(f"{_named(estate, group)} should stand on one host.")
    for group in estate.near:
        if len({domains[each] for each in group}) > 1:
            sentences.append(f"{_named(estate, group)} should stand in one fault domain.")
    for rule in estate.spread:
        found = len({domains[each] for each in rule.workloads})
        if found < rule.domains:
            names = _named(estate, rule.workloads)
            sentences.append(f"{names} stand in {found} fault domains and should in {rule.domains}.")
    return sentences


def _named(estate: Estate, group: tuple[int, ...]) -> str:
    return ", ".join(repr(estate.workloads[each].name) for each in group)


def _watt_hours(estate: Estate, loads: list[Load]) -> float | None:
    """Idle watts plus the share in use of what is between idle and peak, hour by hour (planning for PUE
    comes on top)."""
    if estate.power_follows is None:
        return None
    total = 0.0
    for load in loads:
        kind = estate.kinds[load.kind]
        if kind.watts is None:
            return None
        total += _host_watt_hours(kind, load.use[estate.power_follows], kind.capacity[estate.power_follows])
    return total


def _host_watt_hours(kind: Kind, use: tuple[float, ...], capacity: float) -> float:
    idle, peak = kind.watts or (0.0, 0.0)
    return math.fsum(idle + (peak - idle) * min(1.0, each / capacity) for each in use)

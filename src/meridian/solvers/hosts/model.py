"""An estate as whole numbers for packing: what must stay together is one item, idle hours are left out."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meridian.solvers.hosts.estate import Estate

Whole = NDArray[np.int64]
Host = tuple[int, int]
DIGITS = 12
# What a float may be off by the unit after the last digit: 0.1 of a capacity of 0.3 still fits three times.
SLACK = 1e-3


@dataclass(frozen=True)
class Problem:
    """Items (workloads that stay together) to pack on hosts (a kind and a number).

    `loads` [item, row] and `capacity` [kind, row]: a row is a resource (`row_resource`) in an hour
    (`row_hour`), in units of at most 10^-11 of the largest host, loads rounded up and capacity down; a
    row that another of its resource outdoes in every item is left out. Groups of rules hold items;
    `spread` comes with the number of domains. `stays` [item] tells what is saved on each host that members
    run on now; `moving` is what it costs when all of them move.
    """

    estate: Estate
    items: tuple[tuple[int, ...], ...]
    loads: Whole
    capacity: Whole
    row_resource: Whole
    row_hour: Whole
    domain: Whole
    apart: tuple[tuple[int, ...], ...]
    near: tuple[tuple[int, ...], ...]
    spread: tuple[tuple[tuple[int, ...], int], ...]
    stays: tuple[dict[Host, int], ...]
    moving: int

    def count(self, kind: int) -> int:
        """How many hosts of the kind may be open at once: never more than there are items."""
        count = self.estate.kinds[kind].count
        return len(self.items) if count is None else min(count, len(self.items))

    def fits(self) -> NDArray[np.bool_]:
        """Whether an item fits on an empty host [item, kind]."""
        return np.array([np.all(self.loads <= each, axis=1) for each in self.capacity]).T


def groups_joined(groups: Iterable[Sequence[int]], count: int) -> list[tuple[int, ...]]:
    """The parts in which `count` things fall when the members of each group belong together."""
    leader = list(range(count))

    def root(member: int) -> int:
        while leader[member] != member:
            leader[member] = leader[leader[member]]
            member = leader[member]
        return member

    for group in groups:
        for member in group[1:]:
            first, second = sorted((root(group[0]), root(member)))
            leader[second] = first
    parts: dict[int, list[int]] = {}
    for member in range(count):
        parts.setdefault(root(member), []).append(member)
    return [tuple(part) for part in parts.values()]


def build_problem(estate: Estate) -> Problem:
    """The problem of an estate; rules that contradict each other stay in it (`hosts_refusals`)."""
    items = groups_joined(estate.together, len(estate.workloads))
    item_of = {workload: item for item, members in enumerate(items) for workload in members}
    loads, capacity, row_resource, row_hour = _rows(estate, items)
    domains = sorted({kind.domain for kind in estate.kinds})
    near = groups_joined([[item_of[each] for each in group] for group in estate.near], len(items))
    return Problem(
        estate=estate,
        items=tuple(items),
        loads=loads,
        capacity=capacity,
        row_resource=row_resource,
        row_hour=row_hour,
        domain=np.array([domains.index(kind.domain) for kind in estate.kinds], dtype=np.int64),
        apart=tuple(tuple(item_of[each] for each in group) for group in estate.apart),
        near=tuple(group for group in near if len(group) > 1),
        spread=tuple(
            (tuple(sorted({item_of[each] for each in rule.workloads})), rule.domains)
            for rule in estate.spread
        ),
        stays=tuple(_stays(estate, members) for members in items),
        moving=sum(each.move_cost for each in estate.workloads if each.now),
    )


def _stays(estate: Estate, members: Sequence[int]) -> dict[Host, int]:
    saved: dict[Host, int] = {}
    for member in members:
        workload = estate.workloads[member]
        if workload.now:
            host = estate.standing[workload.now]
            saved[host] = saved.get(host, 0) + workload.move_cost
    return saved


def _rows(estate: Estate, items: Sequence[Sequence[int]]) -> tuple[Whole, Whole, Whole, Whole]:
    """Loads and capacities by row, and the resource and hour of every row."""
    all_loads, all_capacity, resources, hours = [], [], [], []
    leaders = np.zeros(len(estate.workloads), dtype=np.int64)
    for item, members in enumerate(items):
        leaders[list(members)] = item
    for resource in range(len(estate.resources)):
        largest = max(kind.usable[resource] for kind in estate.kinds)
        scale = 10.0 ** (DIGITS - math.ceil(math.log10(largest)))
        loads = _whole_loads(estate, resource, scale, leaders, len(items))
        kept = _outstanding(loads)
        usable = np.array([kind.usable[resource] for kind in estate.kinds])
        capacity = np.floor(usable * scale + SLACK).astype(np.int64)
        all_loads.append(loads[:, kept])
        all_capacity.append(np.repeat(capacity[:, None], len(kept), axis=1))
        resources += [resource] * len(kept)
        hours += kept
    return (
        np.ascontiguousarray(np.hstack(all_loads)),
        np.hstack(all_capacity),
        np.array(resources, dtype=np.int64),
        np.array(hours, dtype=np.int64),
    )


def _whole_loads(estate: Estate, resource: int, scale: float, leaders: Whole, items: int) -> Whole:
    """Loads [item, hour] of one resource; a single column where nothing changes by the hour."""
    uses = [each.use[resource] for each in estate.workloads]
    width = max(map(len, uses))
    table = np.empty((len(uses), width))
    for workload, use in enumerate(uses):
        table[workload] = use
    # Beyond any capacity more makes no difference, and sums must stay within 64 bits.
    whole = np.ceil(np.minimum(table * scale, 10.0 ** (DIGITS + 1)) - SLACK).astype(np.int64)
    loads = np.zeros((items, width), dtype=np.int64)
    np.add.at(loads, leaders, np.maximum(whole, 0))
    return loads


def _outstanding(loads: Whole) -> list[int]:
    """The hours that no other outdoes in every item: where these hold, the others hold too."""
    kept: list[int] = []
    for hour in np.argsort(-loads.sum(axis=0), kind="stable").tolist():
        if not kept or not np.any(np.all(loads[:, kept] >= loads[:, [hour]], axis=0)):
            kept.append(hour)
    return sorted(kept)

"""A packing that is being made: which item stands on which host, and what still fits where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from meridian.solvers.hosts.model import Host, Problem

POOL = -1
FIRST_PLACES = 16


@dataclass
class Rules:
    """Counts that tell at once what a rule allows: by group and place, by group and domain."""

    apart_of: list[list[int]]
    near_of: list[list[int]]
    spread_of: list[list[int]]
    apart: NDArray[np.int32]
    near: NDArray[np.int32]
    spread: NDArray[np.int32]
    waiting: list[int] = field(default_factory=list)


def _groups_of(groups: Sequence[tuple[int, ...]], items: int) -> list[list[int]]:
    mine: list[list[int]] = [[] for _ in range(items)]
    for number, group in enumerate(groups):
        for item in group:
            mine[item].append(number)
    return mine


class Packing:
    """Items on open hosts. A host has a place (a row of `free`) while it is open; items off any are pooled.

    `journal` remembers every change until `keep`, so that `undo` brings back what was.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        items, domains = len(problem.items), int(problem.domain.max()) + 1
        self.place = [POOL] * items
        self.pooled = items
        self.members: list[set[int]] = []
        self.host: list[Host | None] = []
        self.places: dict[Host, int] = {}
        self.open_of = [0] * len(problem.capacity)
        self.free = np.full((FIRST_PLACES, problem.loads.shape[1]), -1, dtype=np.int64)
        self.domain = np.full(FIRST_PLACES, -1, dtype=np.int64)
        spreads = [group for group, _ in problem.spread]
        self.rules = Rules(
            _groups_of(problem.apart, items),
            _groups_of(problem.near, items),
            _groups_of(spreads, items),
            np.zeros((len(problem.apart), FIRST_PLACES), dtype=np.int32),
            np.zeros((len(problem.near), domains), dtype=np.int32),
            np.zeros((len(spreads), domains), dtype=np.int32),
            [len(group) for group in spreads],
        )
        self.cost = problem.moving
        self.journal: list[tuple[int, Host | None]] = []
        # One hour of every resource refuses most hosts before all hours are looked at.
        self.telling = _telling_rows(problem)

    def open_places(self) -> list[int]:
        return sorted(self.places.values())

    def pool(self) -> list[int]:
        return [item for item, place in enumerate(self.place) if place == POOL]

    def open(self, host: Host) -> int:
        """Open an empty host; its place."""
        kind = host[0]
        place = next((at for at, each in enumerate(self.host) if each is None), len(self.host))
        if place == len(self.host):
            self.host.append(None)
            self.members.append(set())
            if place == len(self.free):
                self._grow()
        self.host[place] = host
        self.places[host] = place
        self.free[place] = self.problem.capacity[kind]
        self.domain[place] = self.problem.domain[kind]
        self.open_of[kind] += 1
        self.cost += self.problem.estate.kinds[kind].cost
        return place

    def _grow(self) -> None:
        self.free = np.vstack([self.free, np.full_like(self.free, -1)])
        self.domain = np.concatenate([self.domain, np.full_like(self.domain, -1)])
        self.rules.apart = np.hstack([self.rules.apart, np.zeros_like(self.rules.apart)])

    def _close(self, place: int) -> None:
        host = self.host[place]
        assert host is not None
        self.host[place] = None
        del self.places[host]
        self.free[place] = -1
        self.domain[place] = -1
        self.open_of[host[0]] -= 1
        self.cost -= self.problem.estate.kinds[host[0]].cost

    def new_host(self, kind: int) -> Host | None:
        """The first host of a kind that is not open; None when all are."""
        if self.open_of[kind] >= self.problem.count(kind):
            return None
        number = next(n for n in range(self.open_of[kind] + 1) if (kind, n) not in self.places)
        return kind, number

    def put(self, item: int, place: int) -> None:
        """Stand a pooled item on an open host; `allowed` says where that is lawful."""
        self.journal.append((item, None))
        self._put(item, place)

    def _put(self, item: int, place: int) -> None:
        self.place[item] = place
        self.members[place].add(item)
        self.free[place] -= self.problem.loads[item]
        self._count(item, place, 1)

    def take(self, item: int) -> None:
        """Pool an item; a host left empty is closed."""
        place = self.place[item]
        self.journal.append((item, self.host[place]))
        self._take(item, place)

    def _take(self, item: int, place: int) -> None:
        self.place[item] = POOL
        self.members[place].discard(item)
        self.free[place] += self.problem.loads[item]
        self._count(item, place, -1)
        if not self.members[place]:
            self._close(place)

    def _count(self, item: int, place: int, change: int) -> None:
        host, domain = self.host[place], int(self.domain[place])
        if host is not None:
            self.cost -= change * self.problem.stays[item].get(host, 0)
        self.pooled -= change
        for group in self.rules.apart_of[item]:
            self.rules.apart[group, place] += change
        for group in self.rules.near_of[item]:
            self.rules.near[group, domain] += change
        for group in self.rules.spread_of[item]:
            self.rules.spread[group, domain] += change
            self.rules.waiting[group] -= change

    def keep(self) -> None:
        self.journal.clear()

    def undo(self) -> None:
        """Bring back the packing of the last `keep`."""
        for item, host in reversed(self.journal):
            if host is None:
                self._take(item, self.place[item])
            else:
                self._put(item, self.places[host] if host in self.places else self.open(host))
        self.journal.clear()

    def ruled(self, item: int, domains: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether the rules of near and spread let the item stand in these domains (of open hosts)."""
        allowed = domains >= 0
        for group in self.rules.near_of[item]:
            taken = np.flatnonzero(self.rules.near[group])
            if len(taken):
                allowed &= domains == taken[0]
        for group in self.rules.spread_of[item]:
            held = self.rules.spread[group] > 0
            wanted = self.problem.spread[group][1]
            if held.sum() + self.rules.waiting[group] - 1 < wanted:
                allowed &= ~held[domains]
        return allowed

    def lawful(self, item: int) -> NDArray[np.bool_]:
        """Whether rules (not room) let the item stand on each place."""
        used = len(self.host)
        allowed = self.ruled(item, self.domain[:used])
        for group in self.rules.apart_of[item]:
            allowed &= self.rules.apart[group, :used] == 0
        return allowed

    def allowed(self, item: int) -> NDArray[np.int64]:
        """The places on which the item fits and is lawful."""
        load, allowed = self.problem.loads[item], self.lawful(item)
        for row in self.telling:
            allowed &= self.free[: len(allowed), row] >= load[row]
        found = np.flatnonzero(allowed)
        kept: NDArray[np.int64] = found[np.all(self.free[found] >= load, axis=1)]
        return kept

    def kinds_for(self, item: int, fits: NDArray[np.bool_]) -> Iterator[int]:
        """The kinds of which another host may be opened for the item."""
        lawful = self.ruled(item, self.problem.domain)
        for kind in np.flatnonzero(fits[item] & lawful).tolist():
            if self.open_of[kind] < self.problem.count(kind):
                yield kind

    def hosts(self) -> list[Host | None]:
        """The host of every item."""
        return [None if place == POOL else self.host[place] for place in self.place]


def _telling_rows(problem: Problem) -> list[int]:
    totals = problem.loads.sum(axis=0)
    resources = np.unique(problem.row_resource)
    of_resource = (np.flatnonzero(problem.row_resource == each).tolist() for each in resources)
    return [max(rows, key=lambda row: int(totals[row])) for rows in of_resource]

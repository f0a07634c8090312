"""Pack better and better: empty hosts, find other room for what stood there, eject what is in the way.

The room for an item without one is made by ejection guided by penalties (Nagata and Bräysy 2009, for
vehicles): what was hard to place before counts as greater and is ejected last.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meridian.solvers.hosts.model import Host, Problem
from meridian.solvers.hosts.packing import POOL, Packing

SCORES = ("tight", "square", "dot", "cosine")
SAMPLED_PLACES = 24
PATIENCE = 40
STAY_CHANCE = 0.9
START_SHARE = 0.2


@dataclass(frozen=True)
class Course:
    """When to stop: after `rounds` (None: no limit) or when the share of the time that is spent is 1.

    `tell` hears of every better packing that is whole.
    """

    seed: int
    rounds: int | None
    spent: Callable[[], float]
    tell: Callable[[Packing], None]


class Search:
    """One search over one problem."""

    def __init__(self, problem: Problem, course: Course) -> None:
        self.problem, self.course = problem, course
        self.numbers = np.random.default_rng(course.seed)
        self.fits = problem.fits()
        self.scale = _scale(problem)
        self.shares = problem.loads * self.scale
        # Rows of a resource with many hours count together as much as one row.
        self.root = self.scale * problem.capacity.max(axis=0)
        self.size = np.maximum((self.shares * self.root).sum(axis=1), 1e-12)
        self.penalty = np.ones(len(problem.items))
        self.score = SCORES[0]

    def start(self, known: Sequence[Sequence[Host | None]]) -> Packing:
        """The best of the known packings and of greedy ones: greatest first, by several scores."""
        made = [self._replayed(hosts) for hosts in known]
        if self.problem.moving:
            made.append(self._greedy(self.size, [self._home(item) for item in range(len(self.size))]))
        for order in (self.size, self.shares.max(axis=1)):
            for self.score in SCORES:
                if not made or self.course.spent() < START_SHARE:
                    made.append(self._greedy(order, []))
        best = min(made, key=_worth)
        best.keep()
        if best.pooled == 0:
            self.course.tell(best)
        return best

    def improve(self, packing: Packing, bound: int) -> Packing:
        """Ruin and recreate until the bound is met or the course ends; tells whole packings."""
        best = _worth(packing)
        done = 0
        while best > (0, bound) and self.course.spent() < 1:
            if self.course.rounds is not None and done >= self.course.rounds:
                break
            done += 1
            now = _worth(packing)
            self.score = SCORES[int(self.numbers.integers(len(SCORES)))]
            self._round(packing)
            if _worth(packing) > now:
                packing.undo()
                continue
            packing.keep()
            if _worth(packing) < best:
                best = _worth(packing)
                if best[0] == 0:
                    self.course.tell(packing)
        return packing

    def _replayed(self, hosts: Sequence[Host | None]) -> Packing:
        packing = Packing(self.problem)
        for item, host in enumerate(hosts):
            if host is not None:
                packing.put(item, packing.places[host] if host in packing.places else packing.open(host))
        return packing

    def _home(self, item: int) -> Host | None:
        stays = self.problem.stays[item]
        return max(stays, key=lambda host: stays[host]) if stays else None

    def _greedy(self, order: NDArray[np.float64], homes: Sequence[Host | None]) -> Packing:
        packing = Packing(self.problem)
        bound_first = np.array([bool(n or s) for n, s in self._ruled()], dtype=np.float64)
        queue = [int(each) for each in np.lexsort((-order, -bound_first))]
        for item in queue if homes else ():
            host = homes[item]
            if host is not None and self._may_stand(packing, item, host):
                packing.put(item, packing.places[host] if host in packing.places else packing.open(host))
        left = []
        for item in queue:
            if packing.place[item] == POOL and not self._stand(packing, item, None):
                left.append(item)
        self._settle(packing, left, PATIENCE * 10)
        return packing

    def _ruled(self) -> list[tuple[list[int], list[int]]]:
        rules = Packing(self.problem).rules
        return list(zip(rules.near_of, rules.spread_of, strict=True))

    def _may_stand(self, packing: Packing, item: int, host: Host) -> bool:
        if host in packing.places:
            return packing.places[host] in packing.allowed(item)
        return host[0] in packing.kinds_for(item, self.fits)

    def _stand(self, packing: Packing, item: int, most: int | None) -> bool:
        """Put the item where it fits best, or on a new host that keeps the cost within `most`."""
        places = packing.allowed(item)
        if len(places):
            packing.put(item, self._best(packing, item, places))
            return True
        kind = self._kind(packing, item, most)
        host = None if kind is None else packing.new_host(kind)
        if host is None:
            return False
        packing.put(item, packing.open(host))
        return True

    def _best(self, packing: Packing, item: int, places: NDArray[np.int64]) -> int:
        stays = self.problem.stays[item]
        if stays and self.numbers.random() < STAY_CHANCE:
            home = [packing.places[host] for host in stays if packing.places.get(host, POOL) in places]
            if home:
                return home[0]
        free, share = packing.free[places] * self.scale, self.shares[item]
        if self.score == "tight":
            worth = -(free * self.root).sum(axis=1)
        elif self.score == "square":
            worth = -np.square(free - share).sum(axis=1)
        else:
            worth = free @ share
            if self.score == "cosine":
                worth = worth / np.maximum(np.sqrt(np.square(free).sum(axis=1)), 1e-12)
        return int(places[np.argmax(worth)])

    def _kind(self, packing: Packing, item: int, most: int | None) -> int | None:
        """The kind for a new host: the cheapest for its size, now and then another."""
        kinds = self.problem.estate.kinds
        open_for = [
            kind
            for kind in packing.kinds_for(item, self.fits)
            if most is None or packing.cost + kinds[kind].cost <= most
        ]
        if not open_for:
            return None
        if most is not None and self.numbers.random() < 0.3:
            return open_for[int(self.numbers.integers(len(open_for)))]
        worth = (self.problem.capacity * self.scale * self.root).sum(axis=1)
        return min(open_for, key=lambda kind: kinds[kind].cost / worth[kind])

    def _round(self, packing: Packing) -> None:
        """Empty a few hosts, settle their items elsewhere, open no more than the cost allows."""
        most = packing.cost if packing.pooled == 0 else None
        pooled = packing.pool() + self._ruin(packing)
        self.numbers.shuffle(pooled)
        pooled.sort(key=lambda item: self.size[item] * self.penalty[item], reverse=True)
        left = self._settle(packing, pooled, PATIENCE)
        for item in left:
            if not self._stand(packing, item, most):
                return
        self._go_home(packing, pooled)

    def _ruin(self, packing: Packing) -> list[int]:
        places = packing.open_places()
        if not places:
            return []
        cost = np.array([self.problem.estate.kinds[self._kind_at(packing, p)].cost + 1.0 for p in places])
        filled = np.array([sum(self.size[item] for item in packing.members[p]) for p in places])
        chance = cost / (filled + 0.1 * filled.mean() + 1e-12)
        count = min(len(places), int(self.numbers.choice((1, 2, 3), p=(0.6, 0.25, 0.15))))
        chosen = self.numbers.choice(len(places), size=count, replace=False, p=chance / chance.sum())
        pooled = [item for each in chosen for item in sorted(packing.members[places[each]])]
        if self.problem.near and self.numbers.random() < 0.2:
            group = self.problem.near[int(self.numbers.integers(len(self.problem.near)))]
            pooled += [item for item in group if item not in pooled and packing.place[item] != POOL]
        for item in pooled:
            packing.take(item)
        return pooled

    def _kind_at(self, packing: Packing, place: int) -> int:
        host = packing.host[place]
        assert host is not None
        return host[0]

    def _settle(self, packing: Packing, pooled: list[int], patience: int) -> list[int]:
        """Find room on open hosts, by ejection where need be; what found none."""
        queue, left = pooled[::-1], []
        while queue:
            item = queue.pop()
            places = packing.allowed(item)
            if len(places):
                packing.put(item, self._best(packing, item, places))
                continue
            self.penalty[item] += 1
            patience -= 1
            swap = self._ejection(packing, item) if patience >= 0 else None
            if swap is None:
                left.append(item)
                continue
            ejected, place = swap
            packing.take(ejected)
            packing.put(item, place)
            queue.append(ejected)
        return left

    def _ejection(self, packing: Packing, item: int) -> tuple[int, int] | None:
        """The least item that makes room for `item` when it goes, and its place."""
        used = len(packing.host)
        places = np.flatnonzero(packing.ruled(item, packing.domain[:used]))
        if len(places) > SAMPLED_PLACES:
            places = self.numbers.choice(places, size=SAMPLED_PLACES, replace=False)
        members = [other for place in places.tolist() for other in self._ejectable(packing, item, place)]
        weight = self.size * self.penalty
        members = [other for other in members if weight[other] < weight[item]]
        if not members:
            return None
        others = np.array(members)
        at = np.array([packing.place[other] for other in members])
        loads, load = self.problem.loads, self.problem.loads[item]
        for row in packing.telling:
            able = packing.free[at, row] + loads[others, row] >= load[row]
            others, at = others[able], at[able]
        able = np.all(packing.free[at] + loads[others] >= load, axis=1)
        others, at = others[able], at[able]
        if not len(others):
            return None
        least = int(np.argmin(weight[others]))
        return int(others[least]), int(at[least])

    def _ejectable(self, packing: Packing, item: int, place: int) -> list[int]:
        """Whoever may go: where one member must stand apart from the item, only that one."""
        mine = set(packing.rules.apart_of[item])
        members = sorted(packing.members[place])
        if len(members) == 1:
            return []
        if mine and any(packing.rules.apart[group, place] for group in mine):
            against = [other for other in members if mine & set(packing.rules.apart_of[other])]
            return against if len(against) == 1 else []
        return members

    def _go_home(self, packing: Packing, items: Sequence[int]) -> None:
        """Whoever was moved and may as well stand where it runs now goes back."""
        for item in items:
            home = self._home(item)
            place = POOL if home is None else packing.places.get(home, POOL)
            alone = len(packing.members[packing.place[item]]) == 1
            if place in (POOL, packing.place[item]) or alone:
                continue
            if place in packing.allowed(item):
                packing.take(item)
                packing.put(item, place)


def _worth(packing: Packing) -> tuple[int, int]:
    """Items without a host first, then cost: less is better."""
    return packing.pooled, packing.cost


def _scale(problem: Problem) -> NDArray[np.float64]:
    """Turns units into shares of the largest host, weighted by how scarce the resource is."""
    largest = problem.capacity.max(axis=0).astype(np.float64)
    need = problem.loads.sum(axis=0) / largest
    weight = np.zeros(len(largest))
    for resource in np.unique(problem.row_resource):
        rows = problem.row_resource == resource
        weight[rows] = max(need[rows].max(), 1e-9) / rows.sum()
    scaled: NDArray[np.float64] = np.sqrt(weight / weight.max()) / largest
    return scaled

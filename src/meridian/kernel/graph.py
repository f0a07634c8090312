"""Directed graphs of named nodes: rings named, orders found, rings condensed.

Edges are pairs (before, after). Nodes may be any hashable value; the order in which they
are given settles every tie, so that the same input always gives the same answer. All
walks keep their own stack, so that depth is bounded by memory and not by recursion.
"""

import heapq
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

Node = TypeVar("Node", bound=Hashable)


class Cycle(ValueError):
    """The graph has a ring; `nodes` names it in order, each leading to the next and the last to the first."""

    def __init__(self, nodes: list[Any]) -> None:
        self.nodes = nodes
        ring = " → ".join(str(node) for node in [*nodes, nodes[0]])
        super().__init__(f"There is a circle: {ring}.")


def successors(nodes: Iterable[Node], edges: Iterable[tuple[Node, Node]]) -> dict[Node, list[Node]]:
    """Each node with those that follow it, without doubles; nodes only named in edges are added."""
    following: dict[Node, dict[Node, None]] = {node: {} for node in nodes}
    for before, after in edges:
        following.setdefault(before, {})[after] = None
        following.setdefault(after, {})
    return {node: list(after) for node, after in following.items()}


def find_cycle(nodes: Iterable[Node], edges: Iterable[tuple[Node, Node]]) -> list[Node] | None:
    """A ring as the nodes in order, or None; a node that leads to itself is a ring of one."""
    following = successors(nodes, edges)
    finished: set[Node] = set()
    for root in following:
        if root in finished:
            continue
        path: dict[Node, Iterator[Node]] = {root: iter(following[root])}
        while path:
            node = next(reversed(path))
            after = next(path[node], None)
            if after is None:
                finished.add(node)
                del path[node]
            elif after in path:
                walked = list(path)
                return walked[walked.index(after) :]
            elif after not in finished:
                path[after] = iter(following[after])
    return None


def topological_order(nodes: Iterable[Node], edges: Iterable[tuple[Node, Node]]) -> list[Node]:
    """Every node after all that come before it, otherwise in the order given; a ring raises Cycle."""
    following = successors(nodes, edges)
    names = list(following)
    place = {node: index for index, node in enumerate(names)}
    waiting = [0] * len(names)
    for followers in following.values():
        for node in followers:
            waiting[place[node]] += 1
    ready = [index for index, count in enumerate(waiting) if count == 0]
    order: list[Node] = []
    while ready:
        node = names[heapq.heappop(ready)]
        order.append(node)
        for after in following[node]:
            waiting[place[after]] -= 1
            if waiting[place[after]] == 0:
                heapq.heappush(ready, place[after])
    if len(order) < len(names):
        done = set(order)
        left = [node for node in names if node not in done]
        ring = find_cycle(left, [(one, two) for one in left for two in following[one] if two not in done])
        assert ring is not None
        raise Cycle(ring)
    return order


def strong_components(nodes: Iterable[Node], edges: Iterable[tuple[Node, Node]]) -> list[list[Node]]:
    """Groups in which each node reaches each other (Tarjan 1972), every group after those it comes from."""
    following = successors(nodes, edges)
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    waiting: dict[Node, None] = {}
    groups: list[list[Node]] = []
    for root in following:
        if root in index:
            continue
        walk = [(root, iter(following[root]))]
        index[root] = low[root] = len(index)
        waiting[root] = None
        while walk:
            node, ahead = walk[-1]
            after = next(ahead, None)
            if after is None:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == index[node]:
                    groups.append(_taken(waiting, node))
            elif after not in index:
                index[after] = low[after] = len(index)
                waiting[after] = None
                walk.append((after, iter(following[after])))
            elif after in waiting:
                low[node] = min(low[node], index[after])
    groups.reverse()
    place = {node: position for position, node in enumerate(following)}
    return [sorted(group, key=place.__getitem__) for group in groups]


def condensation(
    nodes: Iterable[Node], edges: Iterable[tuple[Node, Node]]
) -> tuple[list[list[Node]], list[tuple[int, int]]]:
    """The strong components in order, and the edges between their indices: a graph without rings."""
    given = list(edges)
    groups = strong_components(nodes, given)
    home = {node: number for number, group in enumerate(groups) for node in group}
    between = {(home[one], home[two]): None for one, two in given if home[one] != home[two]}
    return groups, sorted(between)


def reachable(following: Mapping[Node, Iterable[Node]], start: Node) -> set[Node]:
    """Every node that `start` leads to, itself among them."""
    seen, waiting = {start}, [start]
    while waiting:
        for after in following.get(waiting.pop(), ()):
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    return seen


def _taken(waiting: dict[Node, None], node: Node) -> list[Node]:
    """Take the nodes from the end of `waiting` down to `node`."""
    group: list[Node] = []
    while True:
        last, _ = waiting.popitem()
        group.append(last)
        if last == node:
            return group

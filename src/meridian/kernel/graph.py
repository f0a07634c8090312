"""Directed graphs of named nodes: rings named, orders found.

Edges are pairs (before, after). Nodes may be any hashable value; the order in which they
are given settles every tie, so that the same input always gives the same answer. All
walks keep their own stack, so that depth is bounded by memory and not by recursion.
"""

import heapq
from collections.abc import Hashable, Iterable, Iterator
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

"""What must hold of graphs: an order or a ring, never both, and rings condense to an order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.kernel.graph import (
    Cycle,
    condensation,
    find_cycle,
    reachable,
    strong_components,
    successors,
    topological_order,
)

NODES = list(range(8))
edge_lists = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=16)


@given(edge_lists)
def test_there_is_an_order_or_a_ring(edges):
    ring = find_cycle(NODES, edges)
    if ring is None:
        order = topological_order(NODES, edges)
        assert sorted(order) == NODES
        assert all(order.index(before) < order.index(after) for before, after in edges)
    else:
        assert all(step in edges for step in zip(ring, [*ring[1:], ring[0]], strict=True))
        with pytest.raises(Cycle):
            topological_order(NODES, edges)


@given(edge_lists)
def test_components_are_the_nodes_that_reach_each_other(edges):
    following = successors(NODES, edges)
    reach = {node: reachable(following, node) for node in NODES}
    groups = strong_components(NODES, edges)
    assert sorted(node for group in groups for node in group) == NODES
    for group in groups:
        assert set(group) == {node for node in NODES if node in reach[group[0]] and group[0] in reach[node]}


@given(edge_lists)
def test_the_condensed_graph_runs_forward(edges):
    groups, between = condensation(NODES, edges)
    assert all(one < two for one, two in between)
    assert topological_order(range(len(groups)), between)


def test_a_ring_is_named():
    edges = [
        ("directory", "virtualisation"),
        ("virtualisation", "names"),
        ("names", "directory"),
        ("mail", "names"),
    ]
    with pytest.raises(Cycle, match="directory → virtualisation → names → directory"):
        topological_order(["directory"], edges)


def test_depth_is_no_limit():
    chain = [(index, index + 1) for index in range(20_000)]
    assert topological_order([], chain) == list(range(20_001))
    assert len(strong_components([], [*chain, (20_000, 0)])) == 1

"""What must hold of graphs: an order or a ring, never both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.kernel.graph import Cycle, find_cycle, topological_order

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

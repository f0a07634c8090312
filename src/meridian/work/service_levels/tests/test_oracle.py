"""The fold of clocks is what a slow walk from minute to minute finds, whatever happened to the item."""

from random import Random

import pytest
from house.clock_lives import faults, history, world

WORLDS = 12
HISTORIES = 10_000


@pytest.mark.parametrize("seed", range(WORLDS))
def test_ten_thousand_lives_are_counted_as_the_walk_counts_them(seed: int) -> None:
    random, there = Random(f"clocks {seed}"), world(seed)
    for number in range(-(-HISTORIES // WORLDS)):
        lived = history(random, there)
        assert not (found := faults(seed, lived)), (number, found, lived)

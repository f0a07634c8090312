"""Which cells of a table are not shown, so that nobody's answer can be told from it, nor by subtracting."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)


def suppressed(counts: Mapping[Name, int], least: int) -> frozenset[Name]:
    """The cells to hide of a table whose total is shown; all of them when the total itself is too small.

    Cells with fewer than `least` answers are hidden; empty ones tell of nobody. While what is hidden could be
    told from the total (a single cell, or several that together are fewer than `least`), the smallest of
    the others is hidden too.
    """
    filled = {name: count for name, count in counts.items() if count}
    hidden = {name for name, count in filled.items() if count < least}
    rest = sorted(set(filled) - hidden, key=lambda name: (filled[name], str(name)))
    while hidden and rest and (len(hidden) == 1 or sum(filled[name] for name in hidden) < least):
        hidden.add(rest.pop(0))
    return frozenset(hidden)

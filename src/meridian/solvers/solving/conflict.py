"""The smallest set at fault: of many named constraints, one group that cannot hold together.

QuickXplain (Junker, AAAI 2004): every member of the answer is needed, without any one of
them the rest can be met.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

Name = TypeVar("Name")


def smallest_conflict(names: Sequence[Name], can_hold: Callable[[Sequence[Name]], bool]) -> list[Name]:
    """An irreducible part of `names` that `can_hold` refuses; empty when all can hold together.

    `can_hold` must be monotone: what it refuses stays refused with more constraints. Where it
    cannot decide in time it should say True, which keeps a constraint in the answer.
    """
    if can_hold(names):
        return []
    if not can_hold([]):
        return []
    return _explain([], [], list(names), can_hold)


def _explain(
    background: list[Name], added: list[Name], names: list[Name], can_hold: Callable[[Sequence[Name]], bool]
) -> list[Name]:
    if added and not can_hold(background):
        return []
    if len(names) == 1:
        return names
    half = len(names) // 2
    first, second = names[:half], names[half:]
    from_second = _explain(background + first, first, second, can_hold)
    from_first = _explain(background + from_second, from_second, first, can_hold)
    return from_first + from_second

"""Two stages of a post table, given as counts: which posts stay, move, come and go.

Papers print counts by unit and grade and not what becomes of each post. The fewest actions
that lead from one stage to the next are taken: a post stays where its unit and grade go on;
a post too many in one unit is redeployed to a unit that lacks one of its grade, first to the
section of the same name; what is left is abolished or established.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Move:
    """A post of `grade` goes from unit `source` to unit `target`; empty for none."""

    grade: str
    source: str
    target: str


def moves_between(before: Mapping[Cell, int], after: Mapping[Cell, int]) -> list[Move]:
    """The moves, one per post, in the order of the cells; nothing for posts that stay."""
    moves: list[Move] = []
    grades = dict.fromkeys(grade for _unit, grade in (*before, *after))
    for grade in grades:
        given = _surplus(before, after, grade)
        wanted = _surplus(after, before, grade)
        for source, target in _pairs(given, wanted):
            moves.append(Move(grade, source, target))
    return moves


def _surplus(one: Mapping[Cell, int], other: Mapping[Cell, int], grade: str) -> list[str]:
    units: list[str] = []
    for (unit, found), count in one.items():
        if found == grade:
            units += [unit] * max(0, count - other.get((unit, grade), 0))
    return units


def _pairs(given: Sequence[str], wanted: Sequence[str]) -> list[tuple[str, str]]:
    left, pairs = Counter(wanted), []
    rest: list[str] = []
    for source in given:
        same = next((unit for unit in left if left[unit] and section_of(unit) == section_of(source)), None)
        if same is None:
            rest.append(source)
            continue
        left[same] -= 1
        pairs.append((source, same))
    targets = list(left.elements())
    pairs += list(zip(rest, targets, strict=False))
    pairs += [(source, "") for source in rest[len(targets) :]]
    pairs += [("", target) for target in targets[len(rest) :]]
    return pairs


def section_of(unit: str) -> str:
    """The part of a unit's name after its last slash."""
    return unit.rsplit("/", 1)[-1]


def division_of(unit: str) -> str:
    """The part of a unit's name before the slash; empty for a unit that stands alone."""
    return unit.partition("/")[0] if "/" in unit else ""

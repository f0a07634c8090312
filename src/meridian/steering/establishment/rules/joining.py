"""Posts by component and by grade are printed apart; this joins the two into posts.

In each category the two sums must be equal. The joint counts are the proportional ones,
rounded so that both sums hold, above the posts that are known to be where they are.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from meridian.kernel.controlled_rounding import controlled_rounding

Cell = tuple[str, str]


class Disjoint(ValueError):
    """The two sums of a category differ, or the changes need posts that aren't there."""

    def __init__(self, category: str, by_component: int, by_grade: int) -> None:
        super().__init__(f"{category}: {by_component} by component, {by_grade} by grade")
        self.category, self.by_component, self.by_grade = category, by_component, by_grade


def joint_counts(
    by_component: Mapping[Cell, int],
    by_grade: Mapping[Cell, int],
    needs: Sequence[Mapping[Cell, int]],
) -> dict[Cell, int]:
    """Posts by (component, grade) from posts by (component, category) and (grade, category).

    `needs` are lower bounds by (component, grade), the preferred first; the first that the
    sums allow is used.
    """
    joint: dict[Cell, int] = {}
    for category in dict.fromkeys(found for _key, found in (*by_component, *by_grade)):
        components = {key: count for (key, found), count in by_component.items() if found == category}
        grades = {key: count for (key, found), count in by_grade.items() if found == category}
        if sum(components.values()) != sum(grades.values()):
            raise Disjoint(category, sum(components.values()), sum(grades.values()))
        joint |= _joined(components, grades, needs)
    return joint


def _joined(
    components: Mapping[str, int], grades: Mapping[str, int], needs: Sequence[Mapping[Cell, int]]
) -> dict[Cell, int]:
    cells = [(component, grade) for component in components for grade in grades]
    for need in (*needs, {}):
        lower = {cell: need.get(cell, 0) for cell in cells}
        rows = {key: count - sum(lower[key, grade] for grade in grades) for key, count in components.items()}
        columns = {key: count - sum(lower[part, key] for part in components) for key, count in grades.items()}
        if min((*rows.values(), *columns.values()), default=0) >= 0:
            break
    whole = sum(rows.values())
    shares = [
        [Fraction(row * column, whole) if whole else Fraction(0) for column in columns.values()]
        for row in rows.values()
    ]
    rounded = controlled_rounding(shares)
    spread = dict(zip(cells, (n for row in rounded for n in row), strict=True))
    return {cell: lower[cell] + spread[cell] for cell in cells}


def untouched_need(leaving: Iterable[tuple[Cell, int]]) -> dict[Cell, int]:
    """Posts needed at each cell when every change takes posts that no other change touched."""
    need: Counter[Cell] = Counter()
    for cell, count in leaving:
        need[cell] += count
    return dict(need)


def least_need(changes: Iterable[tuple[Cell | None, Cell | None, int]]) -> dict[Cell, int]:
    """Posts needed when a change may take posts that an earlier change brought.

    Each change is (cell left, cell reached, posts); None for outside.
    """
    here: dict[Cell, int] = defaultdict(int)
    need: dict[Cell, int] = defaultdict(int)
    for source, target, count in changes:
        if source is not None:
            lacking = max(0, count - here[source])
            need[source] += lacking
            here[source] += lacking - count
        if target is not None:
            here[target] += count
    return dict(need)

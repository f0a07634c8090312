"""Rounding of a table so that it adds in both directions, cell by cell and margin by margin.

The zero-restricted form of Cox (1987): every cell and every margin becomes the floor or
the ceiling of its exact value. It always exists in two dimensions, because the
constraints are a network flow, whose vertices are integral. The simplex method works on
the fractional cells only, and its answer is re-proved in ints before it is given out.
"""

from collections.abc import Sequence
from importlib import import_module

from meridian.kernel.apportionment import Exact, exact, over_one_denominator


def controlled_rounding(table: Sequence[Sequence[Exact]]) -> list[list[int]]:
    """Round a table (rows of equal length, signs free) so that it adds in both directions.

    Each cell is the floor or the ceiling of its exact value (an int stays what it is), and
    so is the sum of each row, of each column and of the whole table. Among all such tables
    the one with the least sum of absolute changes is given.
    """
    width = len(table[0]) if table else 0
    if any(len(row) != width for row in table):
        raise ValueError("The rows of the table are not equally long.")
    if width == 0:
        return [[] for _ in table]
    numbers, denominator = over_one_denominator([exact(value) for row in table for value in row])
    floors = [number // denominator for number in numbers]
    remainders = [number % denominator for number in numbers]
    if not any(remainders):
        return _rows(floors, width)
    raised = _raised_cells(remainders, denominator, width)
    for index in raised:
        floors[index] += 1
    return _rows(floors, width)


def in_steps(table: Sequence[Sequence[Exact]], step: Exact) -> list[list[int]]:
    """Controlled rounding of `table` to multiples of `step`; ints that count the steps.

    Minor units in "USD thousand, one decimal" are steps of `printed_step(100, 1000, 1)`
    = 10,000 cents, and `as_printed(count, 1)` gives the printed figure.
    """
    size = exact(step)
    if size <= 0:
        raise ValueError("The step must be above zero.")
    return controlled_rounding([[exact(value) / size for value in row] for row in table])


def _rows(cells: list[int], width: int) -> list[list[int]]:
    return [cells[start : start + width] for start in range(0, len(cells), width)]


def _raised_cells(remainders: list[int], denominator: int, width: int) -> list[int]:
    """Indices of the cells that go up, by the dual simplex on the flow problem, re-proved in ints."""
    free = [index for index, remainder in enumerate(remainders) if remainder]
    bounds = _margin_bounds(remainders, denominator, width)
    # The solver takes a quarter of a second to load, and most tables are whole already.
    solution = import_module("meridian.kernel.rounding_flow").solve(
        costs=[1.0 - 2.0 * (remainders[index] / denominator) for index in free],
        rows=[index // width for index in free],
        columns=[index % width for index in free],
        bounds=bounds,
        height=len(remainders) // width,
    )
    raised = [index for index, up in zip(free, solution, strict=True) if up]
    _prove(raised, bounds, width, len(remainders) // width)
    return raised


def _margin_bounds(remainders: list[int], denominator: int, width: int) -> list[tuple[int, int]]:
    """How many cells may go up in each row, then in each column, then in the whole table."""
    lines = [remainders[start : start + width] for start in range(0, len(remainders), width)]
    lines += [remainders[start::width] for start in range(width)]
    lines.append(remainders)
    sums = [sum(line) for line in lines]
    return [(total // denominator, -(-total // denominator)) for total in sums]


def _prove(raised: list[int], bounds: list[tuple[int, int]], width: int, height: int) -> None:
    counts = [0] * len(bounds)
    for index in raised:
        counts[index // width] += 1
        counts[height + index % width] += 1
    counts[-1] = len(raised)
    for count, (low, high) in zip(counts, bounds, strict=True):
        if not low <= count <= high:
            raise ArithmeticError("The rounded table does not add; the solver's answer was refused.")

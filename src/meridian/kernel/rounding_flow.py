"""The flow problem of controlled rounding, solved by the dual simplex of HiGHS."""

from collections.abc import Sequence

import highspy
import numpy


def solve(
    *,
    costs: Sequence[float],
    rows: Sequence[int],
    columns: Sequence[int],
    bounds: Sequence[tuple[int, int]],
    height: int,
) -> list[bool]:
    """Which cells go up at the least cost.

    Cell i lies in `rows[i]` and `columns[i]` and costs `costs[i]` when it goes up; `bounds`
    says how many may go up in each of `height` rows, then in each column, then in all.
    ArithmeticError when the solver does not come to an end.
    """
    count, margins = len(costs), len(bounds)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = count, margins
    program.col_cost_ = numpy.array(costs)
    program.col_lower_, program.col_upper_ = numpy.zeros(count), numpy.ones(count)
    program.row_lower_ = numpy.array([low for low, _ in bounds], dtype=float)
    program.row_upper_ = numpy.array([high for _, high in bounds], dtype=float)
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = numpy.arange(0, 3 * count + 1, 3)
    entries = numpy.stack(
        [numpy.array(rows), height + numpy.array(columns), numpy.full(count, margins - 1)], axis=1
    )
    program.a_matrix_.index_ = entries.reshape(-1)
    program.a_matrix_.value_ = numpy.ones(3 * count)
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("solver", "simplex"), ("threads", 1), ("random_seed", 1)):
        solver.setOptionValue(option, value)
    solver.passModel(program)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise ArithmeticError(f"The rounding was not solved: {solver.getModelStatus().name}.")
    return [value > 0.5 for value in solver.getSolution().col_value]

"""A mixed-integer model for HiGHS, row by row, solved with answers and bounds told on the way."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np

INFINITY = highspy.kHighsInf


@dataclass(frozen=True)
class MipOutcome:
    """How HiGHS ended: `status` is optimal, infeasible or unfinished; `values` is None without a solution."""

    status: str
    objective: float
    bound: float
    values: np.ndarray | None


@dataclass
class Mip:
    """Minimise cost over columns within rows; everything is appended, nothing is removed."""

    offset: float = 0.0
    costs: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    integers: list[bool] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    indices: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def column(self, cost: float, *, lower: float = 0.0, upper: float = 1.0, integer: bool = False) -> int:
        """Add a variable; returns its position."""
        self.costs.append(cost)
        self.lower.append(lower)
        self.upper.append(upper)
        self.integers.append(integer)
        return len(self.costs) - 1

    def row(
        self, terms: Iterable[tuple[int, float]], *, lower: float = -INFINITY, upper: float = INFINITY
    ) -> int:
        """Add `lower <= sum of coefficient times column <= upper`; returns its position."""
        for column, coefficient in terms:
            self.indices.append(column)
            self.values.append(coefficient)
        self.starts.append(len(self.indices))
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        return len(self.row_lower) - 1

    def highs(self, *, relaxed: bool = False) -> highspy.Highs:
        """The model handed to a silent HiGHS; `relaxed` forgets that variables are whole."""
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.costs), len(self.row_lower)
        lp.offset_ = self.offset
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = map(_doubles, (self.costs, self.lower, self.upper))
        lp.row_lower_, lp.row_upper_ = _doubles(self.row_lower), _doubles(self.row_upper)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(self.starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(self.indices, dtype=np.int32)
        lp.a_matrix_.value_ = _doubles(self.values)
        if not relaxed:
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            lp.integrality_ = [kinds[whole] for whole in self.integers]
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("random_seed", 1)
        highs.passModel(lp)
        return highs

    def solve(
        self,
        *,
        seconds: float,
        start: Sequence[float] | np.ndarray | None = None,
        on_solution: Callable[[np.ndarray], Any] = lambda values: None,
        on_bound: Callable[[float], bool | None] = lambda bound: None,
        node_limit: int | None = None,
    ) -> MipOutcome:
        """Solve to proof, to the limit or until `on_bound` says True; `start` is a solution to begin from."""
        highs = self.highs()
        highs.setOptionValue("time_limit", max(0.01, seconds))
        highs.setOptionValue("mip_rel_gap", 0.0)
        highs.setOptionValue("mip_abs_gap", 1e-7)
        if node_limit is not None:
            highs.setOptionValue("mip_max_nodes", node_limit)
        if start is not None:
            given = highspy.HighsSolution()
            given.col_value = list(map(float, start))
            highs.setSolution(given)
        highs.cbMipImprovingSolution.subscribe(
            lambda event: on_solution(np.array(event.data_out.mip_solution))
        )
        highs.cbMipInterrupt.subscribe(
            lambda event: event.interrupt(bool(on_bound(event.data_out.mip_dual_bound)))
        )
        highs.run()
        return _outcome(highs)


def _doubles(values: Sequence[float]) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def _outcome(highs: highspy.Highs) -> MipOutcome:
    status, info = highs.getModelStatus(), highs.getInfo()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return MipOutcome("infeasible", math.inf, math.inf, None)
    has_solution = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    optimal = status == highspy.HighsModelStatus.kOptimal
    bound = info.mip_dual_bound if any_finite(info.mip_dual_bound) else -math.inf
    return MipOutcome(
        "optimal" if optimal else "unfinished",
        info.objective_function_value if has_solution else math.inf,
        bound,
        np.array(highs.getSolution().col_value) if has_solution else None,
    )


def any_finite(value: float) -> bool:
    """Whether HiGHS gave a number rather than its sign for infinity."""
    return abs(value) < INFINITY

"""Where the biggest processes go: an integer model that is whole for them and lets all others be divided.

What leaves a machine keeps its transient resources there, so where these are scarce a big process could go
to a few machines only, and to each only if hardly anything else comes. Annealing does not get through such a
strait: on the way every plan is dearer or breaks a rule. The model knows capacity, transient use, load and
the ways; balance, dependencies and spread, which could only raise the cost, are left out, and processes other
than the giants may be divided. So its bound holds for the whole problem.
"""

import math
from collections.abc import Callable

import numpy as np

from meridian.solvers.placement.cooling import Board
from meridian.solvers.placement.files import Model
from meridian.solvers.placement.state import Problem
from meridian.solvers.solving.mip import Mip

GIANTS = 20
# Pairs of process and machine within reach that HiGHS can take in a part of a run.
MOST_PAIRS = 100_000
# The bound is told less so much of itself: HiGHS may err by 1e-7 on each of some 30,000 reduced costs.
BOUND_MARGIN = 1e-4


def have_straits(problem: Problem) -> bool:
    """Whether processes can reach so few machines that giants may be worth a model of their own."""
    return problem.narrow and int(problem.reachable.sum()) <= MOST_PAIRS


def arrange_giants(
    model: Model,
    problem: Problem,
    seconds: float,
    enough: int,
    board: Board,
    raise_bound: Callable[[int], None],
) -> None:
    """Tell the board better and better arrangements (machine of each giant that leaves its first one).

    Ends when one was taken or is proven best. Nothing is arranged before a bound above `enough` is proven:
    else it is not straits that cost.
    """
    giants = [p for p in problem.by_size.tolist() if problem.reachable[p].sum() > 1][:GIANTS]
    relaxation = _Relaxation(model, problem, giants)
    machines: dict[int, int] = {}
    proven = 0

    def arrange() -> None:
        if proven > enough and machines:
            board.arrange({p: m for p, m in machines.items() if m != problem.origin[p]})

    def on_solution(values: np.ndarray) -> None:
        machines.update((p, relaxation.machine_of(p, values)) for p in giants)
        arrange()

    def on_bound(bound: float) -> bool:
        nonlocal proven
        if math.isfinite(bound) and (told := relaxation.cost(bound)) > proven:
            proven = told
            raise_bound(told)
            arrange()
        return board.giants_taken()

    outcome = relaxation.mip.solve(seconds=seconds, on_solution=on_solution, on_bound=on_bound)
    on_bound(outcome.bound)
    if outcome.values is not None:
        on_solution(outcome.values)


class _Relaxation:
    """The model; requirements count in means of their resource, costs in the mean weighted requirement."""

    def __init__(self, model: Model, problem: Problem, giants: list[int]) -> None:
        self.model, self.problem, self.mip = model, problem, Mip()
        self.unit = np.maximum(1.0, model.requirement.mean(axis=0))
        self.need = model.requirement / self.unit
        self.unit_cost = float((model.requirement * model.load_weight).sum(axis=1).mean()) + 1.0
        self.columns: list[dict[int, int]] = []  # [process]: machine within reach -> column
        whole = set(giants)
        for p in range(len(problem.service)):
            self._stand_somewhere(p, p in whole)
        staying = np.zeros_like(model.capacity)
        np.add.at(staying, problem.origin, model.requirement)
        visitors: list[list[tuple[int, int]]] = [[] for _ in model.capacity]  # [machine]: (process, column)
        for p, columns in enumerate(self.columns):
            for m, column in columns.items():
                visitors[m].append((p, column))
        for m, hosted in enumerate(visitors):
            for r in range(len(self.unit)):
                self._fit(m, r, hosted, model.capacity[m, r] - staying[m, r])
        self._keep_apart(giants)

    def machine_of(self, p: int, values: np.ndarray) -> int:
        """The machine of a giant in a solution."""
        return max(self.columns[p], key=lambda m: values[self.columns[p][m]])

    def cost(self, bound: float) -> int:
        """A bound of the model as a whole cost, rounded down."""
        return math.floor(bound * self.unit_cost * (1 - BOUND_MARGIN))

    def _stand_somewhere(self, p: int, whole: bool) -> None:
        home = int(self.problem.origin[p])
        columns = {}
        for m in np.flatnonzero(self.problem.reachable[p]).tolist():
            way = 0.0 if m == home else self.problem.process_move[p] + self.problem.machine_move[home, m]
            columns[m] = self.mip.column(float(way) / self.unit_cost, integer=whole)
        self.mip.row(((column, 1.0) for column in columns.values()), lower=1.0, upper=1.0)
        self.columns.append(columns)

    def _fit(self, m: int, r: int, hosted: list[tuple[int, int]], free: int) -> None:
        """Use above safety costs, up to capacity; who comes finds only what was `free` of transient use."""
        capacity, safety = self.model.capacity[m, r] / self.unit[r], self.model.safety[m, r] / self.unit[r]
        price = float(self.model.load_weight[r] * self.unit[r] / self.unit_cost)
        over = self.mip.column(price, upper=max(0.0, float(capacity - safety)))
        used = [(column, float(self.need[p, r])) for p, column in hosted if self.need[p, r]]
        self.mip.row([*used, (over, -1.0)], upper=float(safety))
        if self.model.transient[r]:
            coming = [
                (column, float(self.need[p, r]))
                for p, column in hosted
                if self.problem.origin[p] != m and self.need[p, r]
            ]
            self.mip.row(coming, upper=float(free / self.unit[r]))

    def _keep_apart(self, giants: list[int]) -> None:
        for s in {int(self.problem.service[p]) for p in giants}:
            mine = [self.columns[p] for p in giants if self.problem.service[p] == s]
            for m in range(len(self.model.capacity)):
                here = [(columns[m], 1.0) for columns in mine if m in columns]
                if len(here) > 1:
                    self.mip.row(here, upper=1.0)

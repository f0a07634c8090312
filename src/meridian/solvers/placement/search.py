"""Runs walkers side by side until the time or the steps are spent, and tells each better assignment."""

import math
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

import numpy as np

from meridian.solvers.placement.bounds import lower_bound
from meridian.solvers.placement.clocks import Clock, StepClock, TimeClock
from meridian.solvers.placement.cooling import Board
from meridian.solvers.placement.files import Model, Numbers
from meridian.solvers.placement.giants import arrange_giants, have_straits
from meridian.solvers.placement.state import Problem, build_problem
from meridian.solvers.placement.walker import PATIENCE_ENDS, Walker
from meridian.solvers.solving.limits import Limits

TELL_EVERY_SECONDS = 0.25
# Giants are arranged where the model of them proves so many times the bound of the sums.
STRAITS_COST = 1.02
WALKERS = 2


def search(
    model: Model,
    initial: Numbers,
    limits: Limits,
    remaining_seconds: Callable[[], float],
    tell: Callable[[Numbers], None],
    raise_bound: Callable[[int], None],
) -> None:
    """Improve on `initial`, `tell` better assignments and `raise_bound` until the limits are reached.

    A run limited by steps uses one walker and gives the same answer every time; a run limited by time
    uses two, which share trials of the ways to cool and exchange their best between coolings. Beside their
    trials the giants are arranged, where there are straits.
    """
    problem = build_problem(model, initial)
    board = Board(initial)
    count = 1 if limits.steps is not None else WALKERS
    walkers = [
        Walker(problem, initial, limits.seed + number, number, count, board) for number in range(count)
    ]
    pool = ThreadPoolExecutor(max_workers=count + 1)
    compiled = pool.submit(walkers[0].compile)
    wait([compiled], timeout=remaining_seconds())
    clock: Clock = TimeClock(remaining_seconds()) if limits.steps is None else StepClock(limits.steps)
    walks: list[Future[None]] = []
    if limits.steps is None and have_straits(problem):
        board.await_giants(True)
        seconds = PATIENCE_ENDS * remaining_seconds()
        walks.append(pool.submit(_arrange, model, problem, seconds, board, raise_bound))
    walks += [pool.submit(walker.walk, clock) for walker in walkers]
    told = 0
    while (
        remaining_seconds() > 0 and wait(walks, timeout=min(TELL_EVERY_SECONDS, remaining_seconds())).not_done
    ):
        told = _tell_news(board, told, tell)
    board.stop[0] = 1
    _tell_news(board, told, tell)
    # A walk that is still being compiled may outlive the run; one that failed must not pass in silence.
    pool.shutdown(wait=False)
    for walk in walks:
        if walk.done():
            walk.result()


def _arrange(
    model: Model, problem: Problem, seconds: float, board: Board, raise_bound: Callable[[int], None]
) -> None:
    try:
        enough = math.ceil(lower_bound(model) * STRAITS_COST)
        arrange_giants(model, problem, seconds, enough, board, raise_bound)
    finally:
        board.await_giants(False)


def _tell_news(board: Board, told: int, tell: Callable[[Numbers], None]) -> int:
    version, _, machines = board.look()
    if version != told:
        tell(np.array(machines))
    return version

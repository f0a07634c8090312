"""Runs walkers side by side until the time or the steps are spent, and tells each better assignment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

import numpy as np

from meridian.engine.solving.limits import Limits
from meridian.steering.placement.clocks import Clock, StepClock, TimeClock
from meridian.steering.placement.cooling import Board
from meridian.steering.placement.files import Model, Numbers
from meridian.steering.placement.state import build_problem
from meridian.steering.placement.walker import Walker

TELL_EVERY_SECONDS = 0.25
WALKERS = 2


def search(
    model: Model,
    initial: Numbers,
    limits: Limits,
    remaining_seconds: Callable[[], float],
    tell: Callable[[Numbers], None],
) -> None:
    """Improve on `initial` and `tell` better assignments until the limits are reached.

    A run limited by steps uses one walker and gives the same answer every time; a run limited by time
    uses two, which share trials of the ways to cool and exchange their best between coolings.
    """
    problem = build_problem(model, initial)
    board = Board(initial)
    count = 1 if limits.steps is not None else WALKERS
    walkers = [
        Walker(problem, initial, limits.seed + number, number, count, board) for number in range(count)
    ]
    pool = ThreadPoolExecutor(max_workers=count)
    compiled = pool.submit(walkers[0].compile)
    wait([compiled], timeout=remaining_seconds())
    clock: Clock = TimeClock(remaining_seconds()) if limits.steps is None else StepClock(limits.steps)
    walks = [pool.submit(walker.walk, clock) for walker in walkers]
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


def _tell_news(board: Board, told: int, tell: Callable[[Numbers], None]) -> int:
    version, _, machines = board.look()
    if version != told:
        tell(np.array(machines))
    return version

"""The worker of the portfolio: `python -m meridian.solvers.selection.serving`."""

from typing import Any

from meridian.solvers.selection.answer import answer
from meridian.solvers.selection.spread import spread
from meridian.solvers.selection.tasks import SelectionJob, SpreadJob
from meridian.solvers.solving.worker import Reporter, serve


def solve(job: Any, reporter: Reporter) -> None:
    """Answer a selection or a spread; the answer is the solution told."""
    if isinstance(job, SpreadJob):
        reporter.improve(0.0, spread(job))
        return
    assert isinstance(job, SelectionJob)
    stop_at = reporter.limits.stop_at - 0.05 * reporter.limits.seconds
    found = answer(job.problem, stop_at=stop_at, points=job.points, decimals=job.decimals)
    reporter.improve(-float(found["value"]), found)


if __name__ == "__main__":
    serve(solve)

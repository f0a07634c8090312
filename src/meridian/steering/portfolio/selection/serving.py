"""The worker of the portfolio: `python -m meridian.steering.portfolio.selection.serving`."""

from typing import Any

from meridian.engine.solving.worker import Reporter, serve
from meridian.steering.portfolio.selection.answer import answer
from meridian.steering.portfolio.selection.jobs import SelectionJob, SpreadJob
from meridian.steering.portfolio.selection.spread import spread


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

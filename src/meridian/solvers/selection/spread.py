"""How far the net present value may spread: percentiles and a histogram of simulated trials."""

from typing import Any

import numpy

from meridian.kernel.monte_carlo import portfolio_values
from meridian.solvers.selection.tasks import SpreadJob

BINS = 40


def spread(job: SpreadJob) -> dict[str, Any]:
    """P5, P50, P95, mean, the chance of a loss, and 40 bins: edges and counts."""
    values = portfolio_values(numpy.array(job.flows), job.rate, trials=job.trials, seed=job.seed)
    p5, p50, p95 = numpy.percentile(values, (5, 50, 95))
    counts, edges = numpy.histogram(values, bins=BINS)
    return {
        "trials": job.trials,
        "seed": job.seed,
        "mean": float(values.mean()),
        "p5": float(p5),
        "p50": float(p50),
        "p95": float(p95),
        "chance_below_zero": float((values < 0).mean()),
        "edges": [float(edge) for edge in edges],
        "counts": [int(count) for count in counts],
    }

"""The worker process for sites: `python -m meridian.steering.consolidation.sites.solve`."""

from meridian.engine.solving.worker import Reporter, serve
from meridian.steering.consolidation.sites.capacitated import solve_capacitated
from meridian.steering.consolidation.sites.single_source import solve_single_source
from meridian.steering.consolidation.sites.uncapacitated import solve_uncapacitated
from meridian.steering.consolidation.sites.warehouses import Warehouses


def solve(model: Warehouses, reporter: Reporter) -> None:
    """Choose the method that the model asks for."""
    if model.uncapacitated:
        solve_uncapacitated(model, reporter)
    elif model.single_source:
        solve_single_source(model, reporter)
    else:
        solve_capacitated(model, reporter)


if __name__ == "__main__":
    serve(solve)

"""The worker process for sites: `python -m meridian.solvers.sites.solve`."""

from meridian.solvers.sites.capacitated import solve_capacitated
from meridian.solvers.sites.single_source import solve_single_source
from meridian.solvers.sites.uncapacitated import solve_uncapacitated
from meridian.solvers.sites.warehouses import Warehouses
from meridian.solvers.solving.worker import Reporter, serve


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

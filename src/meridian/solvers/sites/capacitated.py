"""Capacitated location with fractional supply: branch and bound of our own, HiGHS for what it leaves."""

import numpy as np

from meridian.solvers.sites.location import Location
from meridian.solvers.sites.pricing import CLOSED, OPEN
from meridian.solvers.sites.search import Search
from meridian.solvers.sites.supply_mip import SupplyMip
from meridian.solvers.sites.warehouses import Warehouses
from meridian.solvers.solving.worker import Reporter

LARGEST_CELLS_TO_FINISH = 40_000
SEARCH_SHARE = 0.3


def solve_capacitated(model: Warehouses, reporter: Reporter) -> None:
    """Tell ever better plans and bounds until proven or out of time."""
    location = Location(model, reporter)
    finishes = location.costs.size <= LARGEST_CELLS_TO_FINISH
    stop_at_seconds = reporter.remaining_seconds() * (1 - SEARCH_SHARE) if finishes else 0.0
    root = Search(location, stop_at_seconds).run()
    if finishes and reporter.bound < location.best_cost - location.slack():
        usable = np.repeat((root.state != CLOSED)[:, None], len(model.demands), axis=1)
        rest = SupplyMip(model, may_open=root.state != CLOSED, must_open=root.state == OPEN, usable=usable)
        rest.finish(reporter, location.best_supply)

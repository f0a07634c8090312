"""Routing in tests."""

from meridian.work.routing.models import RouteRule, Routing
from meridian.work.shifts.testing import START

# What fits the column.
SMALL = 30_000
FACTORIES = {
    RouteRule: {"place": lambda number: number % SMALL, "name": lambda number: f"Rule {number}"},
    Routing: {"state": "routed", "routed_at": START},
}

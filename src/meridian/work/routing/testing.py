"""Routing in tests."""

from meridian.work.routing.models import RouteRule, Routing
from meridian.work.shifts.testing import START

FACTORIES = {
    RouteRule: {"place": lambda number: number, "name": lambda number: f"Rule {number}"},
    Routing: {"state": "routed", "routed_at": START},
}

"""The door of the service desk for other modules."""

from meridian.work.servicedesk.commands.history import load_history
from meridian.work.servicedesk.queries.counts import (
    count_desks_by_location_group,
    count_requests_by_location_group,
    last_opening,
)

__all__ = [
    "count_desks_by_location_group",
    "count_requests_by_location_group",
    "last_opening",
    "load_history",
]

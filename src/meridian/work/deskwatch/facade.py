"""The door of the watch over desks."""

from meridian.work.deskwatch.queries.counts import (
    count_desks_by_location_group,
    count_requests_by_location_group,
    last_opening,
    open_work_of_desks,
    requests_of_year,
    service_desks,
)
from meridian.work.deskwatch.queries.marks import desk_marks, desk_now, desks_near
from meridian.work.deskwatch.queries.then import (
    came_in_by_hour,
    falling_due,
    items_to_show,
    open_desks_by_hour,
    work_then,
)

__all__ = [
    "came_in_by_hour",
    "count_desks_by_location_group",
    "count_requests_by_location_group",
    "desk_marks",
    "desk_now",
    "desks_near",
    "falling_due",
    "items_to_show",
    "last_opening",
    "open_desks_by_hour",
    "open_work_of_desks",
    "requests_of_year",
    "service_desks",
    "work_then",
]

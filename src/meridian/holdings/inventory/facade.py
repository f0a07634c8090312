"""The door of the inventory for other modules."""

from meridian.holdings.inventory.queries import (
    count_servers_by_location_group,
    count_workstations_by_location_group,
    servers_of,
    workstations_of,
)

__all__ = [
    "count_servers_by_location_group",
    "count_workstations_by_location_group",
    "servers_of",
    "workstations_of",
]

"""The door of the inventory for other modules."""

from meridian.holdings.inventory.commands import remove_found, write_found
from meridian.holdings.inventory.contracts import PAST, FoundItem
from meridian.holdings.inventory.queries.classes import attributes_of, class_tree, narrowest
from meridian.holdings.inventory.queries.counts import (
    count_servers_by_location_group,
    count_workstations_by_location_group,
    servers_of,
    workstations_of,
)

__all__ = [
    "PAST",
    "FoundItem",
    "attributes_of",
    "class_tree",
    "count_servers_by_location_group",
    "count_workstations_by_location_group",
    "narrowest",
    "remove_found",
    "servers_of",
    "workstations_of",
    "write_found",
]

"""The door of computing facilities for other modules."""

from meridian.holdings.facilities.queries import count_facilities_by_location_group, facilities_of

__all__ = ["count_facilities_by_location_group", "facilities_of"]

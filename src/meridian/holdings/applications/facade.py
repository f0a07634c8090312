"""The door of the application portfolio for other modules."""

from meridian.holdings.applications.queries import applications_of, count_applications_by_location_group

__all__ = ["applications_of", "count_applications_by_location_group"]

"""The door of the application portfolio for other modules."""

from meridian.holdings.applications.queries import count_applications_by_location_group

__all__ = ["count_applications_by_location_group"]

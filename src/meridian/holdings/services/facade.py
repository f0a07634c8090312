"""The door of services for other modules."""

from meridian.holdings.services.queries import services_on, services_over

__all__ = ["services_on", "services_over"]

"""The door of announcements for other modules."""

from meridian.work.announcements.queries import about_services

__all__ = ["about_services"]

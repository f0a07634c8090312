"""The door of the calendar of changes: windows, and what things stand on."""

from meridian.work.change_calendar.models import ChangeWindow
from meridian.work.change_calendar.queries.ground import gravest, grounds_of, regions_of
from meridian.work.change_calendar.queries.windows import holding

__all__ = ["ChangeWindow", "gravest", "grounds_of", "holding", "regions_of"]

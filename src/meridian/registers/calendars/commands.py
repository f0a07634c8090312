"""Keeping working time."""

from meridian.engine.commands import standard_commands
from meridian.registers.calendars.models import Calendar, CalendarDay, CalendarVersion

add_calendar, change_calendar, remove_calendar = standard_commands(Calendar)
add_calendar_version, change_calendar_version, remove_calendar_version = standard_commands(CalendarVersion)
add_calendar_day, change_calendar_day, remove_calendar_day = standard_commands(CalendarDay)

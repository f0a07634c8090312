"""Working time in tests."""

from meridian.registers.calendars.models import CalendarVersion

FACTORIES = {CalendarVersion: {"weekly": {"1": [["08:00", "16:00"]]}}}

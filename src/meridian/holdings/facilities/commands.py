"""Keeping the register of computing facilities."""

from meridian.engine.commands import standard_commands
from meridian.holdings.facilities.models import Facility

add_facility, change_facility, remove_facility = standard_commands(Facility)

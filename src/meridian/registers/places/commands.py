"""Keeping the register of places."""

from meridian.engine.commands import standard_commands
from meridian.registers.places.models import DutyStation, Region, Site

add_region, change_region, remove_region = standard_commands(Region)
add_duty_station, change_duty_station, remove_duty_station = standard_commands(DutyStation)
add_site, change_site, remove_site = standard_commands(Site)

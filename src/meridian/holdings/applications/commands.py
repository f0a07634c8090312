"""Keeping the application portfolio."""

from meridian.engine.commands import standard_commands
from meridian.holdings.applications.models import Application

add_application, change_application, remove_application = standard_commands(Application)

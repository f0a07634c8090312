"""Keeping servers and workstations."""

from meridian.engine.commands import standard_commands
from meridian.holdings.inventory.models import Server, Workstation

add_server, change_server, remove_server = standard_commands(Server)
add_workstation, change_workstation, remove_workstation = standard_commands(Workstation)

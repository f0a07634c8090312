"""Every write of the inventory beyond adding, changing and removing."""

from meridian.holdings.inventory.commands.classes import add_class, change_class
from meridian.holdings.inventory.commands.found import remove_found, write_found

__all__ = ["add_class", "change_class", "remove_found", "write_found"]

"""What we have: servers and workstations as they are counted, and items of every class."""

from meridian.holdings.inventory.models.counted import Life, Server, Workstation
from meridian.holdings.inventory.models.items import ClassAttribute, Item, ItemClass, ItemLife

__all__ = ["ClassAttribute", "Item", "ItemClass", "ItemLife", "Life", "Server", "Workstation"]

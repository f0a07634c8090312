"""Everybody may look the inventory up; the unit that owns a row keeps it."""

from meridian.engine.policies import Policy


class InventoryPolicy(Policy):
    unit = "unit__path"
    everyone = frozenset({"view", "export"})

"""The door of cost centres for other modules."""

from meridian.registers.cost_centres.queries import owner_of, owners_above

__all__ = ["owner_of", "owners_above"]

"""The door of the organisation for other modules."""

from meridian.registers.organisation.commands import ensure_root
from meridian.registers.organisation.queries import count_ict_units_by_location_group, ict_units_of

__all__ = ["count_ict_units_by_location_group", "ensure_root", "ict_units_of"]

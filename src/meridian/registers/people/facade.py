"""The door of people for other modules."""

from meridian.registers.people.queries import count_ict_people_by_location_group, ict_people_of, unit_of

__all__ = ["count_ict_people_by_location_group", "ict_people_of", "unit_of"]

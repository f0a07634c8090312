"""The door of major incidents for other modules."""

from meridian.work.majors.models import MajorIncident
from meridian.work.majors.queries import held_items, items_of_majors, public_majors

__all__ = ["MajorIncident", "held_items", "items_of_majors", "public_majors"]

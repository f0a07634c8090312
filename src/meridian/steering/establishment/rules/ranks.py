"""The order of rank in which grades and categories stand in every table and chart."""

from collections.abc import Iterable, Sequence

from meridian.steering.establishment.contracts import PostCategory
from meridian.steering.establishment.rules.actions import GRADES

CATEGORIES = tuple(category.value for category in PostCategory)
PERSONNEL = (
    "under_secretary_general",
    "assistant_secretary_general",
    "director",
    "professional",
    "national_professional",
    "field_service_and_project",
    "field_service",
    "general_service",
    "local",
    "volunteer",
    "contractor",
)
"""Categories of persons, as the registers of entities call them."""


def in_rank(found: Iterable[str], order: Sequence[str] = GRADES) -> tuple[str, ...]:
    """Each once, the highest first; what the order doesn't know stands last, as it came."""
    place = {name: index for index, name in enumerate(order)}
    return tuple(sorted(dict.fromkeys(found), key=lambda name: place.get(name, len(place))))

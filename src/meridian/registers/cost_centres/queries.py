"""Who answers for what is charged."""

from django.db.models import Q
from django.utils import timezone

from meridian.registers.cost_centres.models import CostCentre


def _open() -> Q:
    return Q(closed_on=None) | Q(closed_on__gt=timezone.localdate())


def owner_of(code: str) -> int | None:
    """The owner (a person) of an open cost centre."""
    return CostCentre.objects.filter(_open(), code=code).values_list("owner", flat=True).first()


def owners_above(unit_path: str) -> list[int]:
    """The owners of the cost centres of a unit and of those above it, the nearest first."""
    keys = [int(key) for key in unit_path.split("/") if key]
    rows = CostCentre.objects.filter(_open(), unit__in=keys).values_list("unit__path", "owner", "code")
    return [owner for _path, owner, _code in sorted(rows, key=lambda row: (-len(row[0]), row[2]))]

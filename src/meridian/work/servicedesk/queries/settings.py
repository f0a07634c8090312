"""What a desk lead has set, as commands and pages need it.

The matrix and the routing are kept in memory: a change is seen by every process within a minute.
"""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db.models import Case, IntegerField, Q, When

from meridian.work.servicedesk.models import PriorityCell, Team
from meridian.work.servicedesk.models.references import Site

KEPT_SECONDS = 60

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by key, each read anew when it is older than a minute."""

    def __init__(self, read: Callable[[int | None], Value]) -> None:
        self.read = read
        self.values: dict[int | None, tuple[float, Value]] = {}

    def get(self, key: int | None) -> Value:
        known = self.values.get(key)
        if known is None or known[0] < time.monotonic():
            known = (time.monotonic() + KEPT_SECONDS, self.read(key))
            self.values[key] = known
        return known[1]


def _read_matrix(_key: int | None) -> dict[tuple[int, int], int]:
    cells = PriorityCell.objects.values_list("impact", "urgency", "priority")
    return {(impact, urgency): priority for impact, urgency, priority in cells}


def _read_desk(site: int | None) -> Team | None:
    sites = Site.objects.none() if site is None else Site.objects.filter(pk=site)
    duty_station = sites.values("duty_station")
    near_first = Case(When(duty_station__in=duty_station, then=0), default=1, output_field=IntegerField())
    desks = Team.objects.filter(kind=Team.Kind.DESK, is_active=True)
    return desks.filter(Q(duty_station__in=duty_station) | Q(is_hub=True)).order_by(near_first, "pk").first()


_matrix = Kept(_read_matrix)
_desks = Kept(_read_desk)


def priority_matrix() -> dict[tuple[int, int], int]:
    """(impact, urgency) to priority."""
    return _matrix.get(None)


def desk_serving(site: int | None) -> Team | None:
    """The desk to which a request from the site of this id goes: one at its duty station, else a hub."""
    return _desks.get(site)


def forget_settings() -> None:
    """Read everything anew when next asked."""
    _matrix.values.clear()
    _desks.values.clear()

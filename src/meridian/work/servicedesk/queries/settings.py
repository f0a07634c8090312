"""What a desk lead has set, as commands and pages need it."""

import time
from typing import Any

from django.db.models import Case, IntegerField, Q, When

from meridian.work.servicedesk.models import HoldReason, PriorityCell, Team
from meridian.work.servicedesk.models.references import Site

KEPT_SECONDS = 60

_matrix: list[tuple[float, dict[tuple[int, int], int]]] = []


def priority_matrix() -> dict[tuple[int, int], int]:
    """(impact, urgency) to priority; a change is seen by every process within a minute."""
    if not _matrix or _matrix[0][0] < time.monotonic():
        cells = PriorityCell.objects.values_list("impact", "urgency", "priority")
        found = {(impact, urgency): priority for impact, urgency, priority in cells}
        _matrix[:] = [(time.monotonic() + KEPT_SECONDS, found)]
    return _matrix[0][1]


def forget_matrix() -> None:
    """Read the matrix anew when next asked."""
    _matrix.clear()


def desk_serving(site: Any) -> Team | None:
    """The desk to which a request from this site goes: one at its duty station, else a hub."""
    duty_station = Site.objects.filter(pk=getattr(site, "pk", site)).values("duty_station")
    return (
        Team.objects.filter(Q(duty_station__in=duty_station) | Q(is_hub=True), kind="desk", is_active=True)
        .order_by(
            Case(When(duty_station__in=duty_station, then=0), default=1, output_field=IntegerField()), "pk"
        )
        .first()
    )


def hold_reasons() -> list[HoldReason]:
    return list(HoldReason.objects.order_by("pk"))

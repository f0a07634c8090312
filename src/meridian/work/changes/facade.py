"""The door of changes for other modules."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from meridian.work.changes.models import CausedIncident, Change, ChangeThing, SuppressionWindow

__all__ = ["CausedIncident", "Change", "suppressed"]


def suppressed(things: Iterable[int], at: datetime) -> dict[int, int]:
    """Which of these configuration items (by id) alarms are expected of at an instant, each with the change
    (its id) that explains them."""
    open_now = Q(starts_at__lte=at, ends_at__gt=at)
    changes = SuppressionWindow.objects.filter(open_now).values("change")
    rows = ChangeThing.objects.filter(change__in=changes, concerns__in=set(things))
    return dict(rows.values_list("concerns", "change"))

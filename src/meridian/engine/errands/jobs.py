"""Errands as jobs of the worker."""

import datetime

from django.utils import timezone

from meridian.engine.errands import storage
from meridian.engine.errands.models import KEPT, UNDER_WAY, Errand
from meridian.engine.errands.running import carry_out

ROWS_KEPT = datetime.timedelta(days=30)


def run(errand_id: int) -> None:
    """Do an errand."""
    carry_out(errand_id)


def forget(timestamp: int) -> None:
    """Every hour remove the files that have been kept long enough, and the errands of a month ago."""
    ended = Errand.objects.exclude(state__in=UNDER_WAY)
    ended.filter(ended_at__lt=timezone.now() - ROWS_KEPT).delete()
    for place in ended.filter(ended_at__lt=timezone.now() - KEPT).values_list("place", flat=True):
        storage.forget(place)
    storage.forget_all_but(set(Errand.objects.values_list("place", flat=True)))

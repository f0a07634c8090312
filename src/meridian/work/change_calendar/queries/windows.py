"""Which windows hold for what a change touches."""

from django.db.models import QuerySet

from meridian.work.change_calendar.models import ChangeWindow
from meridian.work.change_calendar.queries.ground import regions_of


def holding(
    near: QuerySet[ChangeWindow], own: frozenset[int], ground: frozenset[int], kind: str
) -> list[ChangeWindow]:
    regions: frozenset[int] | None = None
    found = []
    for window in (
        near.exclude(exempt__contains=[kind]).prefetch_related("scopes").order_by("starts_at", "pk")
    ):
        scope = frozenset(row.concerns_id for row in window.scopes.all())
        if scope and not scope & (own | ground):
            continue
        if window.region_id is not None:
            regions = regions_of(ground) if regions is None else regions
            if window.region_id not in regions:
                continue
        found.append(window)
    return found

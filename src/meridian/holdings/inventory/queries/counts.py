"""Counts of servers and workstations, for reports."""

from typing import Any

from django.db.models import Count, QuerySet

from meridian.holdings.inventory.models import Life, Server, Workstation


def count_servers_by_location_group() -> dict[str, int]:
    """How many physical servers there are, retired ones left out, by the location group of the unit."""
    return _count(Server)


def count_workstations_by_location_group() -> dict[str, int]:
    """How many desktops and laptops there are, retired ones left out, by the location group of the unit."""
    return _count(Workstation)


def _count(model: type[Server] | type[Workstation]) -> dict[str, int]:
    return dict(_kept(model).order_by().values_list("unit__location_group").annotate(Count("pk")))


def servers_of(location_group: str) -> QuerySet[Server]:
    """The servers that are counted for a location group, whoever asks."""
    return _kept(Server).filter(unit__location_group=location_group)


def workstations_of(location_group: str) -> QuerySet[Workstation]:
    """The workstations that are counted for a location group, whoever asks."""
    return _kept(Workstation).filter(unit__location_group=location_group)


def _kept(model: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.exclude(state=Life.RETIRED)
    return rows

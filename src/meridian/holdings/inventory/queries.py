"""Counts of servers and workstations, for reports."""

from django.db.models import Count

from meridian.holdings.inventory.models import Life, Server, Workstation


def count_servers_by_location_group() -> dict[str, int]:
    """How many physical servers there are, retired ones left out, by the location group of the unit."""
    return _count(Server)


def count_workstations_by_location_group() -> dict[str, int]:
    """How many desktops and laptops there are, retired ones left out, by the location group of the unit."""
    return _count(Workstation)


def _count(model: type[Server] | type[Workstation]) -> dict[str, int]:
    kept = model.objects.exclude(state=Life.RETIRED).order_by()
    return dict(kept.values_list("unit__location_group").annotate(Count("pk")))

"""Which services rest on what."""

from collections.abc import Iterable

from meridian.engine.records import reference
from meridian.holdings.services.models import Service, Support

ConfigurationItem = reference("configuration.ConfigurationItem")


def services_on(things: Iterable[int]) -> frozenset[int]:
    """The live services (by id) that are among these entries (by id), or rest on them, however far up."""
    return frozenset().union(*services_over(things).values())


def services_over(things: Iterable[int]) -> dict[int, frozenset[int]]:
    """The live services over each of these entries; three statements, however many there are."""
    live = set(Service.objects.filter(state=Service.State.LIVE).values_list("pk", flat=True))
    entries = ConfigurationItem.objects.filter(kind="service").values_list("pk", "row_id")
    service_of = dict(entries)
    entry_of = {service: entry for entry, service in service_of.items()}
    over: dict[int, set[int]] = {}
    for service, thing in Support.objects.values_list("service", "concerns"):
        if service in entry_of:
            over.setdefault(thing, set()).add(entry_of[service])
    return {thing: frozenset(_met(thing, over, service_of) & live) for thing in set(things)}


def _met(thing: int, over: dict[int, set[int]], service_of: dict[int, int]) -> set[int]:
    found, level = {thing}, {thing}
    while level:
        level = {above for below in level for above in over.get(below, ())} - found
        found |= level
    return {service_of[entry] for entry in found if entry in service_of}

"""Which services rest on what."""

from collections.abc import Iterable

from meridian.engine.records import reference
from meridian.holdings.services.models import Service, Support

ConfigurationItem = reference("configuration.ConfigurationItem")


def services_on(things: Iterable[int]) -> frozenset[int]:
    """The services (by id) that are among these entries (by id), or rest on them, however far up."""
    found: set[int] = set()
    level = set(things)
    while level:
        own = ConfigurationItem.objects.filter(pk__in=level, kind="service").values_list("row_id", flat=True)
        resting = Support.objects.filter(concerns__in=level).values_list("service", flat=True)
        met = ({*own, *resting}) - found
        found |= met
        entries = ConfigurationItem.objects.filter(kind="service", row_id__in=met) if met else ()
        level = {entry.pk for entry in entries} - level
    return frozenset(Service.objects.filter(pk__in=found, state="live").values_list("pk", flat=True))

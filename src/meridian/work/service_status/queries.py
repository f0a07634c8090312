"""How services stand now, stood on each of the last days, and what is planned for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from meridian.engine.records import reference
from meridian.engine.translation import Translations
from meridian.holdings.services.facade import services_over
from meridian.work.change_calendar.facade import ChangeWindow
from meridian.work.changes.contracts import State as ChangeState
from meridian.work.changes.facade import Change
from meridian.work.service_status.models import Disruption, StatusStep, Subscription
from meridian.work.service_status.rules import Stretch, worst

Service = reference("services.Service")
AHEAD = timedelta(days=14)
ON_SCHEDULE = (ChangeState.SCHEDULED, ChangeState.IMPLEMENT)


@dataclass(frozen=True, slots=True)
class Planned:
    """A time in which services are worked on; `name` is empty for a change, whose own words aren't public."""

    starts_at: datetime
    ends_at: datetime
    services: frozenset[int]
    number: str
    name: Translations | str = ""


def live_services() -> QuerySet[Any]:
    """The services that people use, in the order in which they read them."""
    return Service.objects.filter(state="live").order_by("place", "code")


def disruptions_between(since: datetime, until: datetime, service: int | None = None) -> QuerySet[Disruption]:
    """What kept services from being whole in a time."""
    rows = Disruption.objects.filter(Q(ends_at=None) | Q(ends_at__gt=since), starts_at__lt=until)
    return rows if service is None else rows.filter(service=service)


def stretches_of(rows: Iterable[Disruption]) -> dict[int, list[Stretch]]:
    """The stretches of each service (by id)."""
    found: dict[int, list[Stretch]] = {}
    for row in rows:
        found.setdefault(row.service_id, []).append(Stretch(row.level, row.starts_at, row.ends_at))
    return found


def planned(now: datetime) -> list[Planned]:
    """Changes and maintenance windows that touch services, now and in the next two weeks, the next first."""
    times = [*_changes(now), *_windows(now)]
    over = services_over({thing for things, _one in times for thing in things})
    found = []
    for things, one in times:
        services = frozenset().union(*(over.get(thing, frozenset()) for thing in things))
        if services:
            found.append(Planned(one.starts_at, one.ends_at, services, one.number, one.name))
    return sorted(found, key=lambda one: (one.starts_at, one.number))


def _changes(now: datetime) -> list[tuple[frozenset[int], Planned]]:
    rows = Change.objects.filter(
        state__in=ON_SCHEDULE, planned_until__gt=now, planned_from__lt=now + AHEAD
    ).prefetch_related("things")
    return [
        (
            frozenset(thing.concerns_id for thing in row.things.all()),
            Planned(row.planned_from, row.planned_until, frozenset(), row.number),
        )
        for row in rows
        if row.planned_from and row.planned_until
    ]


def _windows(now: datetime) -> list[tuple[frozenset[int], Planned]]:
    rows = ChangeWindow.objects.filter(
        type=ChangeWindow.Type.MAINTENANCE, ends_at__gt=now, starts_at__lt=now + AHEAD
    ).prefetch_related("scopes")
    return [
        (
            frozenset(scope.concerns_id for scope in row.scopes.all()),
            Planned(row.starts_at, row.ends_at, frozenset(), row.code, row.name),
        )
        for row in rows
    ]


def levels_now(now: datetime, plans: Iterable[Planned]) -> dict[int, str]:
    """How each service (by id) that isn't operational stands now."""
    found: dict[int, list[str]] = {}
    for service, level in Disruption.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now
    ).values_list("service", "level"):
        found.setdefault(service, []).append(level)
    for plan in plans:
        if plan.starts_at <= now < plan.ends_at:
            for service in plan.services:
                found.setdefault(service, []).append("maintenance")
    return {service: worst(levels) for service, levels in found.items()}


def news(service: int | None = None) -> QuerySet[StatusStep]:
    """What was told, the newest first."""
    rows = StatusStep.objects.select_related("service").order_by("-at", "-pk")
    return rows if service is None else rows.filter(service=service)


def following(services: set[int], site: int | None) -> QuerySet[Subscription]:
    """Who follows one of these services, the site or everything, account by account."""
    wanted = Q(service__in=services) | Q(service=None, site=None)
    if site is not None:
        wanted |= Q(site=site)
    return Subscription.objects.filter(wanted).order_by("account", "pk")


def services_of_change(change: Change) -> frozenset[int]:
    """The services (by id) on whose ground a change is worked."""
    things = change.things.values_list("concerns", flat=True)
    return frozenset().union(*services_over(things).values())

"""Saying how services stand, and following them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Refusal, Untimely, command, standard_command, write_row
from meridian.engine.modules.work import queue_job
from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.holdings.services.facade import services_on
from meridian.work.changes.facade import Change
from meridian.work.majors.facade import MajorIncident
from meridian.work.service_status.contracts import DISRUPTED, Level
from meridian.work.service_status.models import Disruption, StatusStep, Subscription
from meridian.work.service_status.queries import services_of_change

Service = reference("services.Service")
Site = reference("places.Site")
Kind = StatusStep.Kind
change_disruption = standard_command(Disruption, "change")


def _tell(rows: Iterable[Disruption], kind: str, level: str = "") -> None:
    """Note a step of each service, and let those who follow one be told of all of them, once."""
    now, steps = timezone.now(), []
    for row in rows:
        major = row.major
        steps.append(
            StatusStep(
                service_id=row.service_id,
                occasion=f"{major.number}.{kind}.{now:%Y%m%d%H%M%S}",
                kind=kind,
                level=level or row.level,
                at=now,
                subject=major.subject,
                text=major.status_text,
                major=major,
            )
        )
    StatusStep.objects.bulk_create(steps)
    if steps:
        queue_job("service_status.spread", occasion=steps[0].occasion, after=0)


@command("service_status.disruption.add", on=Disruption)
def name_service(*, actor: Actor, major: MajorIncident, **fields: Any) -> Disruption:
    """Say that a major incident hits a service: how badly, and since when."""
    if not major.is_active and fields.get("ends_at") is None:
        raise Refusal(
            _("%(number)s is over: say until when it hit the service.") % {"number": major.number}, "ends_at"
        )
    fields.setdefault("starts_at", major.declared_at)
    row = write_row(Disruption(major=major), fields)
    if row.ends_at is None:
        _tell([row], Kind.BEGAN)
    return row


@command("service_status.disruption.alter", on=Disruption, target="row")
def alter(*, actor: Actor, row: Disruption, level: str) -> Disruption:
    """Say that the service stands otherwise from now on; how it stood until now stays on record."""
    if row.ends_at is not None:
        raise Untimely(_("This is over: what is to be corrected in it is changed."))
    if level not in dict(DISRUPTED):
        raise Refusal(_("Choose one of the levels that are offered."), "level")
    if level == row.level:
        raise Refusal(_("It stands like that already."), "level")
    now = timezone.now()
    _close(row, now)
    after = Disruption.objects.create(major=row.major, service=row.service, level=level, starts_at=now)
    _tell([after], Kind.ALTERED)
    return row


@command("service_status.disruption.recover", on=Disruption, target="row")
def recover(*, actor: Actor, row: Disruption) -> Disruption:
    """Say that the service works again, though the major incident may go on."""
    if row.ends_at is not None:
        raise Untimely(_("This is over already."))
    _close(row, timezone.now())
    _tell([row], Kind.ENDED, Level.OPERATIONAL)
    return row


def _close(row: Disruption, now: datetime) -> None:
    if row.starts_at >= now:
        raise Untimely(_("It has not begun yet: correct its beginning."))
    row.ends_at = now
    row.save(update_fields=("ends_at",))


@command(
    "service_status.disruption.infer", on=Disruption, title=gettext_lazy("find the services that are hit")
)
def infer(*, actor: Actor, major: MajorIncident) -> list[Disruption]:
    """Name the services that rest on what the incident concerns, or those hit before it was called again."""
    if not major.is_active:
        return []
    hit = set(Disruption.objects.filter(major=major).values_list("service", flat=True))
    lasting = Disruption.objects.filter(major=major, ends_at=None).values_list("service", flat=True)
    if not hit and major.incident.concerns_id:
        hit = set(services_on([major.incident.concerns_id]))
    now = timezone.now()
    rows = Disruption.objects.bulk_create(
        Disruption(major=major, service_id=service, level=Level.PARTIAL, starts_at=now)
        for service in sorted(hit - set(lasting))
    )
    _tell(rows, Kind.BEGAN)
    return rows


@command(
    "service_status.disruption.end_all", on=Disruption, title=gettext_lazy("note that services work again")
)
def end_all(*, actor: Actor, major: MajorIncident, at: datetime) -> list[Disruption]:
    """End what a major incident kept from being whole, when it is stood down or withdrawn."""
    rows = list(Disruption.objects.filter(major=major, ends_at=None, starts_at__lt=at))
    Disruption.objects.filter(pk__in=[row.pk for row in rows]).update(ends_at=at)
    _tell(rows, Kind.ENDED, Level.OPERATIONAL)
    return rows


@command("service_status.statusstep.inform", on=StatusStep, title=gettext_lazy("tell news of services"))
def inform_of_status(*, actor: Actor, major: MajorIncident) -> None:
    """Tell who follows the services that are hit what everybody may read now."""
    _tell(Disruption.objects.filter(major=major, ends_at=None), Kind.INFORMED)


@command("service_status.statusstep.plan", on=StatusStep, title=gettext_lazy("tell of planned maintenance"))
def inform_of_plan(*, actor: Actor, change: Change) -> None:
    """Tell who follows services when they will be worked on, or that they won't be after all."""
    told = StatusStep.objects.filter(change=change).order_by("-pk").first()
    is_planned = change.state == "scheduled" and change.planned_from is not None
    if not is_planned and (told is None or told.kind == Kind.CALLED_OFF):
        return
    kind, now = Kind.PLANNED if is_planned else Kind.CALLED_OFF, timezone.now()
    occasion = f"{change.number}.{kind}.{now:%Y%m%d%H%M%S}"
    steps = StatusStep.objects.bulk_create(
        StatusStep(
            service_id=service,
            occasion=occasion,
            kind=kind,
            level=Level.MAINTENANCE if is_planned else Level.OPERATIONAL,
            at=now,
            starts_at=change.planned_from,
            ends_at=change.planned_until,
            change=change,
        )
        for service in sorted(services_of_change(change))
    )
    if steps:
        queue_job("service_status.spread", occasion=occasion, after=0)


@command("service_status.subscription.add", on=Subscription)
def subscribe(*, actor: Actor, service: Service | None = None, site: Site | None = None) -> Subscription:
    """Follow a service, a site, or everything: one is told of every step, once."""
    return write_row(Subscription(account_id=actor.own_account_id), {"service": service, "site": site})


@command("service_status.subscription.unfollow", on=Subscription, target="row")
def unfollow(*, actor: Actor, row: Subscription) -> None:
    """Hear no more of it; whoever follows it again hears of it again."""
    row.delete()

"""Hearing no more by a link that a mail carried, and what the demo organisation lived through."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from meridian.engine.audit import trail
from meridian.engine.mailed_links.opening import Opened, Press
from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.work.majors.facade import MajorIncident
from meridian.work.service_status.commands import unfollow
from meridian.work.service_status.models import Disruption, StatusStep, Subscription

Service = reference("services.Service")
# Of the live and of the past major incident of the demo: services, levels and minutes since its beginning.
LIVED = {
    "active": (("mail", "outage", 0, 25), ("mail", "degraded", 25, None)),
    "reviewed": (
        ("network", "outage", 0, 50),
        ("internet", "partial", 5, 95),
        ("telephone", "degraded", 0, 95),
    ),
}


def unsubscribe_by_link(actor: Actor, row: Subscription) -> Opened:
    """What one would hear no more of, and the button."""

    def act(_pressed: str, _given: Mapping[str, Any]) -> str:
        unfollow(actor=actor, row=row)
        return _("You will hear no more of this.")

    title = _("Hear no more of: %(what)s") % {"what": row}
    return Opened(title, act, (Press("stop", _("Stop"), "first"),))


def demo(actor: Actor) -> None:
    """Which services the major incidents of the demo hit, and that its guests follow some; once."""
    if Disruption.objects.exists():
        return
    services = {service.code: service for service in Service.objects.all()}
    with trail.entry("service_status.demo.load", actor):
        for major in MajorIncident.objects.filter(state__in=LIVED).order_by("pk"):
            for code, level, since, until in LIVED[major.state]:
                if code in services:
                    _lived(major, services[code], level, since, until)
        for guest in get_user_model().objects.filter(username__in=("staff", "chief")):
            Subscription.objects.create(account=guest, service=services.get("mail"))


def _lived(major: MajorIncident, service: Any, level: str, since: int, until: int | None) -> None:
    starts_at = major.declared_at - timedelta(minutes=40) + timedelta(minutes=since)
    ends_at = starts_at + timedelta(minutes=until - since) if until else None
    Disruption.objects.create(major=major, service=service, level=level, starts_at=starts_at, ends_at=ends_at)
    for kind, how, at in (("began", level, starts_at), ("ended", "operational", ends_at)):
        if at is not None:
            StatusStep.objects.create(
                service=service,
                occasion=f"{major.number}.{kind}.{at:%Y%m%d%H%M%S}",
                kind=kind,
                level=how,
                at=at,
                subject=major.subject,
                text=major.status_text,
                major=major,
            )

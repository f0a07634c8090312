"""What the status of services says on the pages of others."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.figures import instant_text
from meridian.engine.pages.slots import ActionPart, PanelPart
from meridian.engine.policies import Actor, policy_of
from meridian.engine.values import url_of
from meridian.work.majors.facade import MajorIncident
from meridian.work.service_status.models import Disruption


def of_major(actor: Actor, row: MajorIncident) -> PanelPart | None:
    """The services that a major incident hits, each with how it stands and since when."""
    rows = Disruption.objects.permitted(actor).filter(major=row.pk).select_related("service")
    facts = [
        {"label": str(one.service), "text": _stood(one), "url": url_of(one)}
        for one in rows.order_by("-starts_at", "service__place")
    ]
    return PanelPart(_("Services that it hits"), {"facts": facts}) if facts else None


def _stood(row: Disruption) -> str:
    times = {"level": row.get_level_display(), "since": instant_text(row.starts_at)}
    if row.ends_at is None:
        return _("%(level)s since %(since)s") % times
    return _("%(level)s from %(since)s until %(until)s") % {**times, "until": instant_text(row.ends_at)}


def name_service(actor: Actor, row: MajorIncident | None) -> ActionPart | None:
    """The way to say which service a major incident hits."""
    if row is None or not row.is_active or not policy_of(Disruption).may(actor, "add"):
        return None
    url = f"{reverse('service_status-disruption-add')}?major={row.number}"
    return ActionPart(_("Name a service that it hits"), url, "warning")


def status_of(actor: Actor, row: Any) -> ActionPart | None:
    """The way from a service to how it stands."""
    if row is None or row.state != "live":
        return None
    return ActionPart(_("How it stands"), reverse("service-status-service", args=(row.code,)), "check")

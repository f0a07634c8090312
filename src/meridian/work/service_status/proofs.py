"""How the availability of a service follows from its disruptions."""

import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.commands import Unseen
from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Proof
from meridian.work.service_status.queries import disruptions_between, live_services, stretches_of
from meridian.work.service_status.rules import LOST, availability, days_until, percent_of

DAYS = 90


def availability_percent(service: int, since: datetime.datetime, until: datetime.datetime) -> Decimal:
    """The availability of a service in a time, in per cent as it is printed."""
    stretches = stretches_of(disruptions_between(since, until, service)).get(service, [])
    return percent_of(availability(stretches, since, until))


def availability_proof(actor: Actor, arguments: Arguments) -> Proof:
    """The availability of a service on a day, or in the last 90 days, with the disruptions behind it."""
    service = live_services().filter(pk=arguments.key("service")).first()
    if service is None:
        raise Unseen(_("There is no such service."))
    days = days_until(timezone.now(), DAYS)
    since, until = days[0][0], days[-1][1]
    title = _("Availability of %(service)s in %(days)d days") % {"service": service, "days": DAYS}
    if arguments.text("day"):
        asked = arguments.day("day")
        found = [day for day in days if day[0].date() == asked]
        if not found:
            raise Unseen(_("Only the last %(days)d days are told.") % {"days": DAYS})
        (since, until) = found[0]
        title = _("Availability of %(service)s on %(day)s") % {"service": service, "day": asked.isoformat()}
    how = _(
        "Of the time from %(since)s until %(until)s (UTC) that is taken away in which the service was down;"
        " of a partial outage a share of %(partial)s. Degraded service and maintenance take nothing. Where"
        " disruptions overlap, the gravest counts, once."
    ) % {
        "since": since.strftime("%Y-%m-%d %H:%M"),
        "until": until.strftime("%Y-%m-%d %H:%M"),
        "partial": LOST["partial"],
    }
    rows = disruptions_between(since, until, service.pk)
    figure = availability_percent(service.pk, since, until)
    return Proof(title, figure, Added(rows), unit="%", decimals=2, how=how, moves=True)

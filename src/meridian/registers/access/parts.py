"""What accounts and rights say on the operator's first page: the doors of the house."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.pages.first_page import Part, bars_of_references, counted, list_url
from meridian.engine.pages.slots import FirstPagePart
from meridian.engine.policies.request import Request
from meridian.registers.access.models import Account, Holding

SOON = timedelta(days=14)


def doors(request: Request) -> FirstPagePart:
    """Who may come in, and what is about to end."""
    today, until = timezone.localdate(), timezone.localdate() + SOON
    ending = {"ends_at_from": today.isoformat(), "ends_at_to": until.isoformat()}
    holdings = Holding.objects.permitted(request.actor).filter(
        ends_at__date__gte=today, ends_at__date__lte=until
    )
    accounts = Account.objects.permitted(request.actor)
    figures = [
        counted(accounts.filter(is_active=False), _("closed accounts"), "still", is_active="false"),
        counted(accounts.filter(kind="service"), _("accounts of programs"), "accent", kind="service"),
        counted(holdings, _("roles that end within two weeks"), "watch", **ending),
    ]
    bars = bars_of_references(Holding.objects.permitted(request.actor), "role", "code", "name")
    return Part(
        _("Doors"),
        list_url(Account),
        figures=figures,
        bars=bars.shown,
        cut=bars,
        bars_title=_("Who holds which role"),
    ).given()

"""What accounts and rights say on the operator's first page: the doors of the house."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.modules.registry import listed_address
from meridian.engine.pages.first_page import Figure, Part, bars_of_references, counted, list_url
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
    figures = [
        *_accounts(request),
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


def _accounts(request: Request) -> list[Figure]:
    """How many accounts are closed, and how many are of programs; one statement."""
    kinds = {
        "closed": (Q(is_active=False), _("closed accounts"), "still", {"is_active": "false"}),
        "programs": (Q(kind="service"), _("accounts of programs"), "accent", {"kind": "service"}),
    }
    found = Account.objects.permitted(request.actor).order_by()
    counts = found.aggregate(**{name: Count("pk", filter=kind[0]) for name, kind in kinds.items()})
    label_of = Account._meta.label_lower
    return [
        Figure(
            counts[name],
            label,
            list_url(Account, **narrowed),
            tone,
            listed_address(label_of, counts[name], narrowed),
        )
        for name, (_condition, label, tone, narrowed) in kinds.items()
    ]

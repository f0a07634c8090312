"""How many were helped at the first contact, month by month and way by way, each with its contacts."""

import datetime
from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.figures import Unproved
from meridian.engine.figures import number_text
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Actor, Request
from meridian.work.contacts.contracts import Way
from meridian.work.contacts.proofs import DAYS, days_asked, of_days
from meridian.work.contacts.queries.resolved_first import share


@needs("contacts.contact.view")
@require_safe
@takes("days")
def figures(request: Request) -> HttpResponse:
    """First-contact resolution of the last 30, 90 or 365 days, with its definition beside it."""
    days = days_asked(request.GET.get("days", ""))
    context = {
        "tiles": tiles(request.actor, days),
        "days": days,
        "choices": [
            {"title": _("%(days)d days") % {"days": each}, "url": f"?days={each}", "days": each}
            for each in DAYS
        ],
        "ways": _ways(request.actor, days),
        "crumbs": [{"title": _("Contacts"), "url": reverse("contacts-contact-list")}],
    }
    return render(request, "contacts/figures.html", context)


def tiles(actor: Actor, days: int) -> list[dict[str, Any]]:
    now = timezone.now()
    found = share(actor, now - datetime.timedelta(days=days), now, now)
    url = reverse("contacts-contact-list")
    per_cent = "–" if found.per_cent is None else f"{number_text(round(found.per_cent))} %"
    return [
        {"number": per_cent, "label": _("resolved at the first contact"), "proof": Unproved.FOLLOWS},
        {
            "number": number_text(found.resolved),
            "label": _("resolved and stayed so"),
            "url": f"{url}?outcome=solved",
            "proof": proof_address("contacts.contacts", found.resolved, days=days, which="resolved"),
        },
        {
            "number": number_text(found.eligible),
            "label": _("contacts that count"),
            "url": url,
            "proof": proof_address("contacts.contacts", found.eligible, days=days, which="eligible"),
        },
    ]


def _ways(actor: Actor, days: int) -> list[dict[str, str]]:
    counted = dict(of_days(actor, days).order_by().values_list("way").annotate(Count("pk")))
    return [{"way": str(words), "count": number_text(counted.get(way, 0))} for way, words in Way.choices]

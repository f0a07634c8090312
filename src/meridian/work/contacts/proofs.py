"""The proof of first-contact resolution: the contacts that count, and those of them that stayed resolved."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.listing.parameters import one_of
from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Proof
from meridian.work.contacts.models import Contact
from meridian.work.contacts.queries.resolved_first import eligible, resolved_first

DAYS = (30, 90, 365)


def days_asked(text: str) -> int:
    """The days of a period that may be asked for: the shortest unless one is named."""
    return int(one_of("days", text or str(DAYS[0]), {str(each): str(each) for each in DAYS}))


def of_days(actor: Actor, days: int) -> QuerySet[Contact]:
    """The contacts of the last days that count."""
    now = timezone.now()
    return eligible(actor, now - datetime.timedelta(days=days), now, now)


def contacts(actor: Actor, arguments: Arguments) -> Proof:
    """How many contacts count, or were resolved at the first contact and stayed so."""
    titles: dict[str, Any] = {
        "resolved": _("Contacts resolved by tier 1 that stayed so for 72 hours"),
        "eligible": _("Contacts about something new, 72 hours old"),
    }
    which = arguments.option("which", titles)
    days = arguments.option("days", {str(each): str(each) for each in DAYS})
    rows = of_days(actor, int(days))
    rows = resolved_first(rows) if which == "resolved" else rows
    return Proof(str(titles[which]), rows.count(), Added(rows, own=True), moves=True)

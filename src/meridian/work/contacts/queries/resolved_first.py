"""First-contact resolution, by one definition.

Contacts that were resolved while they lasted, by tier 1, whose item was not reopened and whose person did
not reach the desk about the same service within 72 hours ÷ eligible contacts. A contact is eligible when
something new came of it: not when it was about an item that goes on, nor when nothing came of it. It is
counted once 72 hours are over, before which nobody can know.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from meridian.engine.policies import Actor
from meridian.work.contacts.contracts import Outcome
from meridian.work.contacts.models import Contact
from meridian.work.servicedesk.facade import WorkEvent, WorkItem

WITHIN = timedelta(hours=72)
ELIGIBLE = (Outcome.SOLVED, Outcome.OPENED)
TIER = 1


class Share(NamedTuple):
    """How many of how many; None of none."""

    resolved: int
    eligible: int

    @property
    def per_cent(self) -> float | None:
        return 100 * self.resolved / self.eligible if self.eligible else None


def eligible(actor: Actor, since: datetime, until: datetime, now: datetime) -> QuerySet[Contact]:
    """The contacts that began in a half-open period, count, and are 72 hours old."""
    ripe = min(until, now - WITHIN)
    rows = Contact.objects.permitted(actor).filter(began_at__gte=since, began_at__lt=ripe)
    return rows.filter(outcome__in=ELIGIBLE)


def resolved_first(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    """Those of eligible contacts that were resolved at the first contact and stayed so."""
    reopened: Any = WorkEvent.objects.filter(item=OuterRef("item"), type="reopened")
    same_service = Q(category=OuterRef("category")) | Q(category=None, note=OuterRef("note"))
    again: Any = Contact.objects.filter(
        same_service,
        person=OuterRef("person"),
        began_at__gt=OuterRef("began_at"),
        began_at__lte=OuterRef("began_at") + WITHIN,
    ).exclude(outcome=Outcome.NOTHING)
    asked: Any = WorkItem.objects.filter(
        requester=OuterRef("person"),
        category=OuterRef("category"),
        opened_at__gt=OuterRef("ended_at"),
        opened_at__lte=OuterRef("began_at") + WITHIN,
    ).exclude(pk=OuterRef("item_id_or_none"))
    found = rows.filter(outcome=Outcome.SOLVED, tier=TIER).annotate(item_id_or_none=F("item"))
    return found.exclude(Exists(reopened)).exclude(Exists(again)).exclude(Exists(asked))


def share(actor: Actor, since: datetime, until: datetime, now: datetime) -> Share:
    """First-contact resolution of a period, as far as the actor may see its contacts."""
    rows = eligible(actor, since, until, now)
    return Share(resolved_first(rows).count(), rows.count())

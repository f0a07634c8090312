"""How much of what was promised was kept: met ÷ (met + breached), and what is left out with its reason."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, F, Min, Q, QuerySet

from meridian.engine.policies import Actor
from meridian.work.service_levels.contracts import ClockState
from meridian.work.service_levels.facade import Clock

GROUPS = {
    "policy": "policy",
    "service": "category",
    "site": "site",
    "team": "team",
    "priority": "priority",
}
KEPT = Q(state=ClockState.MET)
BROKEN = Q(state=ClockState.BREACHED)
NONE = "none"


class Share(NamedTuple):
    """A row of the report: a group by its key, how many clocks were met and breached, what was agreed."""

    key: Any
    met: int
    breached: int
    agreed_percent: int

    @property
    def ended(self) -> int:
        return self.met + self.breached

    @property
    def percent(self) -> float:
        return 100 * self.met / self.ended


class Asked(NamedTuple):
    """What the report is asked: a kind and measure of clock, and how many days before now."""

    kind: str
    measure: str
    days: int


def ended(actor: Actor, asked: Asked, now: datetime) -> QuerySet[Clock]:
    """Every clock of the kind that ended in the days before, for the reader."""
    rows = Clock.objects.permitted(actor, "view").filter(kind=asked.kind, measure=asked.measure)
    return rows.filter(stopped_at__gt=now - timedelta(days=asked.days), stopped_at__lte=now)


def judged(actor: Actor, asked: Asked, now: datetime) -> QuerySet[Clock]:
    """Those that count: met or breached, and not annulled."""
    return ended(actor, asked, now).filter(KEPT | BROKEN, annulled_at__isnull=True)


def shares(actor: Actor, asked: Asked, group: str, now: datetime) -> list[Share]:
    """The report by a group, the largest first; one statement."""
    rows = judged(actor, asked, now).order_by().values(key=F(GROUPS[group]))
    counted = rows.annotate(
        met=Count("pk", filter=KEPT),
        breached=Count("pk", filter=BROKEN),
        agreed=Min("policy__agreed_percent"),
    )
    found = [Share(row["key"], row["met"], row["breached"], row["agreed"]) for row in counted]
    return sorted(found, key=lambda share: (-share.ended, str(share.key)))


def of_group(rows: QuerySet[Clock], group: str, key: str) -> QuerySet[Clock]:
    """The clocks of one group; `none` are those that have none."""
    field = GROUPS[group]
    return rows.filter(**({f"{field}__isnull": True} if key == NONE else {field: int(key)}))


def left_out(actor: Actor, asked: Asked, now: datetime) -> QuerySet[Clock]:
    """What ended and doesn't count: annulled with a reason, or cancelled with the item."""
    rows = ended(actor, asked, now).filter(Q(annulled_at__isnull=False) | Q(state=ClockState.CANCELLED))
    return rows.select_related("item").order_by("-annulled_at", "-stopped_at", "-pk")

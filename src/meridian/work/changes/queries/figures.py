"""Figures of changes: the change failure rate, and how long changes take."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from meridian.engine.policies import Actor
from meridian.work.changes.contracts import Outcome
from meridian.work.changes.models import CausedIncident, Change, ChangeThing

WRONG = (Outcome.FAILED, Outcome.BACKED_OUT)
LOOKED_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the changes that were implemented in a span: how many, how many failed, and the median lead time.

    Failed are those that failed, were backed out or caused an incident, each once.
    """

    implemented: int
    failed: int
    emergency: int
    lead_days: float | None

    @property
    def failure_percent(self) -> float | None:
        """Failed of implemented, in per cent; None when none was implemented."""
        return 100 * self.failed / self.implemented if self.implemented else None


def implemented(rows: QuerySet[Change], since: datetime, until: datetime) -> QuerySet[Change]:
    """Those of which the implementation ended in the span."""
    return rows.filter(completed_at__gte=since, completed_at__lt=until)


def failed(rows: QuerySet[Change]) -> QuerySet[Change]:
    """Those that failed, were backed out or caused an incident."""
    caused = Exists(CausedIncident.objects.filter(change=OuterRef("pk")))
    return rows.filter(Q(outcome__in=WRONG) | caused)


def figures_of(actor: Actor, since: datetime, until: datetime) -> Figures:
    """The figures of the changes that the actor sees."""
    rows = implemented(Change.objects.permitted(actor), since, until)
    spans = [
        (completed - opened).total_seconds() / 86_400
        for opened, completed in rows.values_list("opened_at", "completed_at")
        if completed is not None
    ]
    return Figures(
        implemented=len(spans),
        failed=failed(rows).count(),
        emergency=rows.filter(kind="emergency").count(),
        lead_days=median(spans) if spans else None,
    )


def history_of(change: Change, now: datetime) -> tuple[int, int]:
    """Of the changes to the same things in a year: how many were implemented, and how many of them failed."""
    things = ChangeThing.objects.filter(change=change).values("concerns")
    same: Any = Change.objects.filter(things__concerns__in=things).exclude(pk=change.pk).distinct()
    rows = implemented(same, now - LOOKED_BACK, now)
    return rows.count(), failed(rows).count()

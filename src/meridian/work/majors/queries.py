"""Major incidents: what hangs on them, what is late, and what everybody may read."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from meridian.work.majors.contracts import PublicStatus
from meridian.work.majors.models import MajorIncident, MajorUpdate
from meridian.work.servicedesk.contracts import Kind
from meridian.work.servicedesk.facade import Link, WorkItem

ACTIVE = MajorIncident.State.ACTIVE
# What is over stays on the status page for a day.
SHOWN_AFTER = timedelta(days=1)
SAME_TROUBLE = timedelta(hours=12)


def child_incidents(major: MajorIncident) -> QuerySet[WorkItem]:
    """The incidents that hang on a major one."""
    parts = Link.objects.filter(source=major.incident_id, type=Link.Type.PARENT)
    return WorkItem.objects.filter(pk__in=parts.values("target"))


def held_items(items: Iterable[int]) -> frozenset[int]:
    """Which of these items (by id) an active major incident holds, itself among them: nobody is chased on
    them singly."""
    return _held(items, Q(state=ACTIVE))


def items_of_majors(items: Iterable[int]) -> frozenset[int]:
    """Which of these items (by id) a major incident held or holds: nobody is surveyed on them singly."""
    return _held(items, ~Q(state=MajorIncident.State.WITHDRAWN))


def _held(items: Iterable[int], which: Q) -> frozenset[int]:
    asked = set(items)
    majors = MajorIncident.objects.filter(which)
    own = majors.filter(incident__in=asked).values_list("incident", flat=True)
    parts = Link.objects.filter(
        source__in=majors.values("incident"), target__in=asked, type=Link.Type.PARENT
    ).values_list("target", flat=True)
    return frozenset({*own, *parts})


def alike(major: MajorIncident) -> QuerySet[WorkItem]:
    """Open incidents of the same time that may have the same cause: of the same thing, category or site."""
    incident = major.incident
    same = Q(pk__in=())
    if incident.concerns_id:
        same |= Q(concerns=incident.concerns_id)
    if incident.category_id:
        same |= Q(category=incident.category_id)
    if incident.site_id:
        same |= Q(site=incident.site_id)
    near = WorkItem.objects.filter(
        same,
        kind=Kind.INCIDENT,
        is_open=True,
        merged_into=None,
        opened_at__gte=incident.opened_at - SAME_TROUBLE,
    )
    parts = Link.objects.filter(type=Link.Type.PARENT, target=OuterRef("pk"))
    return near.exclude(pk=incident.pk).annotate(whole=Subquery(parts.values("pk")[:1])).filter(whole=None)


def late_majors(now: datetime) -> QuerySet[MajorIncident]:
    """Those whose update is due and was not given."""
    return MajorIncident.objects.filter(state=ACTIVE, next_update_at__lte=now).order_by("next_update_at")


def public_majors() -> list[PublicStatus]:
    """What everybody may read of major incidents that last, and of those over for less than a day."""
    now = timezone.now()
    over = Q(stood_down_at__gte=now - SHOWN_AFTER) & ~Q(state=MajorIncident.State.WITHDRAWN)
    told = MajorUpdate.objects.filter(
        major=OuterRef("pk"), kind__in=(MajorUpdate.Kind.DECLARED, MajorUpdate.Kind.STATUS)
    ).order_by("-pk")
    found = MajorIncident.objects.filter(Q(state=ACTIVE) | over).annotate(
        told_at=Subquery(told.values("at")[:1])
    )
    return [
        PublicStatus(
            row.number,
            row.subject,
            row.status_text,
            row.declared_at,
            row.told_at or row.declared_at,
            row.next_update_at,
            row.stood_down_at,
        )
        for row in found.order_by("-declared_at")
    ]


def major_of(item: int) -> MajorIncident | None:
    """The major incident that is declared on an item (its id), or that holds it; withdrawn ones are none."""
    parts = Link.objects.filter(target=item, type=Link.Type.PARENT).values("source")
    found = MajorIncident.objects.filter(Q(incident=item) | Q(incident__in=parts))
    return found.exclude(state=MajorIncident.State.WITHDRAWN).order_by("-pk").first()


def leaders(row: MajorIncident) -> frozenset[int | None]:
    """Who leads in a major incident."""
    return frozenset((row.manager_id, row.communications_id, row.technical_lead_id))


def lasting_or_led(person: int | None) -> list[MajorIncident]:
    """Those that last, and those that a person led and that aren't reviewed yet, the next update first."""
    mine = Q(manager=person) | Q(communications=person) | Q(technical_lead=person)
    led = mine & Q(state=MajorIncident.State.STOOD_DOWN) if person is not None else Q(pk__in=())
    found = MajorIncident.objects.filter(Q(state=ACTIVE) | led)
    return list(found.order_by("next_update_at", "pk"))

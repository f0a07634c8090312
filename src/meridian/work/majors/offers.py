"""What major incidents give to the demo organisation: a live one and a past one."""

import json
from datetime import timedelta
from importlib import resources
from typing import Any

from django.utils import timezone

from meridian.engine.audit import trail
from meridian.engine.numbering import next_number
from meridian.engine.policies import Actor
from meridian.work.majors.commands import SERIES, change_major, declare_major, hold_together, inform
from meridian.work.majors.models import ROLES, MajorIncident, MajorUpdate
from meridian.work.servicedesk.contracts import Kind
from meridian.work.servicedesk.facade import Category, Membership, Team, WorkItem

PACKAGE = __package__ or ""
HELD_TOGETHER = 6


def demo(actor: Actor) -> None:
    """A live and a past major incident of a hub, once."""
    team = Team.objects.filter(is_hub=True, is_active=True).order_by("pk").first()
    if team is None or MajorIncident.objects.exists():
        return
    members = Membership.objects.filter(team=team).select_related("person").order_by("pk")[: len(ROLES)]
    leads = dict(zip(ROLES, [member.person for member in members], strict=False))
    if len(leads) < len(ROLES):
        return
    said = json.loads((resources.files(PACKAGE) / "data" / "demo.json").read_text(encoding="utf-8"))
    _live(actor, leads, said["live"])
    _past(actor, leads, said["past"])


def _live(actor: Actor, leads: dict[str, Any], told: dict[str, Any]) -> None:
    """One that goes on, with incidents of other desks that hang on it."""
    mail = Category.objects.filter(code="mail").first()
    rows = WorkItem.objects.filter(kind=Kind.INCIDENT, category=mail, is_open=True, merged_into=None)
    found = list(rows.exclude(team=None).order_by("-opened_at", "-pk")[: HELD_TOGETHER + 1])
    if not found:
        return
    row = declare_major(actor=actor, incident=found[0], subject=told["subject"], **leads)
    for child in found[1:]:
        hold_together(actor=actor, row=row, incident=child)
    inform(actor=actor, row=row, text="The relay in Brindisi is full; mail is led through Valencia.")
    change_major(actor=actor, row=row, status_text=told["status_text"])


def _past(actor: Actor, leads: dict[str, Any], told: dict[str, Any]) -> None:
    """One of last week, as its lines tell it."""
    incident = (
        WorkItem.objects.filter(kind=Kind.INCIDENT, category__code="network", state="closed")
        .order_by("-pk")
        .first()
    )
    if incident is None:
        return
    declared_at = timezone.now() - timedelta(days=8)
    at = {kind: declared_at + timedelta(minutes=minutes) for minutes, kind, _text in told["lines"]}
    with trail.entry("majors.demo.load", actor):
        row = MajorIncident.objects.create(
            number=next_number(SERIES),
            incident=incident,
            subject=told["subject"],
            status_text=told["status_text"],
            state=MajorIncident.State.REVIEWED,
            declared_at=declared_at,
            stood_down_at=at["stood_down"],
            reviewed_at=at["reviewed"],
            review=told["lines"][-1][2],
            missed_count=1,
            **leads,
        )
        for minutes, kind, text in told["lines"]:
            person = None if kind == "missed" else leads["manager"]
            MajorUpdate.objects.create(
                major=row, at=declared_at + timedelta(minutes=minutes), kind=kind, text=text, person=person
            )

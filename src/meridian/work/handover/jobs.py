"""What hand-over does by itself."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from meridian.engine.commands import Refusal
from meridian.engine.policies import system_actor
from meridian.work.handover.commands.answers import note_alarm
from meridian.work.handover.commands.sheets import begin_sheet
from meridian.work.handover.contracts import ACCEPT_WITHIN
from meridian.work.handover.models import Sheet, SheetItem
from meridian.work.shifts.facade import Hub, hubs_at

HOUSE = system_actor("Hand-over")
BEGUN_BEFORE = timedelta(hours=1)

logger = logging.getLogger(__name__)


def watch(timestamp: int) -> None:
    """Every minute: begin the sheets of hubs that go home within the hour, and tell the lead of who does
    not accept what was offered a quarter of an hour ago."""
    begin_due_sheets()
    tell_leads()


def begin_due_sheets() -> None:
    """Begin a sheet for each hub whose last people go within the hour, unless one is open."""
    now = timezone.now()
    for each in hubs_at(now):
        if each.until is None or each.until > now + BEGUN_BEFORE or each.row.hands_over_to is None:
            continue
        if Sheet.objects.filter(from_hub=each.row.hub).exclude(state=Sheet.State.CLOSED).exists():
            continue
        # One that ended within the hour was of this same evening.
        recent = Sheet.objects.filter(from_hub=each.row.hub, due_at__gte=now - BEGUN_BEFORE)
        if recent.exists():
            continue
        try:
            with transaction.atomic():
                begin_sheet(actor=HOUSE, from_hub=Hub.objects.get(pk=each.row.hub))
        except Refusal as refusal:
            logger.warning("No sheet begun for %s: %s", each.row.name, refusal)


def tell_leads() -> None:
    """Let the incoming lead hear of each item that nobody has accepted in time."""
    late = SheetItem.objects.filter(
        state=SheetItem.State.OFFERED,
        told_at__isnull=True,
        offered_at__lte=timezone.now() - ACCEPT_WITHIN,
    )
    for row in late.order_by("pk"):
        note_alarm(actor=HOUSE, row=row)

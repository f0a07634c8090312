"""Items on hold go on by themselves once the time has come until which they were to wait."""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from meridian.engine.commands import Refusal
from meridian.engine.policies import Actor
from meridian.work.servicedesk.commands.working import resume
from meridian.work.servicedesk.models import WorkItem
from meridian.work.servicedesk.rules import ON_HOLD

BATCH_ITEMS = 200
Place = tuple[datetime, int]

logger = logging.getLogger(__name__)


def wake_items(*, actor: Actor, after: Place | None = None) -> tuple[int, Place | None]:
    """Resume a batch of the items whose hold is over, the longest awake first.

    Each is resumed in a transaction of its own, as a person would do it. Returns how many were,
    and the place from which the next batch goes on; None when there is no more.
    """
    due = WorkItem.objects.filter(state=ON_HOLD, hold_until__lte=timezone.now())
    if after is not None:
        until, key = after
        due = due.filter(hold_until__gte=until).exclude(hold_until=until, pk__lte=key)
    places: Any = list(due.order_by("hold_until", "pk").values_list("hold_until", "pk")[:BATCH_ITEMS])
    woken = sum(_wake(actor, key) for _until, key in places)
    return woken, places[-1] if len(places) == BATCH_ITEMS else None


def _wake(actor: Actor, key: int) -> bool:
    try:
        with transaction.atomic():
            # Whoever has the item in hand may be changing the time: what is skipped is seen next time.
            rows = WorkItem.objects.select_for_update(skip_locked=True, of=("self",))
            item = rows.filter(pk=key, state=ON_HOLD, hold_until__lte=timezone.now()).first()
            if item is None:
                return False
            resume(actor=actor, item=item)
    except Refusal as refusal:
        # One item that can't go on stops no other.
        logger.warning("Item %s stays on hold: %s", key, refusal)
        return False
    return True

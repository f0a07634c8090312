"""Items on hold go on by themselves once the time has come until which they were to wait."""

import logging
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.notices.commands import tell
from meridian.engine.policies import Actor
from meridian.work.servicedesk.commands.working import resume
from meridian.work.servicedesk.models import WorkItem
from meridian.work.servicedesk.rules import ON_HOLD

BATCH_ITEMS = 200
Place = tuple[datetime, int]

logger = logging.getLogger(__name__)


def wake_items(*, actor: Actor, after: Place | None = None) -> tuple[int, Place | None]:
    """Resume a batch of the items whose hold is over, the longest awake first, and tell who has them.

    Each is resumed in a transaction of its own, as a person would do it. Returns how many were,
    and the place from which the next batch goes on; None when there is no more.
    """
    due = WorkItem.objects.filter(state=ON_HOLD, hold_until__lte=timezone.now())
    if after is not None:
        until, key = after
        due = due.filter(hold_until__gte=until).exclude(hold_until=until, pk__lte=key)
    places = list(due.order_by("hold_until", "pk").values_list("hold_until", "pk")[:BATCH_ITEMS])
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
            _tell(actor, item)
    except Refusal as refusal:
        # One item that can't go on stops no other.
        logger.warning("Item %s stays on hold: %s", key, refusal)
        return False
    return True


def _tell(actor: Actor, item: WorkItem) -> None:
    accounts = get_user_model().objects.order_by("pk")
    if item.assignee_id:
        accounts = accounts.filter(person=item.assignee_id)
    else:
        accounts = accounts.filter(person__team_memberships__team=item.team_id)
    sentence = lazy(lambda: _("%(number)s waits no longer: go on with it.") % {"number": item.number}, str)
    # A whole team is told in the house only.
    tell(
        actor=actor,
        account_ids=accounts.values_list("pk", flat=True),
        text=sentence(),
        url=f"/desk/{item.number}/",
        by_mail=item.assignee_id is not None,
    )

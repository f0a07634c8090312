"""What the desk does to many items at once."""

from collections.abc import Iterable
from typing import Any

from meridian.engine.policies import Actor
from meridian.work.items.contracts.happenings import BulkResult, BulkVerbs
from meridian.work.items.facade import carry_out_on_each
from meridian.work.servicedesk.commands.ending import close
from meridian.work.servicedesk.commands.working import assign, hold, resolve, take
from meridian.work.servicedesk.models import WorkItem

BULK_VERBS: BulkVerbs = {
    "assign": assign,
    "take": take,
    "hold": hold,
    "resolve": resolve,
    "close": close,
}


def carry_out_many(
    *, actor: Actor, items: Iterable[WorkItem], verb: str, **arguments: Any
) -> list[BulkResult]:
    """Carry the verb out on each item, each by itself: one that is refused stops no other."""
    return carry_out_on_each(BULK_VERBS[verb], actor=actor, items=items, **arguments)

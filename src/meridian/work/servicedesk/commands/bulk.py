"""The same verb on many items, each by itself: one that is refused stops no other."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from meridian.engine.commands import Refusal
from meridian.engine.policies import Actor
from meridian.work.servicedesk.commands.ending import close
from meridian.work.servicedesk.commands.working import assign, hold, resolve, take
from meridian.work.servicedesk.models import WorkItem

BULK_VERBS: Mapping[str, Callable[..., WorkItem]] = {
    "assign": assign,
    "take": take,
    "hold": hold,
    "resolve": resolve,
    "close": close,
}


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of one item; `refusal` is empty when it was done."""

    number: str
    refusal: str


def carry_out_many(
    *, actor: Actor, items: Iterable[WorkItem], verb: str, **arguments: Any
) -> list[BulkResult]:
    """Carry the verb out on each item, with the same arguments, in the order given."""
    results = []
    for item in items:
        try:
            BULK_VERBS[verb](actor=actor, item=item, **arguments)
        except Refusal as refusal:
            results.append(BulkResult(item.number, str(refusal)))
        else:
            results.append(BulkResult(item.number, ""))
    return results

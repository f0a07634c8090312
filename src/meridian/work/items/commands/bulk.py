"""The same verb on many items, each by itself: one that is refused stops no other."""

from collections.abc import Callable, Iterable
from typing import Any

from meridian.engine.commands import Refusal
from meridian.engine.policies import Actor
from meridian.work.items.contracts.happenings import BulkResult
from meridian.work.items.models import Item


def carry_out_on_each(
    verb: Callable[..., Any], *, actor: Actor, items: Iterable[Item], **arguments: Any
) -> list[BulkResult]:
    """Carry a command out on each item, with the same arguments, in the order given."""
    results = []
    for item in items:
        try:
            verb(actor=actor, item=item, **arguments)
        except Refusal as refusal:
            results.append(BulkResult(item.number, str(refusal)))
        else:
            results.append(BulkResult(item.number, ""))
    return results

"""What service levels give to mechanisms of the house."""

from collections.abc import Callable, Sequence
from datetime import datetime

from meridian.kernel.local_time import instant
from meridian.work.items.contracts.folding import Happening
from meridian.work.service_levels.queries.book import book_knowing
from meridian.work.service_levels.rules.folding import promised

Promiser = Callable[[Sequence[Happening]], datetime | None]


def promise(teams_and_sites: Sequence[tuple[int | None, int | None]]) -> Promiser:
    """By when the desk promises an item, from its events until the last; it asks the database nothing."""
    rules = book_knowing(teams_and_sites).rules

    def due(events: Sequence[Happening]) -> datetime | None:
        now = max(int(event.at.timestamp()) for event in events)
        second = promised(rules, ((event.type, event.at, event.data) for event in events), now)
        return None if second is None else instant(second)

    return due

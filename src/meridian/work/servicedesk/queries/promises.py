"""By when the desk promises an item: asked of the module that offers promises, by the events of the item."""

from collections.abc import Callable, Sequence
from datetime import datetime

from meridian.engine.modules.registry import offers_to
from meridian.work.items.contracts.folding import Happening

Promiser = Callable[[Sequence[Happening]], datetime]


def promiser(*teams_and_sites: tuple[int | None, int | None]) -> Promiser:
    """A function from events, the last of which may not be written yet, to the instant that they promise.

    It asks the database nothing. An item for which nothing is promised is due as it is opened.
    """
    given = [offer.function(teams_and_sites) for offer in offers_to("promise")]

    def due(events: Sequence[Happening]) -> datetime:
        promised = (promise(events) for promise in given)
        return next((at for at in promised if at is not None), events[0].at)

    return due

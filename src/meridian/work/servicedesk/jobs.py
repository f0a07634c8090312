"""What the service desk does by itself."""

from meridian.engine.policies import system_actor
from meridian.work.servicedesk.commands import wake_items


def wake(timestamp: int) -> None:
    """Every minute let the items go on whose hold is over, also those of minutes without a worker."""
    place = None
    while (place := wake_items(actor=system_actor("Service desk"), after=place)[1]) is not None:
        pass

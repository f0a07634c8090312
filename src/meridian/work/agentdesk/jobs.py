"""What the agents' desk does by itself."""

from meridian.work.items.facade import forget_presences
from meridian.work.servicedesk.facade import WorkItem


def forget_looks(timestamp: int) -> None:
    """Once a day forget who looked at what so long ago that nobody asks what is new since then."""
    forget_presences(WorkItem)

"""Telling who follows a service, some hundreds at a time: what is killed goes on, and each is told once."""

from meridian.engine.modules.work import queue_job
from meridian.work.service_status.reactions import tell_next


def spread(occasion: str, after: int) -> None:
    """Tell the next, and come back for those after them."""
    last = tell_next(occasion, after)
    if last is not None:
        queue_job("service_status.spread", occasion=occasion, after=last)

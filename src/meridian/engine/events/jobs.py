"""Reactions run apart from the command whose event they hear."""

import logging
from typing import Any

from meridian.engine.events import REACT, adapter, kind_of
from meridian.engine.modules.registry import events_heard
from meridian.engine.modules.work import queue_job

logger = logging.getLogger(__name__)


def react(reaction: str, kind: str, event: dict[str, Any]) -> None:
    """Run one reaction to an event of this kind; a fault is retried by the job queue and then set aside."""
    for given in events_heard()[kind]:
        if given.name == reaction:
            given.function(adapter(kind_of(kind)).validate_python(event))
            return
    raise LookupError(f"No reaction to {kind} is called {reaction}.")


def react_to_all(reaction: str, kind: str, events: list[dict[str, Any]]) -> None:
    """Run one reaction to many events; one that fails is queued alone, and keeps none of the others."""
    for event in events:
        try:
            react(reaction, kind, event)
        except Exception:
            logger.exception("Reaction %s to one %s of many failed: it is tried again alone.", reaction, kind)
            queue_job(REACT, reaction=reaction, kind=kind, event=event)

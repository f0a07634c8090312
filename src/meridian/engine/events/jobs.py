"""Reactions run apart from the command whose event they hear."""

from typing import Any

from meridian.engine.events import adapter, kind_of
from meridian.engine.modules.registry import events_heard


def react(reaction: str, kind: str, event: dict[str, Any]) -> None:
    """Run one reaction to an event of this kind; a fault is retried by the job queue and then set aside."""
    for given in events_heard()[kind]:
        if given.name == reaction:
            given.function(adapter(kind_of(kind)).validate_python(event))
            return
    raise LookupError(f"No reaction to {kind} is called {reaction}.")

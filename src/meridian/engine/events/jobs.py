"""Reactions run apart from the command whose event they hear."""

from typing import Any

from meridian.engine.events import adapter, kind_of
from meridian.engine.modules.registry import events_heard


def react(reaction: str, event: dict[str, Any]) -> None:
    """Run one reaction; a fault is retried by the job queue and then set aside."""
    for name, heard in events_heard().items():
        for given in heard:
            if given.name == reaction:
                given.function(adapter(kind_of(name)).validate_python(event))
                return
    raise LookupError(f"No reaction is called {reaction}.")

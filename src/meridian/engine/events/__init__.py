"""Events tell higher floors what has happened; reactions run as jobs after the commit."""

import functools
from collections.abc import Callable
from typing import Any

from procrastinate.contrib.django import app
from pydantic import TypeAdapter

_reactions: dict[type, list[Callable[[Any], None]]] = {}


def reacts_to(event: type) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Register a function of a module's `reactions.py` for an event of a lower module.

    The function gets the event once or, after a crash, again: it must bear repetition.
    """

    def register(reaction: Callable[[Any], None]) -> Callable[[Any], None]:
        _reactions.setdefault(event, []).append(reaction)
        return reaction

    return register


def publish(event: Any) -> None:
    """Queue the reactions to `event`, a frozen dataclass of plain values.

    The jobs are rows of the same transaction: no event of a refused command is ever seen,
    and none of a kept one is lost.
    """
    for reaction in _reactions.get(type(event), ()):
        run_reaction.defer(
            reaction=_name(reaction), event=_adapter(type(event)).dump_python(event, mode="json")
        )


@app.task(name="engine.events.react", queue="reactions")
def run_reaction(reaction: str, event: dict[str, Any]) -> None:
    """Run one reaction; a fault is retried by the job queue and then set aside."""
    for kind, reactions in _reactions.items():
        for candidate in reactions:
            if _name(candidate) == reaction:
                candidate(_adapter(kind).validate_python(event))
                return
    raise LookupError(f"No reaction is called {reaction}.")


def catalogue() -> list[tuple[str, list[str]]]:
    """Every event with its reactions, for the documentation and its snapshot."""
    return sorted(
        (f"{event.__module__}.{event.__qualname__}", sorted(map(_name, found)))
        for event, found in _reactions.items()
    )


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


@functools.cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    """Events travel as JSON: instants, days, amounts and keys come back as what they were."""
    return TypeAdapter(kind)

"""Events tell higher floors what has happened; reactions run as jobs after the commit."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from procrastinate.contrib.django import app
from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Reaction:
    """A function that hears of an event, and when it does."""

    function: Callable[[Any], None]
    when: Callable[[Any], bool]

    @property
    def name(self) -> str:
        return f"{self.function.__module__}.{self.function.__qualname__}"


_reactions: dict[type, list[Reaction]] = {}


def reacts_to(
    event: type, *, when: Callable[[Any], bool] = lambda _event: True
) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Register a function of a module's `reactions.py` for an event of its own or a lower module.

    The function gets the event once or, after a crash, again: it must bear repetition. `when`
    is asked of the event as it is published and touches no row: of others no job is made.
    """

    def register(reaction: Callable[[Any], None]) -> Callable[[Any], None]:
        _reactions.setdefault(event, []).append(Reaction(reaction, when))
        return reaction

    return register


def publish(event: Any) -> None:
    """Queue the reactions to `event`, a frozen dataclass of plain values.

    The jobs are rows of the same transaction: no event of a refused command is ever seen,
    and none of a kept one is lost.
    """
    for reaction in _reactions.get(type(event), ()):
        if reaction.when(event):
            kind: Any = type(event)
            run_reaction.defer(reaction=reaction.name, event=_adapter(kind).dump_python(event, mode="json"))


@app.task(name="engine.events.react", queue="reactions")
def run_reaction(reaction: str, event: dict[str, Any]) -> None:
    """Run one reaction; a fault is retried by the job queue and then set aside."""
    for kind, reactions in _reactions.items():
        for candidate in reactions:
            if candidate.name == reaction:
                candidate.function(_adapter(kind).validate_python(event))
                return
    raise LookupError(f"No reaction is called {reaction}.")


def catalogue() -> list[tuple[str, list[str]]]:
    """Every event with its reactions, for the documentation and its snapshot."""
    return sorted(
        (f"{event.__module__}.{event.__qualname__}", sorted(reaction.name for reaction in found))
        for event, found in _reactions.items()
    )


@functools.cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    """Events travel as JSON: instants, days, amounts and keys come back as what they were."""
    return TypeAdapter(kind)

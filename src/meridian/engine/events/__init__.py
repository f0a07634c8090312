"""Events tell higher floors what has happened; reactions run as jobs after the commit.

Manifests name the reactions: `Reaction("servicedesk.ItemOpened", "reactions.tell_of_opening")`.
"""

import functools
from typing import Any

from pydantic import TypeAdapter

from meridian.engine.modules.registry import events_heard, found_in, package_of, reactions_to
from meridian.engine.modules.work import queue_jobs

REACT, REACT_TO_ALL = "events.react", "events.react_to_all"
MANY_EVENTS = 100


def publish(*events: Any) -> None:
    """Queue the reactions to `events`, frozen dataclasses of plain values.

    The jobs are rows of the same transaction: no event of a refused command is ever seen,
    and none of a kept one is lost. However many hear of them, the jobs cost one statement. What happens
    to many things at once is heard in batches, behind what happens to one.
    """
    heard: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for event in events:
        kind: Any = type(event)
        name = name_of(kind)
        if hearing := _hearing(name, event):
            told = adapter(kind).dump_python(event, mode="json")
            for reaction in hearing:
                heard.setdefault((name, reaction), []).append(told)
    if len(events) < MANY_EVENTS:
        queue_jobs(REACT, *(_job(key, event=each) for key, told in heard.items() for each in told))
        return
    batches = (
        _job(key, events=told[start : start + MANY_EVENTS])
        for key, told in heard.items()
        for start in range(0, len(told), MANY_EVENTS)
    )
    queue_jobs(REACT_TO_ALL, *batches, behind_others=True)


def _hearing(name: str, event: Any) -> list[str]:
    """The reactions that hear of an event."""
    return [
        given.name
        for given in reactions_to(name)
        if not given.declared.when or found_in(given.package, given.declared.when)(event)
    ]


def _job(key: tuple[str, str], **told: Any) -> dict[str, Any]:
    kind, reaction = key
    return {"reaction": reaction, "kind": kind, **told}


def name_of(kind: type) -> str:
    """The name of an event in manifests: its module and its class."""
    package = kind.__module__.rpartition(".events")[0]
    return f"{package.rpartition('.')[2]}.{kind.__qualname__}"


def kind_of(name: str) -> type:
    """The class of an event by its name."""
    module, _dot, kind = name.partition(".")
    found: type = found_in(package_of(module), f"events.{kind}")
    return found


def catalogue() -> list[tuple[str, list[str]]]:
    """Every event with its reactions, for the documentation and its snapshot."""
    return sorted((name, sorted(given.name for given in heard)) for name, heard in events_heard().items())


@functools.cache
def adapter(kind: type) -> TypeAdapter[Any]:
    """Events travel as JSON: instants, days, amounts and keys come back as what they were."""
    return TypeAdapter(kind)

"""Events tell higher floors what has happened; reactions run as jobs after the commit.

Manifests name the reactions: `Reaction("servicedesk.ItemOpened", "reactions.tell_of_opening")`.
"""

import functools
from typing import Any

from pydantic import TypeAdapter

from meridian.engine.modules.registry import events_heard, found_in, package_of, reactions_to
from meridian.engine.modules.work import queue_jobs

REACT = "events.react"


def publish(event: Any) -> None:
    """Queue the reactions to `event`, a frozen dataclass of plain values.

    The jobs are rows of the same transaction: no event of a refused command is ever seen,
    and none of a kept one is lost. However many hear of it, the jobs cost one statement.
    """
    kind: Any = type(event)
    name = name_of(kind)
    hearing = [
        given.name
        for given in reactions_to(name)
        if not given.declared.when or found_in(given.package, given.declared.when)(event)
    ]
    if hearing:
        told = adapter(kind).dump_python(event, mode="json")
        queue_jobs(REACT, *({"reaction": reaction, "kind": name, "event": told} for reaction in hearing))


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

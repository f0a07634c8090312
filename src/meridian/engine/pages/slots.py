"""Places on a page that higher modules fill, so that nothing is imported upwards."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import models

from meridian.engine.policies import Actor


@dataclass(frozen=True, slots=True)
class Tile:
    """A number on a row's page: what it counts, and the address of the rows behind it."""

    number: str
    label: str
    url: str


Filler = Callable[[Actor, models.Model], list[Tile]]
_fillers: dict[type[models.Model], list[Filler]] = {}


def fills(model: type[models.Model]) -> Callable[[Filler], Filler]:
    """Offer tiles for the page of a lower module's row."""

    def register(filler: Filler) -> Filler:
        _fillers.setdefault(model, []).append(filler)
        return filler

    return register


def tiles_for(actor: Actor, row: models.Model) -> Iterator[Tile]:
    """Every tile that is offered for this row to this actor."""
    for filler in _fillers.get(type(row), ()):
        yield from filler(actor, row)

"""The tables that the house can print, and the loaders that bring a data set into its rows.

A module's manifest offers both; functions that only do this stand in its `offers.py`:

    offers=(
        Offer("table", "offers.posts_approved", name="posts-approved", title=_("Approved posts")),
        Offer("loader", "offers.load_posts", place=20),
    )

    def posts_approved(dataset: Dataset) -> Table: ...
    def load_posts(directory: Path, dataset: Dataset, actor: Actor) -> dict[str, int]: ...

A loader reads the files it knows in `directory` (those that are absent it leaves alone),
writes rows marked with `dataset.key` by a command, and tells how many rows of what went in
(`{"posts": 74}`). All loaders of one import run in one transaction. A printer reads only
rows marked with `dataset.key`, never a file; where there are none it raises `NotLoaded`.
A file with a fault raises `BadCell`, which names the place; nothing is loaded then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise

from meridian.engine.modules import Offer
from meridian.engine.modules.registry import Given, found_in, offers_to
from meridian.engine.policies import Actor
from meridian.engine.tables.table import Table


@dataclass(frozen=True, slots=True)
class Dataset:
    """A folder as it was loaded: `key` (40 characters at most) follows from its content.

    `name` is that of the folder. Two folders that differ in one figure have two keys.
    """

    key: str
    name: str


class NotLoaded(LookupError):
    """The data set has no rows for this table; the sentence says what is missing."""


Printer = Callable[[Dataset], Table]
Loader = Callable[[Path, Dataset, Actor], dict[str, int]]


@dataclass(frozen=True, slots=True)
class Printed:
    """A table that can be asked for by its name.

    `proof` gets the name, the data set, and the keys of a row and a column, and tells what stands
    behind that cell: an `engine.proof.value.Behind`.
    """

    name: str
    title: str | Promise
    table: Printer
    proof: Callable[[str, Dataset, str, str], Any] | None = None


def printed_tables() -> dict[str, Printed]:
    """Every table by its name, in the order of names."""
    offered = {given.declared.name: given for given in offers_to("table")}
    return {
        name: Printed(name, given.declared.title, given.function, _proof(given))
        for name, given in sorted(offered.items())
    }


def _proof(given: Given[Offer]) -> Callable[..., Any] | None:
    return found_in(given.package, given.declared.proof) if given.declared.proof else None


def loaders() -> list[tuple[str, Loader]]:
    """Every loader by its name, in the order in which they run (the ledger is 10)."""
    return [(given.name, given.function) for given in offers_to("loader")]

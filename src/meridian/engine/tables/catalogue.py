"""The tables that the house can print, and the loaders that bring a data set into its rows.

A module offers both from its `reactions.py`, which the site imports at start:

    @prints("posts-approved", title=_("Approved posts by unit and grade"))
    def posts_approved(dataset: Dataset) -> Table: ...

    @loads_baseline(order=20)
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

from django.utils.functional import Promise

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
    """A table that can be asked for by its name."""

    name: str
    title: str | Promise
    table: Printer


_printed: dict[str, Printed] = {}
_loaders: list[tuple[int, str, Loader]] = []


def prints(name: str, *, title: str | Promise) -> Callable[[Printer], Printer]:
    """Offer the function as the table `name`; a second table of that name is a fault of the house."""

    def keep(printer: Printer) -> Printer:
        if name in _printed:
            raise RuntimeError(f"Two tables are called {name}.")
        _printed[name] = Printed(name, title, printer)
        return printer

    return keep


def loads_baseline(*, order: int) -> Callable[[Loader], Loader]:
    """Offer the function as a loader; loaders run by `order` (the ledger is 10), then by name."""

    def keep(loader: Loader) -> Loader:
        _loaders.append((order, f"{loader.__module__}.{loader.__name__}", loader))
        return loader

    return keep


def printed_tables() -> dict[str, Printed]:
    """Every table by its name, in the order of names."""
    return dict(sorted(_printed.items()))


def loaders() -> list[Loader]:
    """Every loader in the order in which they run."""
    return [loader for _order, _name, loader in sorted(_loaders, key=lambda found: found[:2])]

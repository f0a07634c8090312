"""What crosses the boundary of discovery: a report as it was read, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CREATED, CHANGED, UNCHANGED = "created", "changed", "unchanged"
UNDECIDED, QUARANTINED = "undecided", "quarantined"


@dataclass(frozen=True, slots=True)
class Report:
    """One thing as one source tells of it.

    `native` is the name by which the source knows the thing, `face` the best number that the report itself
    bears: two machines with one name (a copied disk) have two faces. `at` are the seconds since 1970 at
    which it was seen, None where the report doesn't say. `claims` are single values by attribute, `lists`
    the rows of what the thing consists of; of each list a claim of its name says how many rows and which.
    A `partial` report speaks of what it holds and of nothing else.
    """

    native: str
    face: str
    family: str
    claims: Mapping[str, Any]
    lists: Mapping[str, list[Any]]
    digest: str
    at: int | None = None
    partial: bool = False


@dataclass(slots=True)
class Taken:
    """What became of a batch: of each report one word, and the items that they tell of."""

    outcomes: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    items: set[int] = field(default_factory=set)

    def count(self, outcome: str) -> int:
        return sum(found == outcome for found in self.outcomes.values())

"""What happens to items, as it is handed over and written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

# What can happen to items of every kind; a module adds its own.
OPENED, CHANGED, REPLIED, NOTED, REOPENED = "opened", "changed", "replied", "noted", "reopened"
MERGED, UNMERGED, SPLIT, LINKED, UNLINKED = "merged", "unmerged", "split", "linked", "unlinked"
EVERY_ITEM = (OPENED, CHANGED, REPLIED, NOTED, REOPENED, MERGED, UNMERGED, SPLIT, LINKED, UNLINKED)

NO_CHANGES: Mapping[str, Any] = {}


class Words(NamedTuple):
    """What is said with an event."""

    text: str
    visibility: str = "public"
    language: str = "en"


class Happened(NamedTuple):
    """An event about to be written: `changes` maps folded columns to their new values, which may
    be rows; `facts` go along in the data as they are."""

    type: str
    at: datetime
    person: int | None
    changes: Mapping[str, Any] = NO_CHANGES
    facts: Mapping[str, Any] = NO_CHANGES
    words: Words | None = None


class MessageRow(NamedTuple):
    """Words said in a loaded event; `visibility` is public or internal."""

    text: str
    visibility: str = "public"
    language: str = "en"


class EventRow(NamedTuple):
    """One event of a loaded history, in the order in which it happened.

    `at` is when it happened (with a zone), `type` one of the kinds of event that the items have,
    `actor` the id of a person. `data` holds `[before, after]` for each folded column that
    changed: rows by id, instants in ISO 8601 with a zone. A change of state sets or clears the
    instants that follow from it unless `data` names them. Any other key is a fact that the fold
    leaves alone and reports may read (`{"made_sla": false}`).
    """

    at: datetime
    type: str
    data: Mapping[str, Any]
    actor: int | None = None
    message: MessageRow | None = None


class History(Protocol):
    """An item with everything that happened to it; its first event is `opened`."""

    @property
    def events(self) -> Sequence[EventRow]: ...

    @property
    def number(self) -> str | None: ...

    @property
    def aliases(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class LoadCount:
    """How many rows a load wrote."""

    items: int
    events: int
    messages: int
    numbers: int

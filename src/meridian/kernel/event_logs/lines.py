"""Lines of an event log as they stand, as they are understood, and as they are put aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Said(NamedTuple):
    """A line of any desk's log as its words stand, before they are understood.

    `line` counts from 1 in the file. An attribute that the mapping doesn't name, or the line doesn't
    hold, is None. `fault` says why nothing but `words` could be read of it. `mark` is a checksum of all
    that the line says itself, by which it is known again in another file.
    """

    line: int
    number: str | None = None
    at: str | None = None
    state: str | None = None
    group: str | None = None
    owner: str | None = None
    service_line: str | None = None
    country: str | None = None
    product: str | None = None
    impact: str | None = None
    subject: str | None = None
    requester: str | None = None
    words: str | Sequence[str] | Mapping[str, str] = ""
    fault: str = ""
    mark: int = 0


class Step(NamedTuple):
    """A line that was understood: the case it belongs to, when, in what state, and what it says beside.

    `at` is in microseconds since 1970 (UTC), so that a step can be put aside as plain values; `state` is
    one of the house's seven, `source_state` the log's own words.
    """

    number: str
    at: int
    line: int
    state: str
    source_state: str
    group: str | None
    owner: str | None
    service_line: str | None
    country: str | None
    product: str | None
    impact: str | None
    subject: str | None
    requester: str | None
    mark: int


class Aside(NamedTuple):
    """A line that was put aside: where it stood, of which case it speaks, why, and its own words."""

    line: int
    number: str
    reason: str
    words: str


@dataclass(slots=True)
class Totals:
    """The control total of an import: `read` is always the sum of `loaded` and `quarantined` lines."""

    read: int = 0
    loaded: int = 0
    quarantined: int = 0
    cases: int = 0

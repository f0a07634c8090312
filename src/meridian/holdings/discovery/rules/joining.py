"""What is kept of a source's reports on one thing: the same for every order in which they come.

A full report replaces all that was told before its instant, a partial one only what it speaks of. Each value
goes to the report of the highest rank: later first, a partial report after a full one of the same instant,
then by content. Joining is associative, commutative and idempotent, so a report that comes twice, late or
among others leaves the same behind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from meridian.holdings.discovery.contracts import Report

Rank = tuple[int, bool, str]
NEVER: Rank = (-1, False, "")


@dataclass(slots=True)
class Kept:
    """`claims` are those of the last full report, of rank `full`; `later` those of partial reports after it,
    each with its rank; `lists` the rows of whichever holds."""

    full: Rank = NEVER
    claims: dict[str, Any] = field(default_factory=dict)
    later: dict[str, tuple[Rank, Any]] = field(default_factory=dict)
    lists: dict[str, list[Any]] = field(default_factory=dict)

    def values(self) -> dict[str, tuple[Any, int, str]]:
        """What holds: by attribute the value, the instant, and the digest of the report that told it."""
        at, _partial, digest = self.full
        found = {name: (value, at, digest) for name, value in self.claims.items()}
        return found | {name: (value, rank[0], rank[2]) for name, (rank, value) in self.later.items()}


def joined(kept: Kept, report: Report, at: int) -> Kept:
    """What is kept once this report is there too."""
    rank: Rank = (at, report.partial, report.digest)
    if rank < kept.full or rank == kept.full:
        return kept
    if report.partial:
        return _with_partial(kept, report, rank)
    later = {name: found for name, found in kept.later.items() if found[0] > rank}
    lists = dict(report.lists)
    for name in later:
        lists.pop(name, None)
        if name in kept.lists:
            lists[name] = kept.lists[name]
    return Kept(rank, dict(report.claims), later, lists)


def _with_partial(kept: Kept, report: Report, rank: Rank) -> Kept:
    newer = {
        name: (rank, value)
        for name, value in report.claims.items()
        if name not in kept.later or kept.later[name][0] < rank
    }
    if not newer:
        return kept
    lists = kept.lists | {name: report.lists[name] for name in newer if name in report.lists}
    return Kept(kept.full, kept.claims, kept.later | newer, lists)


def stored(later: Mapping[str, Any]) -> dict[str, tuple[Rank, Any]]:
    """Later claims as they come out of the database."""
    return {name: ((rank[0], bool(rank[1]), rank[2]), value) for name, (rank, value) in later.items()}

"""What is promised: policies with their dated versions, and which of them holds for an item.

The most specific wins: one for a team before one for a service at a site, before a service (a narrower
one before a wider), a site, a kind of item, and the general one. No two stand at the same place.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from meridian.kernel.local_time import instant
from meridian.work.service_levels.rules.hours import Hours
from meridian.work.service_levels.rules.life import Standing


@dataclass(frozen=True, slots=True)
class Terms:
    """A version of a policy: target seconds by priority (None promises nothing), the hours in which they
    count, the hold reasons during which the clock runs on, and the per cent at which it speaks."""

    version: int
    effective_on: date
    hours: Hours
    targets: tuple[int | None, ...]
    runs_on: frozenset[int]
    thresholds: tuple[int, ...]

    def target(self, priority: int) -> int | None:
        return self.targets[min(max(priority, 1), len(self.targets)) - 1]


class Scope(NamedTuple):
    """For what a policy is meant; None and "" are for everything."""

    item_kind: str = ""
    category: int | None = None
    site: int | None = None
    team: int | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A policy with its versions, in the order of their days."""

    policy: int
    kind: str
    measure: str
    scope: Scope
    versions: Sequence[Terms]

    def terms_on(self, day: date) -> Terms | None:
        """The version in force on a day; the first one for days before it, for a promise has no gap."""
        if not self.versions:
            return None
        place = bisect_right([version.effective_on for version in self.versions], day) - 1
        return self.versions[max(place, 0)]


def specificity(
    scope: Scope, standing: Standing, wholes: Mapping[int, Sequence[int]]
) -> tuple[int, ...] | None:
    """How closely a policy is meant for what stands so, greater is closer; None when it is not.

    `wholes` are the categories that a category is part of, itself first.
    """
    depth = 0
    if scope.category is not None:
        above = wholes.get(standing.category or 0, ())
        if scope.category not in above:
            return None
        depth = len(wholes.get(scope.category, ()))
    asked = (
        (scope.item_kind or None, standing.kind),
        (scope.site, standing.site),
        (scope.team, standing.team),
    )
    if any(wanted is not None and wanted != has for wanted, has in asked):
        return None
    return (scope.team is not None, depth, scope.site is not None, bool(scope.item_kind))


def choose(
    promises: Sequence[Promise], standing: Standing, wholes: Mapping[int, Sequence[int]], start: int
) -> tuple[Promise, Terms, int] | None:
    """The promise that holds, its version when the clock began, and its target; None when there is none."""
    best: tuple[tuple[int, ...], Promise] | None = None
    for promise in promises:
        closeness = specificity(promise.scope, standing, wholes)
        if closeness is not None and (best is None or closeness > best[0]):
            best = closeness, promise
    if best is None:
        return None
    terms = best[1].terms_on(instant(start).date())
    target = terms.target(standing.priority) if terms else None
    return (best[1], terms, target) if terms and target is not None else None

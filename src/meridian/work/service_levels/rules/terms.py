"""What is promised: policies with their dated versions, and which of them holds for an item.

The most specific wins: one for a team before one for a service at a site, before a service (a narrower
one before a wider), a site, a kind of item, and the general one. No two stand at the same place. A policy
without a version promises nothing yet, and leaves what others promise as it is.
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


# Why a policy isn't the one that holds: it is meant for another team, category, site or kind of item, says
# nothing yet, or is meant for more than the one that holds.
OTHERS = ("team", "category", "site", "item_kind")
SILENT, WIDER, HOLDS = "silent", "wider", "holds"


def misfit(scope: Scope, standing: Standing, wholes: Mapping[int, Sequence[int]]) -> str:
    """In what of `OTHERS` a policy is meant for something else than what stands so; empty when in nothing.

    `wholes` are the categories that a category is part of, itself first.
    """
    if scope.team not in (None, standing.team):
        return "team"
    if scope.category is not None and scope.category not in wholes.get(standing.category or 0, ()):
        return "category"
    if scope.site not in (None, standing.site):
        return "site"
    return "" if scope.item_kind in ("", standing.kind) else "item_kind"


def closeness(scope: Scope, wholes: Mapping[int, Sequence[int]]) -> tuple[int, ...]:
    """How closely a policy is meant; greater is closer."""
    depth = len(wholes.get(scope.category, ())) if scope.category is not None else 0
    return (scope.team is not None, depth, scope.site is not None, bool(scope.item_kind))


def choose(
    promises: Sequence[Promise], standing: Standing, wholes: Mapping[int, Sequence[int]], start: int
) -> tuple[Promise, Terms, int] | None:
    """The promise that holds, its version when the clock began, and its target; None when there is none."""
    fitting = (one for one in promises if one.versions and not misfit(one.scope, standing, wholes))
    best = max(fitting, key=lambda one: closeness(one.scope, wholes), default=None)
    if best is None:
        return None
    terms = best.terms_on(instant(start).date())
    target = terms.target(standing.priority) if terms else None
    return (best, terms, target) if terms and target is not None else None


def weighed(
    promises: Sequence[Promise], holding: Promise, standing: Standing, wholes: Mapping[int, Sequence[int]]
) -> list[tuple[Promise, str]]:
    """Each promise with why it holds or not: those that are meant for it first, the closest before others."""

    def why(promise: Promise) -> str:
        if promise.policy == holding.policy:
            return HOLDS
        return misfit(promise.scope, standing, wholes) or (WIDER if promise.versions else SILENT)

    found = [(promise, why(promise)) for promise in promises]
    found.sort(key=lambda one: closeness(one[0].scope, wholes), reverse=True)
    return sorted(found, key=lambda one: one[1] in OTHERS)

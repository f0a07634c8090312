"""Which of several values holds: a lock first, then by precedence, age and content, a total order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

SECONDS_OF_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Claim:
    """A value of an attribute, who told it, and when. The source of the least precedence is heard first."""

    attribute: str
    value: Any
    source: str
    precedence: int
    at: int
    digest: str
    most_days: int | None = None
    sighting: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """The value that holds, and those that don't, the best of them first."""

    held: Claim
    refused: tuple[Claim, ...]


def choose(claims: Iterable[Claim]) -> dict[str, Choice]:
    """The choice of each attribute.

    A claim is old when a source that is heard later told of the thing more than `most_days` after it: age
    is counted from the last word about the thing, not from today, so that silence changes nothing.
    """
    found: dict[str, list[Claim]] = defaultdict(list)
    latest = 0
    for claim in claims:
        found[claim.attribute].append(claim)
        latest = max(latest, claim.at)
    chosen: dict[str, Choice] = {}
    for attribute, told in found.items():
        first, *rest = sorted(told, key=lambda claim: _order(claim, latest))
        chosen[attribute] = Choice(first, tuple(rest))
    return chosen


def _order(claim: Claim, latest: int) -> tuple[Any, ...]:
    is_old = claim.most_days is not None and latest - claim.at > claim.most_days * SECONDS_OF_DAY
    content = orjson.dumps(claim.value, option=orjson.OPT_SORT_KEYS)
    return (is_old, claim.precedence, -claim.at, claim.source, claim.digest, content, claim.sighting)


def values_of(chosen: Mapping[str, Choice]) -> dict[str, Any]:
    """The values that hold, by attribute."""
    return {attribute: choice.held.value for attribute, choice in sorted(chosen.items())}

"""What all sources claim of things, ready to be chosen from."""

from collections.abc import Iterable
from dataclasses import dataclass

from meridian.holdings.discovery.models import BlockedKey, Sighting, Tie
from meridian.holdings.discovery.rules.choosing import Claim
from meridian.holdings.discovery.rules.identifying import Sighted
from meridian.holdings.discovery.rules.joining import NEVER, Kept, stored

MOST_ROUNDS = 50
AGENT = "agent:"


@dataclass(frozen=True, slots=True)
class Known:
    """A sighting with what it says, without its lists."""

    id: int
    name: str
    item: int | None
    sighted: Sighted
    source: str
    precedence: int
    most_days: int | None
    kept: Kept

    def claims(self) -> list[Claim]:
        """Each value that holds of what its source told."""
        return [
            Claim(attribute, value, self.source, self.precedence, at, digest, self.most_days, self.name)
            for attribute, (value, at, digest) in self.kept.values().items()
        ]


def known_of(rows: Iterable[Sighting]) -> list[Known]:
    """Sightings as values; each needs its source along."""
    return [_known(row) for row in rows]


def _known(row: Sighting) -> Known:
    source = row.source
    name = f"{source.code}/{row.native}/{row.face}"
    # The name by which one source knows a thing means nothing to another.
    strong = frozenset(
        f"{AGENT}{source.code}/{key.removeprefix(AGENT)}" if key.startswith(AGENT) else key
        for key in row.strong
    )
    full = (row.full_at, False, row.full_digest) if row.full_at >= 0 else NEVER
    return Known(
        row.pk,
        name,
        row.item_id,
        Sighted(name, row.family, strong, frozenset(row.weak)),
        source.code,
        source.precedence,
        source.most_days,
        Kept(full, row.claims, stored(row.later)),
    )


def connected(keys: Iterable[int]) -> list[Sighting]:
    """These sightings and all that share a key with them, or with one that does, or are tied to them."""
    found: dict[int, Sighting] = {}
    blocked = blocked_keys()
    wanted = Sighting.objects.filter(pk__in=list(keys))
    asked: set[str] = set()
    for _round in range(MOST_ROUNDS):
        new = {row.pk: row for row in wanted.defer("lists").select_related("source") if row.pk not in found}
        found |= new
        follow = {key for row in new.values() for key in (*row.strong, *row.weak)} - asked - blocked
        asked |= follow
        beside = _tied(new) - found.keys()
        if not follow and not beside:
            break
        wanted = (
            Sighting.objects.filter(strong__overlap=sorted(follow))
            | Sighting.objects.filter(weak__overlap=sorted(follow))
            | Sighting.objects.filter(pk__in=beside)
        ).exclude(pk__in=list(found))
    return sorted(found.values(), key=lambda row: row.pk)


def _tied(keys: Iterable[int]) -> set[int]:
    wanted = list(keys)
    pairs = Tie.objects.filter(undone_at=None)
    found = (pairs.filter(first__in=wanted) | pairs.filter(second__in=wanted)).values_list("first", "second")
    return {key for pair in found for key in pair}


def ties_among(names: dict[int, str]) -> list[tuple[str, str]]:
    """The pairs that somebody said are one, by name."""
    found = Tie.objects.filter(undone_at=None, first__in=list(names), second__in=list(names))
    return [(names[first], names[second]) for first, second in found.values_list("first", "second")]


def blocked_keys() -> frozenset[str]:
    """Keys that somebody blocked."""
    return frozenset(BlockedKey.objects.values_list("key", flat=True))

"""Sightings as they come out of the database and go back: many in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import connection

from meridian.holdings.discovery.contracts import Report
from meridian.holdings.discovery.models import Sighting, Source
from meridian.holdings.discovery.rules.joining import NEVER, Kept, joined, stored
from meridian.holdings.discovery.rules.keys import strong_keys, weak_keys

MOST_BODIES = 8
Place = tuple[str, str]
NEW = """
INSERT INTO discovery_sighting (version, source_id, native, face, family, full_at, full_digest, claims, later,
  lists, strong, weak, bodies)
SELECT 1, %s, row->>'native', row->>'face', row->>'family', (row->>'full_at')::bigint, row->>'full_digest',
  row->'claims', row->'later', row->'lists', ARRAY(SELECT jsonb_array_elements_text(row->'strong')),
  ARRAY(SELECT jsonb_array_elements_text(row->'weak')), ARRAY(SELECT jsonb_array_elements_text(row->'bodies'))
FROM unnest(%s::jsonb[]) AS row RETURNING id, native, face
"""
CHANGED = """
UPDATE discovery_sighting AS kept SET version = version + 1, family = row->>'family',
  full_at = (row->>'full_at')::bigint, full_digest = row->>'full_digest', claims = row->'claims',
  later = row->'later', lists = row->'lists', strong = ARRAY(SELECT jsonb_array_elements_text(row->'strong')),
  weak = ARRAY(SELECT jsonb_array_elements_text(row->'weak')),
  bodies = ARRAY(SELECT jsonb_array_elements_text(row->'bodies')), heard_at = now()
FROM unnest(%s::jsonb[]) AS row WHERE kept.id = (row->>'id')::bigint
"""
HEARD = """
UPDATE discovery_sighting AS kept SET heard_at = now(), full_at = given.full_at
FROM unnest(%s::bigint[], %s::bigint[]) AS given (id, full_at) WHERE kept.id = given.id
"""


@dataclass(slots=True)
class Row:
    """A sighting while reports are joined to it."""

    native: str
    face: str
    family: str
    kept: Kept
    id: int = 0
    bodies: list[str] = field(default_factory=list)
    changed: bool = False
    later_only: bool = False

    def join(self, report: Report, at: int, body: str) -> bool:
        """Join a report; whether it changed anything but the instant."""
        before = self.kept
        if self._says_the_same(report, at):
            # The same as last time, only later: the lists need not be written again.
            self.kept = Kept((at, False, report.digest), before.claims, before.later, before.lists)
            self.later_only = True
            return False
        self.kept = joined(before, report, at)
        if self.kept is before:
            return False
        self.family = report.family or self.family
        self.bodies = [*self.bodies, body][-MOST_BODIES:]
        self.changed = True
        return True

    def _says_the_same(self, report: Report, at: int) -> bool:
        at_before, _partial, digest = self.kept.full
        return not report.partial and digest == report.digest and not self.kept.later and at > at_before

    def told(self) -> bytes:
        """The row as JSON for the database."""
        values = {name: found[0] for name, found in self.kept.values().items()}
        at, _partial, digest = self.kept.full
        return orjson.dumps(
            {
                "id": self.id,
                "native": self.native,
                "face": self.face,
                "family": self.family,
                "full_at": at,
                "full_digest": digest,
                "claims": self.kept.claims,
                "later": self.kept.later,
                "lists": self.kept.lists,
                "strong": [*strong_keys(values), f"agent:{self.native}"],
                "weak": weak_keys(values),
                "bodies": self.bodies,
            }
        )


def rows_at(source: Source, places: Iterable[Place], partial: Iterable[Place]) -> dict[Place, Row]:
    """The sightings that are there already, locked.

    What they hold is fetched where a partial report is to be joined, or was: a full one replaces it all.
    """
    wanted, whole = set(places), set(partial)
    found = Sighting.objects.filter(source=source, native__in={native for native, _face in wanted})
    rows = {}
    for one in found.select_for_update().order_by("pk").defer("claims", "lists"):
        place = (one.native, one.face)
        if place in wanted:
            kept = Kept((one.full_at, False, one.full_digest) if one.full_at >= 0 else NEVER)
            kept.later = stored(one.later)
            rows[place] = Row(*place, one.family, kept, one.pk, list(one.bodies))
    needed = {row.id: row for place, row in rows.items() if place in whole or row.kept.later}
    for key, claims, lists in Sighting.objects.filter(pk__in=needed).values_list("pk", "claims", "lists"):
        needed[key].kept.claims, needed[key].kept.lists = claims, lists
    return rows


def write(source: Source, rows: Iterable[Row]) -> None:
    """Write what changed; new rows learn their ids."""
    known = list(rows)
    new = [row for row in known if row.changed and not row.id]
    changed = [row for row in known if row.changed and row.id]
    heard = [row for row in known if row.later_only and not row.changed]
    with connection.cursor() as cursor:
        if new:
            cursor.execute(NEW, [source.pk, _texts(new)])
            ids: dict[Any, int] = {(native, face): key for key, native, face in cursor.fetchall()}
            for row in new:
                row.id = ids[row.native, row.face]
        if changed:
            cursor.execute(CHANGED, [_texts(changed)])
        if heard:
            cursor.execute(HEARD, [[row.id for row in heard], [row.kept.full[0] for row in heard]])


def _texts(rows: Iterable[Row]) -> list[str]:
    return [row.told().decode() for row in rows]


def touch(keys: Iterable[int]) -> None:
    """Note that these were heard of again."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE discovery_sighting SET heard_at = now() WHERE id = ANY(%s)", [list(keys)])

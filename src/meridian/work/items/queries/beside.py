"""What stands beside one item, in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language
from psycopg import sql

from meridian.engine.listing.cut import Cut
from meridian.engine.translation import SOURCE_LANGUAGE
from meridian.work.items.models import Item
from meridian.work.items.queries.kin import kin_of
from meridian.work.items.queries.timeline import PRESENT_FOR, TimelineRow

MOST_FILES = 20
BESIDE = """
WITH RECURSIVE gathered AS (
  SELECT %(item)s::bigint AS id
  UNION SELECT item.id FROM gathered JOIN {item} AS item ON item.merged_into_id = gathered.id
)
SELECT
  (SELECT json_agg(json_build_array(person.id, person.given_name || ' ' || person.family_name)
                   ORDER BY watcher.id)
   FROM {watcher} AS watcher JOIN people_person AS person ON person.id = watcher.person_id
   WHERE watcher.item_id = %(item)s),
  (SELECT json_agg(json_build_array(link.id, link.type, link.source_id = %(item)s,
                                    other.number, other.title, other.state) ORDER BY link.id)
   FROM {link} AS link JOIN {item} AS other
     ON other.id = CASE link.source_id WHEN %(item)s THEN link.target_id ELSE link.source_id END
   WHERE link.source_id = %(item)s OR link.target_id = %(item)s),
  (SELECT json_agg(json_build_array(id, name, is_internal) ORDER BY id DESC)
   FROM (SELECT id, name, is_internal FROM attachments_attachment
         WHERE resource = %(resource)s AND row_id IN (SELECT id FROM gathered)
         ORDER BY id DESC LIMIT %(files)s) AS latest),
  (SELECT count(*) FROM attachments_attachment
   WHERE resource = %(resource)s AND row_id IN (SELECT id FROM gathered)),
  (SELECT json_agg(json_build_array(person.given_name || ' ' || person.family_name, presence.writes)
                   ORDER BY person.id)
   FROM {presence} AS presence JOIN people_person AS person ON person.id = presence.person_id
   WHERE presence.item_id = %(item)s AND presence.seen_at >= %(since)s
     AND presence.person_id IS DISTINCT FROM %(reader)s::bigint),
  (SELECT json_build_array(seen_events, extract(epoch FROM seen_at)) FROM {presence}
   WHERE item_id = %(item)s AND person_id = %(reader)s::bigint){names}
"""
NAMED = ", (SELECT json_object_agg(id, {name}) FROM {table} WHERE id = ANY ({keys}))"
# How a name stands in its column: as it is, of a person, in six languages, and of a configuration item.
PLAIN_NAME, PERSON_NAME = "name", "given_name || ' ' || family_name"
TRANSLATED_NAME = "coalesce(name->>%(language)s, name->>%(source)s)"
ENTRY_NAME = "coalesce(name->>%(language)s, name->>%(source)s, code)"


class Seen(NamedTuple):
    """When the reader last had the item open, and how many of its events were shown."""

    events: int
    at: datetime


class File(NamedTuple):
    """A file as a page lists it: its id, its name, whether it is for the desk only."""

    id: int
    name: str
    is_internal: bool


class LinkRow(NamedTuple):
    """A link as one of its two items sees it: outward when it starts here."""

    id: int
    type: str
    outward: bool
    number: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Names:
    """Names of the rows that events mention, by kind and id."""

    texts: dict[tuple[str, int], str]

    def of(self, kind: str, key: Any) -> str:
        return self.texts.get((kind, key), "") if key is not None else ""


@dataclass(frozen=True, slots=True)
class Beside:
    """Who follows the item (person id, name), its links, its latest files and those of the items that
    went into it, who else has it open now (name, is writing), what the reader has seen of it if anything,
    and the names of what its events mention."""

    watchers: list[tuple[int, str]]
    links: list[LinkRow]
    files: Cut[File]
    present: list[tuple[str, bool]]
    seen: Seen | None
    names: Names


@cache
def _statement(model: type[Item], named: tuple[tuple[str, str], ...]) -> sql.Composed:
    texts = [
        sql.SQL(NAMED).format(
            name=sql.SQL(name),
            table=sql.Identifier(_table(model, kind)),
            keys=sql.Placeholder(kind),
        )
        for kind, name in named
    ]
    return sql.SQL(BESIDE).format(**kin_of(model).tables(model), names=sql.SQL("").join(texts))


def _table(model: type[Item], reference: str) -> str:
    other: Any = model._meta.get_field(reference).related_model
    return str(other._meta.db_table)


def beside(item: Item, named: Mapping[str, str], rows: Sequence[TimelineRow], reader: int | None) -> Beside:
    """All of it for a reader (a person's id, who is not counted among those present).

    `named` says of each reference how the row that it leads to is named (`PLAIN_NAME` and its like);
    names are of those that the data of `rows` speak of, in the reader's language, else in English.
    """
    given: dict[str, Any] = {
        "item": item.pk,
        "resource": item._meta.label_lower,
        "files": MOST_FILES,
        "since": timezone.now() - PRESENT_FOR,
        "reader": reader,
        "language": get_language() or SOURCE_LANGUAGE,
        "source": SOURCE_LANGUAGE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement(type(item), tuple(named.items())), {**given, **_mentioned(named, rows)})
        watchers, links, files, count, present, seen, *texts = cursor.fetchone()
    return Beside(
        watchers=[tuple(row) for row in watchers or ()],
        links=[LinkRow(*row) for row in links or ()],
        files=Cut([File(*row) for row in files or ()], count),
        present=[tuple(row) for row in present or ()],
        seen=Seen(seen[0], datetime.fromtimestamp(float(seen[1]), UTC)) if seen else None,
        names=Names(
            {
                (kind, int(key)): text
                for kind, found in zip(named, texts, strict=True)
                for key, text in (found or {}).items()
            }
        ),
    )


def _mentioned(named: Mapping[str, str], rows: Sequence[TimelineRow]) -> dict[str, Any]:
    """The ids of each kind that the events speak of."""
    found: dict[str, set[int]] = {kind: set() for kind in named}
    for row in rows:
        for kind, keys in found.items():
            if kind in row.data:
                keys.update(key for key in row.data[kind] if key is not None)
    return {kind: sorted(keys) for kind, keys in found.items()}

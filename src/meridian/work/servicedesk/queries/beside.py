"""What the desk sees beside one item, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language

from meridian.engine.listing.cut import Cut
from meridian.engine.translation import SOURCE_LANGUAGE
from meridian.work.items.facade import PRESENT_FOR, TimelineRow
from meridian.work.servicedesk.models import WorkItem
from meridian.work.servicedesk.queries.files import MOST_FILES, File
from meridian.work.servicedesk.queries.items import Names

BESIDE = """
WITH RECURSIVE gathered AS (
  SELECT %(item)s::bigint AS id
  UNION SELECT item.id FROM gathered JOIN servicedesk_workitem AS item ON item.merged_into_id = gathered.id
)
SELECT
  (SELECT json_agg(json_build_array(person.id, person.given_name || ' ' || person.family_name)
                   ORDER BY watcher.id)
   FROM servicedesk_watcher AS watcher JOIN people_person AS person ON person.id = watcher.person_id
   WHERE watcher.item_id = %(item)s),
  (SELECT json_agg(json_build_array(link.id, link.type, link.source_id = %(item)s,
                                    other.number, other.title, other.state) ORDER BY link.id)
   FROM servicedesk_link AS link JOIN servicedesk_workitem AS other
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
   FROM servicedesk_presence AS presence JOIN people_person AS person ON person.id = presence.person_id
   WHERE presence.item_id = %(item)s AND presence.seen_at >= %(since)s
     AND presence.person_id IS DISTINCT FROM %(reader)s::bigint),
  (SELECT json_object_agg(id, name) FROM servicedesk_team WHERE id = ANY (%(team)s)),
  (SELECT json_object_agg(id, given_name || ' ' || family_name)
   FROM people_person WHERE id = ANY (%(assignee)s)),
  (SELECT json_object_agg(id, coalesce(name->>%(language)s, name->>%(source)s))
   FROM servicedesk_holdreason WHERE id = ANY (%(hold_reason)s)),
  (SELECT json_object_agg(id, coalesce(name->>%(language)s, name->>%(source)s))
   FROM servicedesk_category WHERE id = ANY (%(category)s))
"""
NAMED = ("team", "assignee", "hold_reason", "category")


class LinkRow(NamedTuple):
    """A link as one of its two items sees it: outward when it starts here."""

    id: int
    type: str
    outward: bool
    number: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Who follows the item (person id, name), its links, its latest files and those of the items that
    went into it, who else has it open now (name, is writing), and the names of what its events mention."""

    watchers: list[tuple[int, str]]
    links: list[LinkRow]
    files: Cut[File]
    present: list[tuple[str, bool]]
    names: Names


def beside(item: WorkItem, rows: Sequence[TimelineRow], reader: int | None) -> Beside:
    """All of it for a reader (a person's id, who is not counted among those present); names are of the
    teams, people, reasons and categories in `rows`, in the reader's language, else in English."""
    given: dict[str, Any] = {
        "item": item.pk,
        "resource": WorkItem._meta.label_lower,
        "files": MOST_FILES,
        "since": timezone.now() - PRESENT_FOR,
        "reader": reader,
        "language": get_language() or SOURCE_LANGUAGE,
        "source": SOURCE_LANGUAGE,
    }
    with connection.cursor() as cursor:
        cursor.execute(BESIDE, {**given, **_mentioned(rows)})
        watchers, links, files, count, present, *named = cursor.fetchone()
    return Beside(
        watchers=[tuple(row) for row in watchers or ()],
        links=[LinkRow(*row) for row in links or ()],
        files=Cut([File(*row) for row in files or ()], count),
        present=[tuple(row) for row in present or ()],
        names=Names(
            {
                (kind, int(key)): text
                for kind, texts in zip(NAMED, named, strict=True)
                for key, text in (texts or {}).items()
            }
        ),
    )


def _mentioned(rows: Sequence[TimelineRow]) -> dict[str, Any]:
    """The ids of each kind that the events speak of."""
    found: dict[str, set[int]] = {kind: set() for kind in NAMED}
    for row in rows:
        for kind, keys in found.items():
            if kind in row.data:
                keys.update(key for key in row.data[kind] if key is not None)
    return {kind: sorted(keys) for kind, keys in found.items()}

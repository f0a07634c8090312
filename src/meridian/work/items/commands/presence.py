"""Who looks at an item right now: passing facts, outside of commands and trail."""

from django.db import connection
from django.utils import timezone

from meridian.work.items.models import Item
from meridian.work.items.queries.kin import statement

HEARTBEAT = """
INSERT INTO {presence} (item_id, person_id, seen_at, writes) VALUES (%s, %s, %s, %s)
ON CONFLICT (item_id, person_id) DO UPDATE SET seen_at = excluded.seen_at, writes = excluded.writes
"""


def note_presence(model: type[Item], *, item: int, person: int, writes: bool) -> None:
    """Note that a person has the item open now, and whether they are writing."""
    with connection.cursor() as cursor:
        cursor.execute(statement(model, HEARTBEAT), [item, person, timezone.now(), writes])

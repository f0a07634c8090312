"""Who looks at an item right now: passing facts, outside of commands and trail."""

from django.db import connection
from django.utils import timezone

HEARTBEAT = """
INSERT INTO servicedesk_presence (item_id, person_id, seen_at, writes) VALUES (%s, %s, %s, %s)
ON CONFLICT (item_id, person_id) DO UPDATE SET seen_at = excluded.seen_at, writes = excluded.writes
"""


def note_presence(*, item: int, person: int, writes: bool) -> None:
    """Note that a person has the item open now, and whether they are writing."""
    with connection.cursor() as cursor:
        cursor.execute(HEARTBEAT, [item, person, timezone.now(), writes])

"""Who looks at an item right now: passing facts, outside of commands and trail."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from meridian.work.items.models import Item
from meridian.work.items.queries.kin import statement

HEARTBEAT = """
INSERT INTO {presence} AS known (item_id, person_id, seen_at, writes, seen_events)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (item_id, person_id) DO UPDATE SET seen_at = excluded.seen_at, writes = excluded.writes,
  seen_events = greatest(known.seen_events, excluded.seen_events)
"""
FORGET = "DELETE FROM {presence} WHERE seen_at < %s"
SEEN_FOR = timedelta(days=90)


def note_presence(model: type[Item], *, item: int, person: int, writes: bool, seen: int = 0) -> None:
    """Note that a person has the item open now, whether they are writing, and how many events they saw."""
    with connection.cursor() as cursor:
        cursor.execute(statement(model, HEARTBEAT), [item, person, timezone.now(), writes, seen])


def forget_presences(model: type[Item]) -> int:
    """Forget who looked at what longer ago than anybody asks what is new since then; how many."""
    with connection.cursor() as cursor:
        cursor.execute(statement(model, FORGET), [timezone.now() - SEEN_FOR])
        return int(cursor.rowcount)

"""How often something may be tried: counted in the database, so that it holds over every process.

A table of counts is `key text PRIMARY KEY, level float8, most int, seconds float8, counted_at timestamptz`;
it may be unlogged, for a count may be lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many tries at once; after them one more every `seconds`."""

    most: int
    seconds: float


TAKE = """
INSERT INTO {table} AS known (key, level, most, seconds, counted_at)
SELECT key, 1, most, seconds, %(now)s
FROM unnest(%(keys)s::text[], %(most)s::int[], %(seconds)s::float8[]) AS asked (key, most, seconds)
ORDER BY key
ON CONFLICT (key) DO UPDATE SET most = excluded.most, seconds = excluded.seconds,
  counted_at = excluded.counted_at,
  level = 1 + greatest(0, known.level - extract(epoch FROM excluded.counted_at - known.counted_at)
                          / known.seconds)
WHERE 1 + greatest(0, known.level - extract(epoch FROM excluded.counted_at - known.counted_at)
                      / known.seconds) <= excluded.most
RETURNING key
"""
GIVE_BACK = "UPDATE {table} SET level = greatest(0, level - 1) WHERE key = ANY(%s)"
DROP = "DELETE FROM {table} WHERE key = ANY(%s)"
FORGET = "DELETE FROM {table} WHERE counted_at + make_interval(secs => level * seconds) < %s"


def take(table: str, asked: Mapping[str, Allowance]) -> list[str] | None:
    """Count a try before it is made; the keys it was counted under, or None when it may not be made.

    It is counted first, so that a hundred tries at once are a hundred.
    """
    keys = list(asked)
    known: dict[str, Any] = {
        "keys": keys,
        "most": [asked[key].most for key in keys],
        "seconds": [asked[key].seconds for key in keys],
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE.format(table=table), known)
        taken = [key for (key,) in cursor.fetchall()]
    if len(taken) == len(keys):
        return taken
    give_back(table, taken)
    return None


def give_back(table: str, keys: list[str]) -> None:
    """The try was right: it does not count."""
    _execute(GIVE_BACK, table, keys)


def drop(table: str, keys: list[str]) -> None:
    """Forget what was counted under these keys."""
    _execute(DROP, table, keys)


def forget(table: str) -> int:
    """Remove what allows everything again; how much there was."""
    return _execute(FORGET, table, timezone.now())


def _execute(statement: str, table: str, argument: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table=table), [argument])
        return int(cursor.rowcount)

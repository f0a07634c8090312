"""How many rows tables hold, about: enough to know which are too long to be read through."""

import time

from django.db import connection, models

# The database itself counts again only when a table has changed much.
KEPT_SECONDS = 60
ESTIMATES = """
SELECT relname, reltuples FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
"""

_known: tuple[float, dict[str, float]] = (0.0, {})


def rows_about(model: type[models.Model]) -> float:
    """The rows of a table by the database's own estimate; below nought where it has none yet."""
    global _known  # noqa: PLW0603 (one for the process: asking anew would be a statement for each list)
    asked_at, estimates = _known
    now = time.monotonic()
    if not estimates or now - asked_at > KEPT_SECONDS:
        with connection.cursor() as cursor:
            cursor.execute(ESTIMATES)
            estimates = dict(cursor.fetchall())
        _known = (now, estimates)
    return estimates.get(model._meta.db_table, -1.0)

"""The bell of the page's frame."""

from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from meridian.engine.policies import ANONYMOUS, Actor

MOST_COUNTED = 99
UNREAD = """
SELECT count(*) FROM (
  SELECT FROM notices_notice WHERE account_id = %s AND read_at IS NULL LIMIT %s
) AS unread
"""


def bell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: unread notices, counted only when a template shows the bell."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    if actor.account_id is None:
        return {}

    def count() -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(UNREAD, [actor.account_id, MOST_COUNTED])
            return {"url": reverse("notices"), "count": cursor.fetchone()[0]}

    return {"notices": SimpleLazyObject(count)}

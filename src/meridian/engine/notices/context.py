"""The bell of the page's frame."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from meridian.engine.notices.models import Notice
from meridian.engine.policies import ANONYMOUS, Actor

MOST_COUNTED = 99


def bell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: unread notices, counted only when a template shows the bell."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    if actor.account_id is None:
        return {}

    def count() -> dict[str, Any]:
        unread = Notice.objects.filter(account=actor.account_id, read_at__isnull=True)
        return {"url": "/notices/", "count": unread[:MOST_COUNTED].count()}

    return {"notices": SimpleLazyObject(count)}

"""Goes through the page on which a person confirms what can't be undone."""

from typing import Any

from django.http import HttpResponse
from django.test import Client


def confirmed(client: Client, url: str, data: dict[str, Any] | None = None, **options: Any) -> HttpResponse:
    """The answer to a post once its question, if one came, is answered with yes."""
    asked = client.post(url, data or {}, **options)
    if asked.status_code != 200 or not asked.context or "warned" not in asked.context:
        return asked
    sent: dict[str, list[str]] = {}
    for name, value in asked.context["sent"]:
        sent.setdefault(name, []).append(value)
    return client.post(url, {**sent, "confirmation": asked.context["token"]}, **options)

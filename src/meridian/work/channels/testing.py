"""Rows of the channels as tests make them."""

from collections.abc import Callable
from typing import Any

from meridian.work.channels.models import Mailbox, OutboundMail
from meridian.work.channels.models.references import Person


def _letter(make: Callable[..., Any], number: int, **values: Any) -> OutboundMail:
    given = {
        "mailbox": values.pop("mailbox", None) or make(Mailbox),
        "person": values.pop("person", None) or make(Person),
        "letter": "answered",
        "occasion": f"tests.{number}",
        "address": f"person{number}@example.org",
        "subject": f"Letter {number}",
        "text": "words",
        "message_id": f"{number}@desk.example",
    }
    return OutboundMail.objects.create(**{**given, **values})


FACTORIES: dict[type, Any] = {OutboundMail: _letter}

"""Rows of contacts as tests make them."""

from collections.abc import Callable
from typing import Any

from meridian.work.contacts.models import Contact
from meridian.work.servicedesk.facade import Person, Team


def _contact(make: Callable[..., Any], number: int, **values: Any) -> Contact:
    given = {
        "person": values.pop("person", None) or make(Person),
        "team": values.pop("team", None) or make(Team),
    }
    return Contact.objects.create(**{**given, "note": f"Contact {number}", **values})


FACTORIES = {Contact: _contact}

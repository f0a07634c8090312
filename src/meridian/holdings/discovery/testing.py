"""Rows of discovery as tests make them."""

from collections.abc import Callable
from typing import Any

from meridian.engine.records import reference
from meridian.holdings.discovery.models import Duplicate, Lock, Tie

Item = reference("inventory.Item")


def _lock(make: Callable[..., Any], number: int, **values: Any) -> Lock:
    given = {"item": values.pop("item", None) or make(Item), "attribute": "name", "value": f"name {number}"}
    return Lock.objects.create(**{**given, **values})


FACTORIES: dict[Any, Any] = {
    Duplicate: {"subject": lambda number: f"serial:SN{number}"},
    Lock: _lock,
    Tie: {"undone_at": None},
}

"""Rows of the inventory as tests make them."""

from collections.abc import Callable
from typing import Any

from meridian.engine.records import reference
from meridian.holdings.inventory.models import Item, ItemClass

Unit = reference("organisation.Unit")


def _item(make: Callable[..., Any], number: int, **values: Any) -> Item:
    """An item that a unit keeps: of one without a unit only those decide who may everywhere."""
    needed = (("item_class", ItemClass), ("unit", Unit))
    given = {name: values.pop(name, None) or make(model) for name, model in needed}
    return Item.objects.create(**{**given, "code": f"ITEM-{number}", "name": f"item {number}", **values})


FACTORIES = {Item: _item}

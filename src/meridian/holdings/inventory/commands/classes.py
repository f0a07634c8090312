"""Classes form a tree: no class is below itself, however far down."""

from typing import Any

from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal, command, write_row
from meridian.engine.policies import Actor
from meridian.holdings.inventory.models import ItemClass
from meridian.holdings.inventory.queries.classes import wider_than


@command("inventory.itemclass.add", on=ItemClass)
def add_class(*, actor: Actor, **fields: Any) -> ItemClass:
    """Add a class."""
    return write_row(ItemClass(), fields)


@command("inventory.itemclass.change", on=ItemClass, target="row")
def change_class(*, actor: Actor, row: ItemClass, **fields: Any) -> ItemClass:
    """Change a class; what is wider than it may be no narrower one."""
    parent = fields.get("parent")
    if parent is not None and row.code in (parent.code, *wider_than(parent.code)):
        raise Refusal(
            _("“%(class)s” is below this class: it can't be wider than it.") % {"class": parent}, "parent"
        )
    return write_row(row, fields)

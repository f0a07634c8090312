"""The tables that belong to an item's."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from psycopg import sql

from meridian.work.items.models import Item


@dataclass(frozen=True, slots=True)
class Kin:
    """The tables beside one of items; each is typed as its module knows it."""

    event: Any
    message: Any
    number: Any
    watcher: Any
    link: Any
    merge: Any
    presence: Any

    def tables(self, item: type[Item]) -> dict[str, sql.Identifier]:
        """The names of all tables for a statement: `{item}`, `{event}` and so on."""
        named = {name: getattr(self, name) for name in self.__slots__}
        return {name: sql.Identifier(model._meta.db_table) for name, model in {**named, "item": item}.items()}


@cache
def kin_of(item: type[Item]) -> Kin:
    """The tables that refer to this one of items by the names of `items.models`."""
    names = ("events", "messages", "numbers", "watchers", "links_out", "merges_out", "presences")
    return Kin(*(item._meta.get_field(name).related_model for name in names))


@cache
def statement(item: type[Item], text: str) -> sql.Composed:
    """A statement in which `{item}`, `{event}` and so on are the tables."""
    return sql.SQL(text).format(**kin_of(item).tables(item))

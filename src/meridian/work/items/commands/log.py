"""Writing to the event log: an event, its words and the folded columns in two statements."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from django.db import connection
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from meridian.engine.commands import Refusal
from meridian.engine.figures import number_text
from meridian.work.items.contracts.folding import Folded, changing_of, columns_of, plain
from meridian.work.items.contracts.happenings import Happened, Words
from meridian.work.items.models import Item
from meridian.work.items.queries.kin import statement

I = TypeVar("I", bound=Item)  # noqa: E741 - an item
MOST_CHARACTERS = 20_000
SILENCE = Words("")

INSERT_EVENT = """
WITH event AS (
  INSERT INTO {event} (item_id, sequence, at, actor_id, type, data)
  VALUES (%(item)s, %(sequence)s, %(at)s, %(actor)s, %(type)s, %(data)s) RETURNING id, item_id
)
INSERT INTO {message} (event_id, item_id, visibility, language, text)
SELECT id, item_id, %(visibility)s, %(language)s, %(text)s FROM event WHERE %(text)s <> ''
"""


class Log(Generic[I]):
    """The log of one table of items. A module says in a subclass what else an event brings about."""

    def __init__(self, model: type[I]) -> None:
        self.model = model

    def prepared(self, item: I, happened: Happened) -> Happened:
        """The event as it is to be written, with what else it changes."""
        return happened

    def told(self, item: I, before: Folded, happened: Happened) -> None:
        """What others learn of an event once it is written; `before` are the columns before it."""

    def record(self, item: I, happened: Happened) -> I:
        """Append the event to the log of a locked item and carry the item's columns over it."""
        happened = self.prepared(item, happened)
        before, folded = folded_of(item), folded_of(item)
        data = data_of(folded, happened)
        folded.step(happened.type, happened.at, data)
        columns = columns_of(self.model.folded)
        changed = {
            column: getattr(folded, name)
            for name, column in columns.items()
            if getattr(before, name) != getattr(folded, name)
        }
        for column, value in changed.items():
            setattr(item, column, value)
        _insert_event(item, folded.event_count, happened, data)
        self.model._default_manager.filter(pk=item.pk).update(**changed)
        self.told(item, before, happened)
        # The database raises the version of every row that is written.
        item.version += 1
        return item


def folded_of(item: Item) -> Folded:
    """The folded columns as they stand in the row."""
    columns = columns_of(item.folded)
    folded: Folded = item.folded(**{name: getattr(item, column) for name, column in columns.items()})
    return folded


def data_of(folded: Folded, happened: Happened) -> dict[str, Any]:
    """The data of an event: before and after of what really changes, and the facts."""
    kind: Any = type(folded)
    data = dict(happened.facts)
    for name, value in happened.changes.items():
        if name not in changing_of(kind):
            raise TypeError(f"{name} is no folded column.")
        before, after = plain(getattr(folded, name)), plain(value)
        if before != after:
            data[name] = [before, after]
    return data


def _insert_event(item: Item, sequence: int, happened: Happened, data: Mapping[str, Any]) -> None:
    values = {
        "item": item.pk,
        "sequence": sequence,
        "at": happened.at,
        "actor": happened.person,
        "type": str(happened.type),
        "data": Jsonb(data),
        **(happened.words or SILENCE)._asdict(),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement(type(item), INSERT_EVENT), values)


def words_of(
    text: str, language: str = "en", visibility: str = "public", *, field: str = "text"
) -> Words | None:
    """The words of an event, or None when nothing is said; `field` is blamed for what is too long."""
    said = bounded(text, field)
    return Words(said, visibility, language) if said else None


def bounded(text: str, field: str = "text") -> str:
    """What was typed, without the space around it; `Refusal` for more than a page can show."""
    said = text.strip()
    if len(said) > MOST_CHARACTERS:
        raise Refusal(
            _("A text may have %(most)s characters, this one has %(has)s: attach the rest as a file.")
            % {
                "most": number_text(MOST_CHARACTERS),
                "has": number_text(len(said)),
            },
            field,
        )
    return said

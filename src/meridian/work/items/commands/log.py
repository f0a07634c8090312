"""Writing to the event log: events, their words and the folded columns in two statements."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, Generic, TypeVar

import orjson
from django.db import connection
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.events import publish
from meridian.engine.figures import number_text
from meridian.engine.records.together import write_together
from meridian.work.items.contracts.folding import Folded, changing_of, columns_of, plain
from meridian.work.items.contracts.happenings import Happened, Words
from meridian.work.items.models import Item
from meridian.work.items.queries.kin import statement

I = TypeVar("I", bound=Item)  # noqa: E741 - an item
MOST_CHARACTERS = 20_000
SILENCE = Words("")

INSERT_EVENTS = """
WITH told AS (
  SELECT * FROM json_to_recordset(%s::json) AS given (item_id bigint, sequence integer, at timestamptz,
    actor_id bigint, type text, data jsonb, text text, visibility text, language text)
), event AS (
  INSERT INTO {event} (item_id, sequence, at, actor_id, type, data)
  SELECT item_id, sequence, at, actor_id, type, data FROM told RETURNING id, item_id, sequence
)
INSERT INTO {message} (event_id, item_id, visibility, language, text)
SELECT id, item_id, visibility, language, text FROM event JOIN told USING (item_id, sequence) WHERE text <> ''
"""
COLUMNS = ("item_id", "sequence", "at", "actor_id", "type", "data", *Words._fields)


class Log(Generic[I]):
    """The log of one table of items. A module says in a subclass what else an event brings about."""

    def __init__(self, model: type[I]) -> None:
        self.model = model

    def prepared(self, item: I, happened: Happened) -> Happened:
        """The event as it is to be written, with what else it changes."""
        return happened

    def told(self, item: I, before: Folded, happened: Happened) -> Iterable[Any]:
        """What others learn of an event once it is written; `before` are the columns before it."""
        return ()

    def record(self, item: I, happened: Happened) -> I:
        """Append the event to the log of a locked item and carry the item's columns over it."""
        self.record_all([(item, happened)])
        return item

    def record_all(self, happenings: Iterable[tuple[I, Happened]]) -> None:
        """The same for many locked items, an event for each: two statements however many they are."""
        columns = columns_of(self.model.folded)
        rows: list[tuple[I, Folded, Happened, dict[str, Any]]] = []
        changed: set[str] = set()
        for item, wanted in happenings:
            happened = self.prepared(item, wanted)
            before, folded = folded_of(item), folded_of(item)
            data = data_of(folded, happened)
            folded.step(happened.type, happened.at, data)
            rows.append((item, before, happened, data))
            moved = {name for name in columns if getattr(before, name) != getattr(folded, name)}
            for name in moved:
                setattr(item, columns[name], getattr(folded, name))
            changed |= moved
        _insert_events(self.model, [(item, happened, data) for item, _before, happened, data in rows])
        write_together([item for item, *_rest in rows], sorted(columns[name] for name in changed))
        publish(*chain.from_iterable(self.told(item, before, told) for item, before, told, _data in rows))
        for item, *_rest in rows:
            # The database raises the version of every row that is written.
            item.version += 1


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


def _insert_events(model: type[I], rows: Iterable[tuple[I, Happened, Mapping[str, Any]]]) -> None:
    told = [
        (item.pk, item.event_count, one.at, one.person, str(one.type), data, *(one.words or SILENCE))
        for item, one, data in rows
    ]
    if told:
        values = orjson.dumps([dict(zip(COLUMNS, each, strict=True)) for each in told]).decode()
        with connection.cursor() as cursor:
            cursor.execute(statement(model, INSERT_EVENTS), [values])


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

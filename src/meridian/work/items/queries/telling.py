"""The log of an item in the reader's words: who, what happened, and what it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from meridian.engine.figures import instant_text
from meridian.engine.resources import Sight
from meridian.work.items.models import Item
from meridian.work.items.queries.beside import Beside, beside
from meridian.work.items.queries.timeline import TimelineRow

OF_THE_KIND = frozenset({"merged", "unmerged", "linked", "unlinked"})


@dataclass(frozen=True, slots=True)
class Telling:
    """How the log of one table of items is told.

    `types` is the enumeration of its events with their words, `named` how the references that events name
    are called (`PLAIN_NAME` and its like), `turns` the events that matter most, `shown_beside` the columns
    that the page shows by itself. Numbers that an event names are of `other`, where it is no relation.
    """

    model: type[Item]
    other: type[Item]
    types: Any
    named: Mapping[str, str]
    turns: frozenset[str]
    shown_beside: frozenset[str] = field(default_factory=frozenset)

    def beside(self, item: Item, rows: Sequence[TimelineRow], reader: int | None) -> Beside:
        """What stands beside the item, with the names of which its log speaks."""
        return beside(item, self.named, rows, reader)

    def told(self, rows: Sequence[TimelineRow], found: Beside, sight: Sight) -> list[dict[str, Any]]:
        """Rows as `design/partials/events.html` shows them to whoever `sight` is of."""
        for model in (self.model, self.other):
            numbers = (row.data.get(key) for row in rows for key in ("item", "from"))
            sight.look(model, numbers, "number")
        return [
            {
                "who": f"{row.given_name} {row.family_name}" if row.given_name else _("Meridian"),
                "what": ": ".join(
                    filter(None, (str(self.types(row.type).label), self._what(row, found, sight)))
                ),
                "at": instant_text(row.at),
                "instant": row.at.isoformat(),
                "body": row.text,
                "strong": row.type in self.turns,
            }
            for row in rows
        ]

    def _what(self, row: TimelineRow, found: Beside, sight: Sight) -> str:
        number = row.data.get("item") or row.data.get("from")
        if number:
            model = self.model if row.type in OF_THE_KIND else self.other
            seen = sight.sees(model, number, "number")
            return str(number) if seen else _("an item that is not yours to see")
        if row.type == "opened":
            return ""
        return ", ".join(
            f"{self._field(name).verbose_name} {self._value(name, change[1], found)}"
            for name, change in row.data.items()
            if name not in self.shown_beside and name != "state" and isinstance(change, list)
        )

    def _value(self, name: str, value: Any, found: Beside) -> str:
        if name in self.named:
            return found.names.of(name, value) or "–"
        if value in ("", None):
            return "–"
        if name in self.model.folded.INSTANTS:
            return instant_text(datetime.fromisoformat(value))
        return str(dict(self._field(name).flatchoices).get(value, value))

    def _field(self, name: str) -> Any:
        return self.model._meta.get_field(name)

"""What the trail says of rows, in the reader's words: what, from what to what, by whom."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, gettext

from meridian.engine.audit.models import Change, Entry
from meridian.engine.design.tables import Cell, value_markup
from meridian.engine.figures import instant_text, number_text
from meridian.engine.resources import Resource, Sight, has_resource, resource_of, resources, unseen_text
from meridian.engine.values.addresses import url_of
from meridian.engine.values.kinds import heading_of
from meridian.engine.values.reading import kept_value
from meridian.engine.values.renderer import ABSENT, value_cell
from meridian.engine.values.undoing import undo_address

Model = type[models.Model]


class Line(NamedTuple):
    """A field that changed: “State: on hold → in progress”."""

    label: str
    before: Cell
    after: Cell

    @property
    def words(self) -> str:
        return f"{self.label}: {self.before.text} {arrow()} {self.after.text}"

    @property
    def markup(self) -> SafeString:
        change = (self.label, value_markup(self.before), arrow(), value_markup(self.after))
        return format_html("<b>{}</b>: {} {} {}", *change)


def arrow() -> str:
    """What leads from before to after, in the direction of reading."""
    return "←" if get_language_bidi() else "→"


class Told:
    """Changes as `sight` may read them; each kind of row that they name is asked for once.

    At most `most_kinds` kinds of rows are named, those most often met; any other by its number.
    """

    def __init__(self, changes: Sequence[Change], sight: Sight, most_kinds: int = 12) -> None:
        self.sight = sight
        self._by_table = {found.model._meta.db_table: found for found in resources()}
        self._names: dict[tuple[Model, Any], str] = {}
        self._asked: set[Model] = set()
        wanted = Counter(self._wanted(changes))
        by_model: dict[Model, set[Any]] = {}
        for model, key in wanted:
            by_model.setdefault(model, set()).add(key)
        ordered = sorted(by_model, key=lambda model: -sum(wanted[model, key] for key in by_model[model]))
        for model in ordered:
            self.sight.look(model, by_model[model])
        for model in islice(ordered, most_kinds):
            self._ask(model, by_model[model])

    def resource(self, change: Change) -> type[Resource] | None:
        """The resource of the changed row; None where its table is declared no more."""
        return self._by_table.get(change.table)

    def row(self, change: Change) -> Cell:
        """The changed row: its name, and the way to it while it is there."""
        resource = self.resource(change)
        if resource is None:
            return Cell(f"{change.table} {change.row_id or ''}".strip())
        if change.row_id is None:
            plural = str(resource.model._meta.verbose_name_plural)
            return Cell(plural[:1].upper() + plural[1:])
        return self.named(resource.model, change.row_id)

    def named(self, model: Model, key: Any) -> Cell:
        """A row by its name, with the way to it where the reader may see it."""
        if not self.sight.sees(model, key):
            return Cell(unseen_text())
        noun = str(model._meta.verbose_name)
        name = self._names.get((model, key), "")
        there = name or model not in self._asked
        return Cell(name or f"{noun[:1].upper()}{noun[1:]} {key}", url=url_of(model(pk=key)) if there else "")

    def lines(self, change: Change) -> list[Line]:
        """What changed in the row, field by field; nothing for a row that came or went."""
        resource = self.resource(change)
        if change.operation != "change" or resource is None:
            return []
        fields = {field.column: field for field in resource.model._meta.concrete_fields}
        before, after = change.before or {}, change.after or {}
        return [
            self._line(resource, fields.get(column), column, before.get(column), later)
            for column, later in after.items()
        ]

    def person(self, entry: Entry) -> Cell:
        """Who did it, with the way to their account where the reader may see it."""
        label = entry.actor_label or gettext("Meridian")
        account = get_user_model()
        if entry.actor_id is None or not self.sight.sees(account, entry.actor_id):
            return Cell(label)
        return Cell(label, url=url_of(account(pk=entry.actor_id)))

    def event(self, change: Change) -> dict[str, Any]:
        """A change as `design/partials/events.html` shows it."""
        resource = self.resource(change)
        return {
            "lines": self.lines(change),
            "happened": happened(change),
            "by": self.person(change.entry),
            "reason": change.entry.reason,
            "at": instant_text(change.entry.at),
            "instant": change.entry.at.isoformat(),
            "strong": change.operation != "change",
            "undo_url": undo_address(resource, change.entry, self.sight.actor) if resource else "",
        }

    def _line(self, resource: type[Resource], field: Any, column: str, before: Any, after: Any) -> Line:
        if field is None:
            return Line(column, Cell(str(before)), Cell(str(after)))
        cells = (self._cell(resource, field, kept) for kept in (before, after))
        return Line(heading_of(field), *cells)

    def _cell(self, resource: type[Resource], field: Any, kept: Any) -> Cell:
        if field.is_relation:
            return Cell(ABSENT) if kept is None else self.named(field.related_model, kept)
        value = kept_value(field, kept)
        if isinstance(value, dict):
            value = self.sight.masked(value, resource.mentions(field.name, lambda _name: None))
        tone = resource.tone_of(value) if field.name == resource.state else ""
        cell = value_cell(field, value, tone=tone, with_unit=True)
        return cell._replace(instant="")

    def _wanted(self, changes: Iterable[Change]) -> Iterable[tuple[Model, Any]]:
        for change in changes:
            resource = self._by_table.get(change.table)
            if resource is None:
                continue
            if change.row_id is not None:
                yield resource.model, change.row_id
            if change.operation != "change":
                continue
            sides = (change.before or {}, change.after or {})
            fields: Iterable[Any] = resource.model._meta.concrete_fields
            for field in fields:
                if field.is_relation:
                    yield from (
                        (field.related_model, side[field.column])
                        for side in sides
                        if side.get(field.column) is not None
                    )

    def _ask(self, model: Model, keys: set[Any]) -> None:
        self._asked.add(model)
        seen = [key for key in keys if self.sight.sees(model, key)]
        if not seen:
            return
        rows = model._base_manager.all()
        if has_resource(model):
            rows = rows.select_related(*resource_of(model).related)
        for key, row in rows.in_bulk(seen).items():
            self._names[model, key] = self.sight.title(row)


def happened(change: Change) -> str:
    """What became of the row: “Added”, “Removed”, “3 rows loaded”."""
    if change.operation == "load":
        rows = (change.after or {}).get("rows")
        return gettext("%(rows)s rows loaded") % {"rows": number_text(rows or 0)}
    words = {"add": gettext("Added"), "change": gettext("Changed"), "remove": gettext("Removed")}
    return words.get(change.operation, change.operation)

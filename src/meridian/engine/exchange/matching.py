"""Which row a line of a file means."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.exchange.reading import is_row_id, read_date
from meridian.engine.exchange.values import ID, columns, fields_of, path, written
from meridian.engine.figures import NEUTRAL, Reader
from meridian.engine.policies import Actor, policy_of
from meridian.engine.resources import UNSEEN, Columns, Resource
from meridian.engine.sheets.cells import Cell
from meridian.engine.sheets.table import Line

BETWEEN = " / "
MOST_ALIKE = 100


class Matching:
    """Finds rows by the fields that tell them apart, among those that the actor may see.

    A row that may not be seen is not found, as if it did not exist: then its line adds one, and
    whatever forbids two alike is said by the command, as in a form.
    """

    def __init__(self, resource: type[Resource], actor: Actor) -> None:
        self._resource = resource
        self._identity = resource.identity()
        self._titles = [title for title, name in columns(resource).items() if name in self._identity]
        self._references = [
            title
            for title, name in columns(resource).items()
            if name in self._identity and name != ID and resource.field(name).is_relation
        ]
        self._scope = policy_of(resource.model).scope(actor, "view")
        self._columns = Columns(resource, fields_of(resource), actor)
        self._headings = list(columns(resource))
        self._lines: dict[tuple[str, ...], int] = {}
        self._taken: set[int] = set()

    def key_of(self, line: Line) -> str:
        """The key of the line as text."""
        for title in self._titles:
            if title not in line.cells:
                raise Refusal(_("This line does not say it, and by it rows are told apart."), title)
        for title in self._references:
            if line.cells[title].text.strip() == UNSEEN:
                sentence = _("Rows are told apart by it, and it is not yours to see: leave this line out.")
                raise Refusal(sentence, title)
        return BETWEEN.join(self._key(line))

    def _key(self, line: Line) -> tuple[str, ...]:
        return tuple(line.cells[title].text.strip() for title in self._titles)

    def find(self, line: Line) -> tuple[int, Mapping[str, str]] | None:
        """The id of the row that the line means and its texts by column title; None for a new one.

        A key that an earlier line has is refused, and one that several rows have, unless one of
        them is just what the line says.
        """
        key = self._key(line)
        if not any(key):
            return None
        given = {title: line.cells[title].text for title in self._titles}
        found = self._matched(given) or self._matched(dict(zip(self._titles, key, strict=True)))
        free = {pk: texts for pk, texts in found.items() if pk not in self._taken}
        if key in self._lines and not free:
            sentence = _("The same row stands on line %(line)s already.") % {"line": self._lines[key]}
            raise Refusal(sentence, self._titles[0])
        self._lines.setdefault(key, line.number)
        if not free:
            if self._identity == (ID,):
                sentence = _("There is no such row, or it is not yours to see. Leave this empty to add one.")
                raise Refusal(sentence, ID)
            return None
        pk = next((pk for pk, texts in free.items() if _says(line, texts)), next(iter(free)))
        if len(free) > 1 and not _says(line, free[pk]):
            raise Refusal(_("Several rows are told by this key: change them by hand."), self._titles[0])
        self.take(pk)
        return pk, free[pk]

    def take(self, pk: int) -> None:
        """Keep a row for the line that has just added it."""
        self._taken.add(pk)

    def texts(self, pk: int) -> Mapping[str, str]:
        """What a file of the actor says of a row."""
        rows = self._resource.model._base_manager.filter(pk=pk)
        return self._named(rows.values_list(*self._columns.paths))[0]

    def _named(self, fetched: Iterable[Sequence[Any]]) -> list[Mapping[str, str]]:
        return [
            dict(zip(self._headings, written(self._resource, values), strict=True))
            for values in self._columns.rows(list(fetched))
        ]

    def _matched(self, given: Mapping[str, str]) -> dict[int, Mapping[str, str]]:
        """The rows with this key that the actor may see, their texts by id."""
        conditions: dict[str, Any] = {}
        try:
            for title, text in given.items():
                conditions |= self._condition(title, text)
        except (ValidationError, ValueError, ArithmeticError):
            # No row has such a value; what is wrong with it is said when the line is read.
            return {}
        rows = self._resource.model._base_manager.filter(**conditions)
        if self._scope != models.Q():
            rows = rows.filter(pk__in=self._resource.model._base_manager.filter(self._scope).values("pk"))
        found = list(rows.order_by("pk").values_list("pk", *self._columns.paths)[:MOST_ALIKE])
        texts = self._named(values[1:] for values in found)
        return {values[0]: said for values, said in zip(found, texts, strict=True)}

    def _condition(self, name: str, text: str) -> dict[str, Any]:
        place = path(self._resource, name)
        if place == "pk" or place.endswith("__id"):
            if text and not is_row_id(text):
                raise ValueError(text)
            return {place: int(text)} if text else {f"{name}__isnull": True}
        if not text:
            field = self._resource.field(name)
            return {f"{name}__isnull": True} if field.null else {place: field.get_default()}
        field = self._resource.field(name)
        if isinstance(field, models.DateField):
            return {place: read_date(field, Cell(text), Reader(NEUTRAL))}
        return {place: text if field.is_relation else field.to_python(text)}


def _says(line: Line, texts: Mapping[str, str]) -> bool:
    """Whether the line says of every column what a file says of the row."""
    return all(cell.text == texts.get(title) for title, cell in line.cells.items())

"""What an actor learns of the rows that others refer to: that there is one, unless it is theirs to see.

Every surface that shows or sends a reference asks here: lists, row pages, histories, forms, files, REST.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, Value
from django.utils.translation import gettext

from meridian.engine.figures import day_text
from meridian.engine.policies import NOBODY, Actor, policy_of
from meridian.engine.records import permitted_rows
from meridian.engine.resources.registry import has_resource, resource_of
from meridian.engine.resources.resource import Resource

# Stands in files and over REST where a reference is to a row that is not the reader's to see; sent
# back, it leaves the reference as it is.
UNSEEN = "*"


def unseen_text() -> str:
    """What stands on pages for a row that is not the reader's to see."""
    return gettext("not yours to see")


@dataclass(frozen=True, slots=True)
class Mention:
    """A row named inside a JSON value, by the column `lookup`."""

    model: type[Model]
    lookup: str = "pk"


class Sight:
    """Which rows an actor sees, asked once for each kind of row, however many there are."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._asked: dict[tuple[type[Model], str], set[Any]] = {}
        self._seen: dict[tuple[type[Model], str], set[Any]] = {}

    def is_open(self, model: type[Model]) -> bool:
        """Whether the actor sees every row of this kind; none where no resource declares it."""
        return has_resource(model) and policy_of(model).scope(self.actor, "view") == Q()

    def look(self, model: type[Model], keys: Iterable[Any], lookup: str = "pk") -> None:
        """Ask for many rows at once, before `sees` is asked for each."""
        asked = self._asked.setdefault((model, lookup), set())
        new = {key for key in keys if key is not None} - asked
        if not new or self.is_open(model):
            return
        asked |= new
        if has_resource(model) and policy_of(model).scope(self.actor, "view") != NOBODY:
            found = permitted_rows(model, self.actor).filter(**{f"{lookup}__in": new})
            self._seen.setdefault((model, lookup), set()).update(found.values_list(lookup, flat=True))

    def sees(self, model: type[Model], key: Any, lookup: str = "pk") -> bool:
        """Whether the actor sees this row; nothing hides where nothing is referred to."""
        if key is None or self.is_open(model):
            return True
        self.look(model, (key,), lookup)
        return key in self._seen.get((model, lookup), ())

    def look_over(self, resource: type[Resource], rows: Sequence[Model], names: Iterable[str]) -> None:
        """Ask for everything that these fields of the rows, and their names, refer to."""
        self.look_over_all([(resource, rows, names)])

    def look_over_all(self, parts: Iterable[tuple[type[Resource], Sequence[Model], Iterable[str]]]) -> None:
        """The same for rows of several kinds, in one statement."""
        wanted: dict[type[Model], set[Any]] = {}
        for resource, rows, names in parts:
            _gather(wanted, resource, rows, names)
        asked = []
        for model, keys in wanted.items():
            known = self._asked.setdefault((model, "pk"), set())
            new = keys - known
            if not new or self.is_open(model):
                continue
            known |= new
            if has_resource(model) and policy_of(model).scope(self.actor, "view") != NOBODY:
                asked.append((model, permitted_rows(model, self.actor).filter(pk__in=new)))
        if not asked:
            return
        # A statement for each kind would be one for each column of a list.
        first, *others = (
            rows.order_by().values_list(Value(at), "pk") for at, (_model, rows) in enumerate(asked)
        )
        for at, key in first.union(*others, all=True) if others else first:
            self._seen.setdefault((asked[at][0], "pk"), set()).add(key)

    def sees_reference(self, row: Model, field: Any) -> bool:
        """Whether the actor sees the row to which this field of a row leads."""
        return self.sees(field.related_model, getattr(row, field.attname))

    def title(self, row: Model) -> str:
        """A row's name, made of what the actor sees of it."""
        resource = resource_of(type(row)) if has_resource(type(row)) else None
        if resource is None or not resource.titled:
            return str(row)
        return " · ".join(filter(None, (self._part(resource, row, name) for name in resource.titled)))

    def _part(self, resource: type[Resource], row: Model, name: str) -> str:
        field = resource.field(name)
        if field.is_relation:
            return self.name(getattr(row, name)) if self.sees_reference(row, field) else unseen_text()
        value = getattr(row, name)
        if isinstance(value, datetime.date):
            return day_text(value)
        return str(dict(field.flatchoices).get(value, value) if field.choices else value)

    def name(self, row: Model | None) -> str:
        """The title of a row that is referred to; of an unseen one, that there is one."""
        if row is None:
            return ""
        return self.title(row) if self.sees(type(row), row.pk) else unseen_text()

    def masked(self, value: Any, mentions: Mapping[str, Mention]) -> Any:
        """A JSON object without the keys of rows that are not the actor's to see."""
        if not isinstance(value, dict) or not mentions:
            return value
        return {
            key: self._hidden(part, mentions[key]) if key in mentions else part for key, part in value.items()
        }

    def _hidden(self, part: Any, mention: Mention) -> Any:
        if isinstance(part, list):
            return [self._hidden(one, mention) for one in part]
        if isinstance(part, dict):
            return {key: self._hidden(one, mention) for key, one in part.items()}
        return part if self.sees(mention.model, part, mention.lookup) else UNSEEN


def _gather(
    wanted: dict[type[Model], set[Any]], resource: type[Resource], rows: Sequence[Model], names: Iterable[str]
) -> None:
    """The keys of what these fields of the rows refer to, and of what the names of rows at hand need."""
    for name in {*names, *resource.titled}:
        field = resource.field(name)
        if not field.is_relation or field.many_to_many:
            continue
        keys = {getattr(row, field.attname) for row in rows} - {None}
        wanted.setdefault(field.related_model, set()).update(keys)
        near = [getattr(row, name) for row in rows if field.is_cached(row)]
        near = [other for other in near if other is not None]
        if near and has_resource(field.related_model):
            _gather(wanted, resource_of(field.related_model), near, ())


def naming_paths(resource: type[Resource]) -> list[str]:
    """The references that the name of a row is made of, to be fetched along with it."""
    found = []
    for name in resource.titled:
        target = resource.field(name).related_model
        if target is not None:
            deeper = naming_paths(resource_of(target)) if has_resource(target) else []
            found += [name, *(f"{name}__{path}" for path in deeper)]
    # Where no fields are named the row says its name itself, from whatever is usually at hand.
    return found if resource.titled else list(resource.related)


class Columns:
    """Fetched columns of a resource, with what refers to unseen rows taken out.

    `names` are its fields, `paths` what a query fetches for them: the values of `names` in their
    order, then what is needed to ask for the references among them.
    """

    def __init__(self, resource: type[Resource], names: Sequence[str], actor: Actor) -> None:
        self.resource = resource
        self.names = list(names)
        self.sight = Sight(actor)
        fields = [resource.field(name) for name in names]
        self._asked = [
            (index, field)
            for index, field in enumerate(fields)
            if field.is_relation and not self.sight.is_open(field.related_model)
        ]
        self.paths = [path_of(field) for field in fields] + [field.attname for _index, field in self._asked]

    def rows(self, fetched: Sequence[Sequence[Any]]) -> list[list[Any]]:
        """The fetched rows as the actor may read them, a column for each name."""
        own = len(self.names)
        for place, (_index, field) in enumerate(self._asked, start=own):
            self.sight.look(field.related_model, (row[place] for row in fetched))
        return [self._row(row, own) for row in fetched]

    def _row(self, row: Sequence[Any], own: int) -> list[Any]:
        values = list(row[:own])
        for place, (index, field) in enumerate(self._asked, start=own):
            if not self.sight.sees(field.related_model, row[place]):
                values[index] = UNSEEN
        for index, name in enumerate(self.names):
            mentions = self.resource.mentions(name, self._reader(row))
            if mentions:
                values[index] = self.sight.masked(values[index], mentions)
        return values

    def _reader(self, row: Sequence[Any]) -> Callable[[str], Any]:
        return lambda name: row[self.names.index(name)]


def path_of(field: Any) -> str:
    """What a query fetches for a field: of a reference, the natural key of what it leads to."""
    if not field.is_relation:
        return str(field.name)
    if not has_resource(field.related_model):
        return str(field.attname)
    return f"{field.name}__{resource_of(field.related_model).key}"

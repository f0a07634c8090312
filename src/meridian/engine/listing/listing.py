"""A list of one resource: its filters, its order and one page of rows."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.listing.keyset import Order, token_of, values_of
from meridian.engine.listing.lookup import reference_text, row_by_words
from meridian.engine.listing.orders import is_long, orders
from meridian.engine.listing.parameters import NotUnderstood, faults_of, not_an_option, not_known, shown
from meridian.engine.listing.words import holding, not_words
from meridian.engine.policies import Actor
from meridian.engine.policies.policy import permitted
from meridian.engine.records import permitted_rows
from meridian.engine.resources import F, Resource, Sight
from meridian.kernel.words import folded

PAGE_ROWS = 50
COUNTED_ROWS = 10_000
# Of a long table: so many are sorted in less time than the longest way along an index takes.
SORTED_ROWS = 30_000
# Each value may be looked up by name: more of them in one filter would be a long wait.
MOST_VALUES = 50
PLACES = ("after", "before")
TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter in force: the field, the parameter's name, its value (of a row the id), that in words,
    as it was asked, and a text that means it and nothing else."""

    row: F
    parameter: str
    value: str
    words: str
    asked: str
    meant: str


@dataclass(slots=True)
class Page:
    """One page of a list. `total` is None when counting would cost more than it tells."""

    rows: list[Any]
    order: Order
    next_token: str = ""
    previous_token: str = ""
    total: int | None = None
    total_is_capped: bool = False
    chosen: list[Chosen] = field(default_factory=list)


class Listing:
    """The rows of a resource that an actor may see, as a query string asks for them.

    Parameters: a field's name (a choice, `true`/`false`, a referred row's key, id, or name as
    `row_by_words` reads it), as often as there are values of which any will do; `NAME_from` and
    `NAME_to` for dates (both inclusive), `q` for words of the row, `sort`, `after` or `before`. What
    makes no sense stands in `faults`, and no row is given then: `rows` and `page` raise
    `NotUnderstood`. `further` names parameters that are the caller's own.
    """

    def __init__(
        self,
        resource: type[Resource],
        actor: Actor,
        parameters: Mapping[str, str],
        further: Collection[str] = (),
    ) -> None:
        self.resource = resource
        self.actor = actor
        self.parameters = parameters
        self.chosen: list[Chosen] = []
        self.conditions: list[models.Q] = []
        self.faults = faults_of(parameters, {*self.known(), *further}, self._several())
        self.order = self._order()
        for row in resource.filters():
            self._read(row)
        self.words = self._words()
        self.place = self._place()

    def known(self) -> list[str]:
        """The names of all parameters."""
        return self.known_of(self.resource)

    @staticmethod
    def known_of(resource: type[Resource]) -> list[str]:
        """The same, of a list that nobody has asked yet."""
        names = (name for row in resource.filters() for name in _names(resource, row))
        return [*names, "q", "sort", *PLACES]

    def rows(self, action: str = "view") -> models.QuerySet:
        """All rows that pass the filters, unordered and unpaged."""
        if self.faults:
            raise NotUnderstood(self.faults)
        found = permitted_rows(self.resource.model, self.actor, action)
        for condition in self.conditions:
            found = found.filter(condition)
        return found

    def page(self, size: int = PAGE_ROWS, related: Collection[str] = ()) -> Page:
        """The page asked for, with the tokens of its neighbours; `related` is fetched along as well."""
        backwards = bool(self.parameters.get("before"))
        found = list(self.wanted(size, related))
        more = len(found) > size
        found = found[:size]
        if backwards:
            found.reverse()
        page = Page(found, self.order, chosen=list(self.chosen))
        if found:
            page.next_token = token_of(found[-1], self.order) if more or backwards else ""
            has_previous = more if backwards else self.place is not None
            page.previous_token = token_of(found[0], self.order) if has_previous else ""
        if self.place is None and not more:
            page.total = len(found)
        elif self.is_short or self.is_narrowed:
            page.total = self.found
            page.total_is_capped = page.total > COUNTED_ROWS
        return page

    def wanted(self, size: int = PAGE_ROWS, related: Collection[str] = ()) -> models.QuerySet:
        """The rows of the page asked for, in its order or backwards, and one more."""
        backwards = bool(self.parameters.get("before"))
        rows = self.rows()
        if self.place is not None:
            rows = rows.filter(self.order.after(self.place, backwards))
        ordering = self.order.expressions(backwards)
        if self.is_short:
            found = rows.select_related(*self.resource.related, *related).order_by(*ordering)
            return found[: size + 1]
        # Few rows are found by what they are filtered by, and sorted. Many are met soon along an index that
        # leads in the order and bears what lists are filtered by. The database can't tell which it will be:
        # it takes the columns of a row for independent, and an item opened late was never due early.
        few = self.is_narrowed and self.found <= SORTED_ROWS
        along = self.order.values(backwards) if few else ordering
        keys = rows.order_by(*along).values("pk")[: size + 1]
        shown = self.resource.model._default_manager.filter(pk__in=keys)
        return shown.select_related(*self.resource.related, *related).order_by(*ordering)

    def _order(self) -> Order:
        asked = self.parameters.get("sort", "")
        name = asked.removeprefix("-")
        by_name = orders(self.resource)
        if name in by_name:
            return Order((asked,))
        if asked:
            why = not_known(name, by_name)
            self.faults["sort"] = _("The list can't be sorted so. %(why)s") % {"why": why}
        return Order(self.resource.order)

    def _place(self) -> list[Any] | None:
        """The row after or before which the page lies; None for the first page."""
        asked = [name for name in PLACES if self.parameters.get(name)]
        if not asked:
            return None
        place = values_of(self.parameters[asked[0]], self.order, self.resource.model)
        if place is None or len(asked) > 1:
            self.faults[asked[0]] = _("This place in the list is not known: begin at its first page.")
        return place

    @cached_property
    def is_short(self) -> bool:
        """Whether the table can be read through: rows are counted then, and found by words."""
        return not is_long(self.resource.model)

    @cached_property
    def is_narrowed(self) -> bool:
        """Whether anything but the end of the table bounds the rows: filters, or rights."""
        return bool(self.conditions) or permitted(self.resource.model, self.actor, "view") != models.Q()

    @cached_property
    def found(self) -> int:
        """How many rows there are on all pages, counted no further than tells something."""
        most = COUNTED_ROWS if self.is_short else SORTED_ROWS
        return self.rows().order_by().values("pk")[: most + 1].count()

    def _several(self) -> list[str]:
        """The parameters that may be given more than once: any of their values will do."""
        return [row.name for row in self.resource.filters() if row.name in _names(self.resource, row)]

    def _words(self) -> str:
        """The words of `q` that rows must hold, all of them."""
        text = self.parameters.get("q", "").strip()
        if not text:
            return ""
        if sentence := not_words(text):
            self.faults["q"] = sentence
            return ""
        if not self.is_short:
            self.faults["q"] = _("This list is too long to be filtered by words. Search for them instead.")
            return ""
        self.conditions.append(holding(self.resource, self.actor, text))
        return text

    def _given(self, parameter: str) -> list[str]:
        """What is asked of a parameter, each value once."""
        several = getattr(self.parameters, "getlist", None)
        texts = several(parameter) if several else [self.parameters.get(parameter, "")]
        return list(dict.fromkeys(text.strip() for text in texts if text.strip()))

    def _read(self, row: F) -> None:
        column = self.resource.field(row.name)
        for parameter, lookup in _names(self.resource, row).items():
            values = []
            given = self._given(parameter)
            if len(given) > MOST_VALUES:
                self.faults[parameter] = _("Filter by at most %(most)s values of a field.") % {
                    "most": MOST_VALUES
                }
                continue
            for text in given:
                try:
                    value, words = self._value(column, text)
                except (ValidationError, ValueError, LookupError) as fault:
                    # No row is shown now, and the near ones of each further value would cost a search.
                    self.faults[parameter] = " ".join(getattr(fault, "messages", [str(fault)]))
                    break
                key = str(value.pk) if column.is_relation else str(value) if column.choices else text
                meant = reference_text(value, Sight(self.actor)) if column.is_relation else words
                self.chosen.append(Chosen(row, parameter, key, words, text, meant))
                values.append(value)
            if len(values) > 1:
                self.conditions.append(models.Q(**{f"{row.name}__in": values}))
            elif values and lookup and isinstance(column, models.DateTimeField):
                self.conditions.append(models.Q(**_from_or_to(row.name, values[0], lookup)))
            elif values:
                name = f"{row.name}__{lookup}" if lookup else row.name
                self.conditions.append(models.Q(**{name: values[0]}))

    def _value(self, column: Any, text: str) -> tuple[Any, str]:
        if "\0" in text:
            raise LookupError(_("“%(value)s” is no text.") % {"value": shown(text)})
        if column.is_relation:
            target = row_by_words(column.related_model, text, self.actor)
            return target, Sight(self.actor).title(target)
        if column.choices:
            labels = {str(key): label for key, label in column.flatchoices}
            text = _option(text, labels)
            if sentence := not_an_option(text, labels):
                raise LookupError(sentence)
            return column.to_python(text), str(labels[text])
        if isinstance(column, models.DateTimeField):
            return models.DateField().to_python(text), text
        if isinstance(column, models.BooleanField):
            truths = {"true": _("Yes"), "false": _("No")}
            if sentence := not_an_option(text.lower(), truths):
                raise LookupError(sentence)
            return TRUTHS[text.lower()], truths[text.lower()]
        return column.to_python(text), text


def _option(text: str, labels: Mapping[str, Any]) -> str:
    """The code that a word means: the code itself, its label, or both as a sentence names them."""
    if text in labels:
        return text
    called = [key for key, label in labels.items() if folded(str(label)) == folded(text)]
    return called[0] if len(called) == 1 else text.split(" · ", 1)[0].strip()


def _names(resource: type[Resource], row: F) -> dict[str, str]:
    """The parameters of a filter, each with how its value bounds the field."""
    if isinstance(resource.field(row.name), models.DateField):
        return {f"{row.name}_from": "gte", f"{row.name}_to": "lte"}
    return {row.name: ""}


def _from_or_to(name: str, day: datetime.date, lookup: str) -> dict[str, Any]:
    """A day in the reader's zone as a bound on instants, which unlike a date of them can use an index."""
    if lookup == "gte":
        return {f"{name}__gte": _start_of(day)}
    return {f"{name}__lt": _start_of(day + datetime.timedelta(days=1))} if day < datetime.date.max else {}


def _start_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))

"""The row that somebody means by a word: its key, its id, its name in any language.

The one look-up of filters, forms, files and the interface: what isn't known is refused with
the near ones, and a word that fits several rows with their names.
"""

from collections.abc import Iterator
from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Func, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.policies import Actor
from meridian.engine.records import permitted_rows
from meridian.engine.records.sizes import rows_about
from meridian.engine.resources import Resource, Sight, has_resource, is_translated, resource_of
from meridian.engine.translation import language_codes
from meridian.kernel.words import MARKS, folded, near

MOST_NAMED = 5
MOST_COMPARED = 2_000
# Beyond so many rows a word is no way to name one: only keys and ids are.
MOST_NAMED_ROWS = 100_000
LONGEST_WORD = 200


class NotKnown(Refusal, LookupError):
    """Nothing, or more than one row, is meant; the sentence says so and names the near ones."""


class _Folded(Func):
    """A text as `kernel.words.folded` makes it, but for spaces."""

    template = f"lower(regexp_replace(normalize(%(expressions)s, NFKD), '{MARKS}', '', 'g'))"
    output_field = models.TextField()


def referred_row(model: type[models.Model], text: str, actor: Actor) -> models.Model:
    """The row that a person or a file means by `text`: its natural key, else its id, else its name.

    A trailing description after ` · ` is ignored. Raises NotKnown (a LookupError) when the actor
    can see no such row, or when several have that name.
    """
    return _found(model, text, actor, may_begin=False)


def row_by_words(model: type[models.Model], text: str, actor: Actor) -> Any:
    """As `referred_row`, and the beginning of a name is enough when one row alone begins so."""
    return _found(model, text, actor, may_begin=True)


def reference_text(row: models.Model, sight: Sight) -> str:
    """`code · name`, as suggestions show it and `referred_row` reads it back."""
    key = resource_of(type(row)).key if has_resource(type(row)) else "pk"
    value = str(getattr(row, key))
    title = sight.title(row)
    return value if value == title else f"{value} · {title}"


def _found(model: type[models.Model], text: str, actor: Actor, *, may_begin: bool) -> models.Model:
    rows, words = _seen(model, actor), text.split(" · ", 1)[0].strip()
    if not words or "\0" in words or len(words) > LONGEST_WORD:
        _refuse(model, words[:LONGEST_WORD], [])
    key = resource_of(model).key if has_resource(model) else "pk"
    row = rows.filter(**{key: words}).first() if key not in ("id", "pk") else None
    if row is None and words.isdecimal() and len(words) < 19:
        row = rows.filter(pk=int(words)).first()
    if row is not None:
        return row
    if not has_resource(model) or not _may_be_named(model):
        _refuse(model, words, [])
    sight = Sight(actor)
    named = _Named(resource_of(model), rows, sight)
    for meant in (named.called(words), named.beginning(words) if may_begin else []):
        if len(meant) == 1:
            return meant[0]
        if meant:
            _refuse_several(model, words, meant, sight)
    _refuse(model, words, named.near(words))


def _seen(model: type[models.Model], actor: Actor) -> QuerySet:
    return permitted_rows(model, actor) if has_resource(model) else model._default_manager.all()


def _may_be_named(model: type[models.Model]) -> bool:
    return rows_about(model) < MOST_NAMED_ROWS


class _Named:
    """Rows by what they are called: the key and the fields that the search weighs most."""

    def __init__(self, resource: type[Resource], rows: QuerySet, sight: Sight) -> None:
        self.resource = resource
        self.sight = sight
        self.rows = rows.select_related(*resource.related)
        self.names = self._names()

    def called(self, words: str) -> list[models.Model]:
        return self._where("exact", words)

    def beginning(self, words: str) -> list[models.Model]:
        return self._where("startswith", words)

    def near(self, words: str) -> list[str]:
        """The rows whose names hold or resemble the words."""
        known: dict[str, models.Model] = {}
        candidates = [*self._where("contains", words), *self.rows.order_by("pk")[:MOST_COMPARED]]
        for row in candidates:
            for name in self._words_of(row):
                known.setdefault(name, row)
        return list(dict.fromkeys(reference_text(known[name], self.sight) for name in near(words, known)))

    def _names(self) -> dict[str, Any]:
        """An expression for each name, under the alias by which it is asked."""
        fields = [self.resource.field(row.name) for row in self.resource.fields if row.search == "A"]
        plain = [field for field in fields if isinstance(field, models.CharField)]
        if self.resource.key != "id" and self.resource.key not in {field.name for field in plain}:
            plain.append(self.resource.field(self.resource.key))
        found: dict[str, Any] = {field.name: F(field.name) for field in plain}
        order = [field.name for field in self.resource.model._meta.concrete_fields]
        together = sorted((field.name for field in plain if not field.unique), key=order.index)
        if len(together) > 1:
            spaced = [part for name in together for part in (Value(" "), F(name))][1:]
            found["together"] = Concat(*spaced, output_field=models.TextField())
        for field in fields:
            if is_translated(field):
                found |= {
                    f"{field.name}_{code.replace('-', '_')}": KeyTextTransform(code, field.name)
                    for code in language_codes()
                }
        return {f"called_{alias}": _Folded(name) for alias, name in found.items()}

    def _where(self, lookup: str, words: str) -> list[models.Model]:
        wanted = folded(words)
        if not wanted:
            return []
        condition = models.Q(pk__in=())
        for alias in self.names:
            condition |= models.Q(**{f"{alias}__{lookup}": wanted})
        keys = self.rows.alias(**self.names).filter(condition).order_by("pk").values_list("pk", flat=True)
        # A right may be asked by a join, which repeats rows.
        found = list(dict.fromkeys(keys[: 2 * MOST_NAMED + 2]))[: MOST_NAMED + 1]
        return list(self.rows.model._default_manager.filter(pk__in=found).order_by("pk")) if found else []

    def _words_of(self, row: models.Model) -> Iterator[str]:
        yield self.sight.title(row)
        for alias in {declared.name for declared in self.resource.fields if declared.search == "A"}:
            value = getattr(row, alias)
            yield from value.values() if isinstance(value, dict) else [str(value)]
        if self.resource.key != "id":
            yield str(getattr(row, self.resource.key))


def _refuse_several(
    model: type[models.Model], words: str, meant: list[models.Model], sight: Sight
) -> NoReturn:
    named = ", ".join(f"“{reference_text(row, sight)}”" for row in meant[:MOST_NAMED])
    if len(meant) > MOST_NAMED:
        named = _("%(some)s and others") % {"some": named}
    raise NotKnown(
        _("“%(text)s” may mean several %(nouns)s: %(named)s. Write the code of one.")
        % {"text": words, "nouns": model._meta.verbose_name_plural, "named": named}
    )


def _refuse(model: type[models.Model], words: str, suggested: list[str]) -> NoReturn:
    said = {"noun": model._meta.verbose_name, "text": words}
    sentence = _("There is no %(noun)s called “%(text)s”.") % said
    raise NotKnown(f"{sentence} {suggestion(suggested)}".strip())


def suggestion(words: list[str]) -> str:
    """“Did you mean …?” for the near ones; empty when there are none."""
    if not words:
        return ""
    return _("Did you mean %(words)s?") % {"words": ", ".join(f"“{word}”" for word in words)}

"""The quick filter of a list: rows that hold all of some words, wherever the list could show them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from meridian.engine.listing.parameters import shown
from meridian.engine.policies import Actor
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource, has_resource, is_translated, resource_of
from meridian.engine.translation import language_codes

LONGEST_WORDS = 200
# Each word is sought in every field, and in those of the rows referred to.
MOST_WORDS = 12
PLAIN = (models.CharField, models.TextField)
NONE = models.Q(pk__in=())


def not_words(text: str) -> str:
    """The sentence on a text by which no list can be filtered; empty when it can."""
    if "\0" in text:
        return _("“%(value)s” is no text.") % {"value": shown(text)}
    if len(text) > LONGEST_WORDS:
        return _("Filter by at most %(most)s characters: a few words are enough.") % {"most": LONGEST_WORDS}
    if len(_unique(text)) > MOST_WORDS:
        return _("Filter by at most %(most)s words: a few are enough.") % {"most": MOST_WORDS}
    return ""


def holding(resource: type[Resource], actor: Actor, text: str) -> models.Q:
    """The rows that hold each word of `text` in a field, or in the name of a row that the actor sees."""
    condition = models.Q()
    for word in _unique(text):
        condition &= _anywhere(resource, actor, word)
    return condition


def _unique(text: str) -> list[str]:
    """Each word once, whatever its case."""
    return list({word.casefold(): word for word in text.split()}.values())


def _anywhere(resource: type[Resource], actor: Actor, word: str) -> models.Q:
    condition = NONE
    for declared in resource.fields:
        field = resource.field(declared.name)
        if not (declared.column or declared.search or declared.name == resource.key):
            continue
        if field.is_relation and not field.many_to_many:
            condition |= _named(field, actor, word)
        else:
            condition |= _within(field, word)
    return condition


def _within(field: Any, word: str) -> models.Q:
    """Rows whose own field holds the word."""
    if field.choices:
        codes = [code for code, label in field.flatchoices if word.casefold() in str(label).casefold()]
        return models.Q(**{f"{field.name}__in": codes})
    if is_translated(field):
        condition = NONE
        for code in language_codes():
            condition |= models.Q(**{f"{field.name}__{code}__icontains": word})
        return condition
    return models.Q(**{f"{field.name}__icontains": word}) if isinstance(field, PLAIN) else NONE


def _named(field: Any, actor: Actor, word: str) -> models.Q:
    """Rows that refer to one of that name, among those that the actor sees."""
    if not has_resource(field.related_model):
        return NONE
    target = resource_of(field.related_model)
    names = {row.name for row in target.fields if row.search == "A"} | ({target.key} - {"id"})
    condition = NONE
    for name in sorted(names):
        condition |= _within(target.field(name), word)
    if condition == NONE:
        return NONE
    rows = permitted_rows(field.related_model, actor, "view").filter(condition).order_by()
    return models.Q(**{f"{field.name}__in": rows.values("pk")})

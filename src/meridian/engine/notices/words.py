"""Sentences that are told in each reader's own words: language, notation, zone."""

import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import models
from django.utils.functional import Promise, lazy

from meridian.engine.figures import day_text, instant_text, number_text
from meridian.engine.values import value_text


class FieldOf(NamedTuple):
    """What stands in a field of a row: the label of a choice, an amount with its unit."""

    row: models.Model
    name: str


def _worded(sentence: str | Promise, facts: dict[str, Any]) -> str:
    return str(sentence) % {name: _told(fact) for name, fact in facts.items()}


def _told(fact: Any) -> str:
    if isinstance(fact, FieldOf):
        return value_text(fact.row._meta.get_field(fact.name), getattr(fact.row, fact.name))
    if isinstance(fact, datetime.datetime):
        return instant_text(fact)
    if isinstance(fact, datetime.date):
        return day_text(fact)
    if isinstance(fact, int | Decimal):
        return number_text(fact)
    return str(fact)


_lazily = lazy(_worded, str)


def in_words(sentence: str | Promise, /, **facts: Any) -> str:
    """A lazy sentence with facts at its placeholders, told when somebody's language and zone are in force.

    A fact is a text, a row (its name), a `FieldOf`, a day, an instant or a number.
    """
    return _lazily(sentence, facts)

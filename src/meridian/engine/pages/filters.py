"""The filter bar above a list, from what the resource declares as filters."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.inputs.fields import FEW_ROWS
from meridian.engine.listing.listing import Listing
from meridian.engine.policies import Actor
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource, Sight, has_resource, naming_paths, resource_of
from meridian.engine.values import label_of
from meridian.engine.values.together import Query, fetch_together

# What of the address stays when the list is filtered anew.
KEPT = ("sort", "columns")
# References of which the rows are listed; of any further one a name is typed, so that a list with many
# costs no more statements.
MOST_LISTS = 2


Choices = dict[str, list[models.Model]]


def reference_choices(listing: Listing) -> Choices:
    """The rows of which one can be chosen, by the name of the reference: of the first few of them, where
    there are not too many to be read."""
    declared = [listing.resource.field(row.name) for row in listing.resource.filters()]
    wanted = [field for field in declared if field.is_relation][:MOST_LISTS]
    queries = [_choosable(field.related_model, listing.actor) for field in wanted]
    return {
        field.name: rows
        for field, rows in zip(wanted, fetch_together(queries), strict=True)
        if len(rows) <= FEW_ROWS
    }


def named_by(choices: Choices) -> Iterator[tuple[type[Resource], list[models.Model], tuple[()]]]:
    """The rows to choose from, for a look at what their names hold."""
    for rows in choices.values():
        if rows and has_resource(type(rows[0])):
            yield resource_of(type(rows[0])), rows, ()


def _choosable(model: type[models.Model], actor: Actor) -> Query:
    rows = model._default_manager.all()
    along: list[str] = []
    if has_resource(model):
        rows, along = permitted_rows(model, actor), naming_paths(resource_of(model))
    return rows.order_by("pk")[: FEW_ROWS + 1], along


def filter_bar(
    listing: Listing, query: QueryDict, url: str, choices: Choices, sight: Sight
) -> dict[str, Any]:
    """The context of `design/partials/filter_bar.html`."""
    resource = listing.resource
    kept = {name: query[name] for name in KEPT if name in query and name not in listing.faults}
    declared = [resource.field(row.name) for row in resource.filters()]
    return {
        "url": url,
        "query_label": _("Filter this list") if listing.is_short else "",
        "query": query.get("q", ""),
        "groups": _groups(listing, query, declared, choices, sight),
        "dates": [
            part for field in declared if isinstance(field, models.DateField) for part in _days(field, query)
        ],
        "hidden": [{"name": name, "value": value} for name, value in kept.items()],
        "count": len(listing.chosen),
        "chosen": [*_said(listing, query, url), *_words(listing, query, url)],
        "faults": [
            {"sentence": sentence, "without_url": _without(query, url, name)}
            for name, sentence in listing.faults.items()
        ],
        "clear_url": f"{url}?{urlencode(kept)}" if kept else url,
    }


def _said(listing: Listing, query: QueryDict, url: str) -> Iterator[dict[str, str]]:
    """Each value that narrows the list, and the way to the list without it."""
    for found in listing.chosen:
        label = label_of(listing.resource.field(found.row.name))
        words = _("%(field)s: %(value)s") % {"field": label, "value": found.words}
        yield {"label": words, "remove_url": _without(query, url, found.parameter, found.asked)}


def _words(listing: Listing, query: QueryDict, url: str) -> Iterator[dict[str, str]]:
    if listing.words:
        yield {"label": f"“{listing.words}”", "remove_url": _without(query, url, "q")}


def _days(field: Any, query: QueryDict) -> list[dict[str, str]]:
    """The first and the last day that count, both inclusive."""
    label = label_of(field)
    ends = ((f"{field.name}_from", _("%(field)s from")), (f"{field.name}_to", _("%(field)s to")))
    return [
        {"name": name, "label": words % {"field": label}, "value": query.get(name, "")}
        for name, words in ends
    ]


def _groups(
    listing: Listing, query: QueryDict, declared: list[Any], choices: Choices, sight: Sight
) -> list[dict[str, Any]]:
    """The fields to filter by, each with what can be chosen or a place to type in."""
    return [
        _group(listing, field, query.getlist(field.name), _options(field, choices, sight))
        for field in declared
        if not isinstance(field, models.DateField)
    ]


def _group(
    listing: Listing, field: Any, asked: list[str], options: list[tuple[str, str]] | None
) -> dict[str, Any]:
    """A value that wasn't understood stays in sight to be mended."""
    group: dict[str, Any] = {"name": field.name, "label": label_of(field)}
    understood = {found.asked: found for found in listing.chosen if found.parameter == field.name}
    # Where nothing can be chosen one may still type: the page then says that there is no such row.
    # What is typed must mean the same row when it is sent again: several may share a name.
    if not options:
        texts = [understood[text].meant if text in understood else text for text in asked if text]
        source = ""
        if field.is_relation and has_resource(field.related_model):
            source = reverse("lookup", args=(field.related_model._meta.label_lower,))
        return group | {"typed": [*texts, ""], "source": source}
    chosen = {understood[text].value if text in understood else text for text in asked if text}
    known = dict(options)
    options = [*((value, value) for value in sorted(chosen - set(known))), *options]
    choices = [{"value": value, "label": words, "chosen": value in chosen} for value, words in options]
    return group | {"choices": choices}


def _options(field: Any, choices: Choices, sight: Sight) -> list[tuple[str, str]] | None:
    """What can be chosen; None when it must be typed."""
    if field.is_relation:
        if field.name not in choices:
            return None
        named = ((str(row.pk), sight.title(row)) for row in choices[field.name])
        return sorted(named, key=lambda pair: pair[1])
    if field.choices:
        return [(str(value), str(words)) for value, words in field.flatchoices if value != ""]
    if isinstance(field, models.BooleanField):
        return [
            ("true", _("Yes")),
            ("false", _("No")),
        ]
    return None


def _without(query: QueryDict, url: str, parameter: str, value: str = "") -> str:
    """The list without a parameter, or without one of its values."""
    kept = query.copy()
    for name in ("after", "before"):
        kept.pop(name, None)
    rest = [other for other in kept.getlist(parameter) if value and other.strip() != value]
    kept.setlist(parameter, rest)
    return f"{url}?{kept.urlencode()}" if any(kept.values()) else url

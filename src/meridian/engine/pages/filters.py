"""The filter bar above a list, from what the resource declares as filters."""

from typing import Any

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

from meridian.engine.inputs.fields import FEW_ROWS
from meridian.engine.listing.listing import Listing
from meridian.engine.policies import Actor
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Sight, has_resource
from meridian.engine.values import label_of


def filter_bar(listing: Listing, query: QueryDict, url: str) -> dict[str, Any]:
    """The context of `design/partials/filter_bar.html`."""
    resource, actor = listing.resource, listing.actor
    meant = {found.parameter: found.value for found in listing.chosen}
    declared = [resource.field(row.name) for row in resource.filters()]
    return {
        "url": url,
        "query_label": "",
        "fields": [
            _choice(field, actor, query.get(field.name, ""), meant)
            for field in declared
            if not isinstance(field, models.DateField)
        ],
        "dates": [
            part for field in declared if isinstance(field, models.DateField) for part in _days(field, query)
        ],
        "hidden": [{"name": "sort", "value": query["sort"]}]
        if "sort" in query and "sort" not in listing.faults
        else [],
        "chosen": [
            {
                "label": _("%(field)s: %(value)s")
                % {"field": label_of(resource.field(found.row.name)), "value": found.words},
                "remove_url": _without(query, url, found.parameter),
            }
            for found in listing.chosen
        ],
        "faults": [
            {"sentence": sentence, "without_url": _without(query, url, name)}
            for name, sentence in listing.faults.items()
        ],
        "clear_url": url,
    }


def _days(field: Any, query: QueryDict) -> list[dict[str, str]]:
    """The first and the last day that count, both inclusive."""
    label = label_of(field)
    ends = ((f"{field.name}_from", _("%(field)s from")), (f"{field.name}_to", _("%(field)s to")))
    return [
        {"name": name, "label": words % {"field": label}, "value": query.get(name, "")}
        for name, words in ends
    ]


def _choice(field: Any, actor: Actor, asked: str, meant: dict[str, str]) -> dict[str, Any]:
    """`meant` has the values that were understood; one that wasn't stays in sight to be mended."""
    label, chosen = label_of(field), meant.get(field.name, asked)
    options = _options(field, actor)
    if options is None:
        return {"name": field.name, "label": label, "value": asked}
    if chosen and chosen not in dict(options):
        options = [(chosen, chosen), *options]
    choices = [{"value": "", "label": label, "chosen": not chosen}]
    choices += [{"value": value, "label": words, "chosen": value == chosen} for value, words in options]
    return {"name": field.name, "label": label, "choices": choices}


def _options(field: Any, actor: Actor) -> list[tuple[str, str]] | None:
    """What can be chosen; None when it must be typed."""
    if field.is_relation:
        rows = field.related_model._default_manager.all()
        if has_resource(field.related_model):
            rows = permitted_rows(field.related_model, actor)
        found = list(rows.order_by("pk")[: FEW_ROWS + 1])
        sight = Sight(actor)
        if len(found) > FEW_ROWS:
            return None
        return sorted(((str(row.pk), sight.title(row)) for row in found), key=lambda pair: pair[1])
    if field.choices:
        return [(str(value), str(words)) for value, words in field.flatchoices if value != ""]
    if isinstance(field, models.BooleanField):
        return [
            ("true", _("%(field)s: yes") % {"field": label_of(field)}),
            ("false", _("%(field)s: no") % {"field": label_of(field)}),
        ]
    return None


def _without(query: QueryDict, url: str, parameter: str) -> str:
    kept = query.copy()
    for name in (parameter, "after", "before"):
        kept.pop(name, None)
    return f"{url}?{kept.urlencode()}" if kept else url

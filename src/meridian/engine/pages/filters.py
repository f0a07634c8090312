"""The filter bar above a list, from what the resource declares as filters."""

from typing import Any

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

from meridian.engine.inputs.fields import FEW_ROWS
from meridian.engine.listing.listing import Page
from meridian.engine.pages.display import label_of
from meridian.engine.policies import Actor
from meridian.engine.resources import F, Resource, has_resource


def filter_bar(
    resource: type[Resource], actor: Actor, query: QueryDict, page: Page, url: str
) -> dict[str, Any]:
    """The context of `design/partials/filter_bar.html`."""
    fields = [part for row in resource.filters() for part in _parts(resource, actor, query, row)]
    return {
        "url": url,
        "query_label": "",
        "fields": fields,
        "hidden": [{"name": "sort", "value": query["sort"]}] if "sort" in query else [],
        "chosen": [
            {
                "label": _("%(field)s: %(value)s")
                % {"field": label_of(resource.field(found.row.name)), "value": found.words},
                "remove_url": _without(query, url, found.parameter),
            }
            for found in page.chosen
        ],
        "clear_url": url,
    }


def _parts(resource: type[Resource], actor: Actor, query: QueryDict, row: F) -> list[dict[str, Any]]:
    field = resource.field(row.name)
    label = label_of(field)
    if isinstance(field, models.DateField):
        return [
            {
                "name": f"{row.name}_from",
                "label": _("%(field)s from") % {"field": label},
                "type": "date",
                "value": query.get(f"{row.name}_from", ""),
            },
            {
                "name": f"{row.name}_to",
                "label": _("%(field)s to") % {"field": label},
                "type": "date",
                "value": query.get(f"{row.name}_to", ""),
            },
        ]
    chosen = query.get(row.name, "")
    options = _options(field, actor)
    if options is None:
        return [{"name": row.name, "label": label, "type": "text", "value": chosen}]
    choices = [{"value": "", "label": label, "chosen": not chosen}]
    choices += [{"value": value, "label": words, "chosen": value == chosen} for value, words in options]
    return [{"name": row.name, "label": label, "choices": choices}]


def _options(field: Any, actor: Actor) -> list[tuple[str, str]] | None:
    """What can be chosen; None when it must be typed."""
    if field.is_relation:
        rows = field.related_model._default_manager.all()
        if has_resource(field.related_model):
            rows = rows.permitted(actor, "view")
        found = list(rows.order_by("pk")[: FEW_ROWS + 1])
        if len(found) > FEW_ROWS:
            return None
        return sorted(((str(row.pk), str(row)) for row in found), key=lambda pair: pair[1])
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

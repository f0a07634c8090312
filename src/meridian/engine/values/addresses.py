"""Where the page of a row is."""

from functools import cache

from django.db import models
from django.urls import reverse

from meridian.engine.resources import Resource, concerns, has_resource, resource_of


def resource_name(resource: type[Resource]) -> str:
    """The stem of a resource's URL names: `places-site`."""
    return f"{resource.module()}-{resource.noun()}"


def url_of(row: models.Model) -> str:
    """The address of a row's page, of an entry that of the row it stands for; empty when there is none."""
    if not has_resource(type(row)):
        return ""
    if resource_of(type(row)).stands_for:
        return _url_of_what(row)
    before, after = _around_key(type(row))
    return f"{before}{row.pk}{after}"


def _url_of_what(entry: models.Model) -> str:
    kind, key = (getattr(entry, name) for name in resource_of(type(entry)).stands_for)
    model = concerns()[kind].model if kind in concerns() else type(entry)
    before, after = _around_key(model)
    return f"{before}{key if model is not type(entry) else entry.pk}{after}"


@cache
def _around_key(model: type[models.Model]) -> tuple[str, str]:
    """What stands before and after the key: a list prints two hundred addresses."""
    whole = reverse(f"{resource_name(resource_of(model))}-detail", args=(0,))
    before, _key, after = whole.rpartition("0")
    return before, after

"""Where the page of a row is."""

from functools import cache

from django.db import models
from django.urls import reverse

from meridian.engine.resources import Resource, has_resource, resource_of


def resource_name(resource: type[Resource]) -> str:
    """The stem of a resource's URL names: `places-site`."""
    return f"{resource.module()}-{resource.noun()}"


def url_of(row: models.Model) -> str:
    """The address of a row's page; empty when its model has none."""
    if not has_resource(type(row)):
        return ""
    before, after = _around_key(type(row))
    return f"{before}{row.pk}{after}"


@cache
def _around_key(model: type[models.Model]) -> tuple[str, str]:
    """What stands before and after the key: a list prints two hundred addresses."""
    whole = reverse(f"{resource_name(resource_of(model))}-detail", args=(0,))
    before, _key, after = whole.rpartition("0")
    return before, after

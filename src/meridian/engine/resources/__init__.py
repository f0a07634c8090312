"""One declaration per model, from which every surface is derived."""

from meridian.engine.resources.fields import F, is_translated
from meridian.engine.resources.registry import audited_tables, has_resource, resource_of, resources
from meridian.engine.resources.resource import Panel, Resource

__all__ = [
    "F",
    "Panel",
    "Resource",
    "audited_tables",
    "has_resource",
    "is_translated",
    "resource_of",
    "resources",
]

"""One declaration per model, from which every surface is derived."""

from meridian.engine.resources.fields import F, is_translated
from meridian.engine.resources.permissions import (
    asked_permissions,
    check_permissions,
    known_permissions,
    unknown_permissions,
)
from meridian.engine.resources.registry import (
    audited_tables,
    concerns,
    entered_as,
    has_resource,
    resource_of,
    resources,
)
from meridian.engine.resources.resource import Concern, Panel, Resource
from meridian.engine.resources.sight import (
    UNSEEN,
    Columns,
    Mention,
    Sight,
    naming_paths,
    path_of,
    unseen_text,
)
from meridian.engine.resources.verb import Ask, Verb

__all__ = [
    "UNSEEN",
    "Ask",
    "Columns",
    "Concern",
    "F",
    "Mention",
    "Panel",
    "Resource",
    "Sight",
    "Verb",
    "asked_permissions",
    "audited_tables",
    "check_permissions",
    "concerns",
    "entered_as",
    "has_resource",
    "is_translated",
    "known_permissions",
    "naming_paths",
    "path_of",
    "resource_of",
    "resources",
    "unknown_permissions",
    "unseen_text",
]

"""The one renderer of values: what lists, pages, histories, the trail and notices say of a field."""

from meridian.engine.values.addresses import resource_name, url_of
from meridian.engine.values.kinds import column_kind, heading_of, is_grouped, kind_of, label_of, unit_of
from meridian.engine.values.reading import read_value
from meridian.engine.values.renderer import ABSENT, Renderer, value_cell, value_text

__all__ = [
    "ABSENT",
    "Renderer",
    "column_kind",
    "heading_of",
    "is_grouped",
    "kind_of",
    "label_of",
    "read_value",
    "resource_name",
    "unit_of",
    "url_of",
    "value_cell",
    "value_text",
]

"""What crosses the boundary of the inventory."""

from dataclasses import dataclass, field
from typing import Any

# An item that turned out to be another keeps its former key behind this mark.
PAST = "past:"


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item as discovery knows it; `key` is its row, None for one that isn't there yet."""

    identity: str
    item_class: str
    name: str = ""
    maker: str = ""
    model_name: str = ""
    serial_number: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    consists_of: dict[str, Any] = field(default_factory=dict)
    key: int | None = None

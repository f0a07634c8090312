"""What routing tells other modules. Ids are keys of rows, instants UTC."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ItemUnroutable:
    """Nobody can have an item: a person must decide. `team` is whose lead hears of it, if any."""

    item: int
    team: int | None
    at: datetime

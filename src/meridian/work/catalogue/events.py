"""What the catalogue tells other modules. Ids are keys of rows, instants UTC."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OrderPlaced:
    order: int
    person: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LineFulfilled:
    """A line is done; what is charged of it stands in the usage facts."""

    line: int
    order: int
    at: datetime


UNHEARD = {
    OrderPlaced: "Approvals and the desk tell people by themselves; charging will hear of it.",
    LineFulfilled: "Charging will hear of it; the requester is told by the desk that the request is solved.",
}

"""What hand-over tells other modules. Ids are keys of rows, instants UTC."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ItemOffered:
    """An item waits for another hub to accept it; it stays with `from_hub` until then."""

    item: int
    sheet_item: int
    from_hub: int
    to_hub: int
    person: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemAccepted:
    """From now on the item is in the hands of `to_hub`; `offered_at` to `at` is the gap."""

    item: int
    sheet_item: int
    from_hub: int
    to_hub: int
    person: int | None
    offered_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemReturned:
    """The other hub does not take the item, and says why."""

    item: int
    sheet_item: int
    from_hub: int
    to_hub: int
    person: int | None
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ItemUnaccepted:
    """A quarter of an hour after the offer nobody has answered."""

    item: int
    sheet_item: int
    to_hub: int
    at: datetime


UNHEARD = {
    ItemOffered: "for clocks: the time allowed for accepting runs from here",
    ItemAccepted: "for clocks: the time allowed for accepting ends here",
}

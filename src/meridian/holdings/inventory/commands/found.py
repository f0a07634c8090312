"""What discovery finds is written here, many items at once, inside of its command."""

from collections.abc import Iterable, Sequence
from typing import Any

from meridian.engine.numbering import Series, next_numbers
from meridian.engine.records.together import write_together
from meridian.holdings.inventory.contracts import PAST, FoundItem
from meridian.holdings.inventory.models import Item, ItemLife, Server, Workstation
from meridian.holdings.inventory.queries.classes import class_tree

SERIES = Series("ITM")
WRITTEN = (
    *("name", "item_class", "state", "maker", "model_name", "serial_number", "identity"),
    *("attributes", "consists_of"),
)


def write_found(found: Sequence[FoundItem]) -> tuple[list[int], set[int]]:
    """Add and change items: their keys in the order given, and the keys of those that were changed."""
    tree = class_tree()
    known = Item.objects.select_for_update(of=("self",)).order_by("pk")
    rows = known.in_bulk([one.key for one in found if one.key is not None])
    changed, keys = [], [0] * len(found)
    for place, one in enumerate(found):
        if one.key is not None:
            row = rows[one.key]
            keys[place] = row.pk
            before = _told(row)
            _take_over(row, one, tree)
            if _told(row) != before:
                changed.append(row)
    _move_aside(changed)
    write_together(changed, WRITTEN)
    places = [place for place, one in enumerate(found) if one.key is None]
    for place, row in zip(places, _added([found[place] for place in places], tree), strict=True):
        keys[place] = row.pk
    return keys, {row.pk for row in changed}


def remove_found(keys: Iterable[int]) -> None:
    """Retire items that turned out to be another: nothing tells of them any more."""
    rows = list(Item.objects.select_for_update().filter(pk__in=list(keys)).order_by("pk"))
    for row in rows:
        row.identity = f"{PAST}{row.identity}"[:380] + f" {row.pk}"
        row.state = ItemLife.RETIRED
    write_together(rows, ("identity", "state"))


def _move_aside(changed: Sequence[Item]) -> None:
    """Give up keys first: two items may change theirs for each other's."""
    moved = {row.pk for row in changed}
    taken = Item.objects.filter(identity__in=[row.identity for row in changed]).exclude(identity=None)
    owners = dict(taken.values_list("pk", "identity"))
    wanted = {row.identity: row.pk for row in changed}
    aside = [pk for pk, identity in owners.items() if wanted[identity] != pk and pk in moved]
    Item.objects.filter(pk__in=aside).update(identity=None)


def _added(found: Sequence[FoundItem], tree: dict[str, tuple[int, str]]) -> list[Item]:
    if not found:
        return []
    rows = []
    for code, one in zip(next_numbers(SERIES, len(found)), found, strict=True):
        row = Item(code=code)
        _take_over(row, one, tree)
        rows.append(row)
    _place(rows)
    return Item.objects.bulk_create(rows)


def _place(rows: Sequence[Item]) -> None:
    """A new item whose asset tag is an inventory number of the register stands where that one does."""
    tags = {str(row.attributes["asset_tag"]) for row in rows if "asset_tag" in row.attributes}
    if not tags:
        return
    desks = {one.code: (one.site_id, None, one.unit_id, one.user_id) for one in _called(Workstation, tags)}
    racks = {one.code: (None, one.facility_id, one.unit_id, None) for one in _called(Server, tags)}
    for row in rows:
        place = (desks | racks).get(str(row.attributes.get("asset_tag")))
        if place is not None:
            row.site_id, row.facility_id, row.unit_id, row.holder_id = place


def _called(model: type[Any], codes: Iterable[str]) -> Iterable[Any]:
    return model.objects.filter(code__in=codes)


def _take_over(row: Item, one: FoundItem, tree: dict[str, tuple[int, str]]) -> None:
    if (row.identity or "").startswith(PAST):
        row.state = ItemLife.IN_SERVICE
    row.item_class_id = tree[one.item_class][0]
    for name in ("identity", "name", "maker", "model_name", "serial_number", "attributes", "consists_of"):
        setattr(row, name, getattr(one, name))


def _told(row: Item) -> tuple[Any, ...]:
    names = ("identity", "item_class_id", "name", "maker", "model_name", "serial_number", "state")
    return (*(getattr(row, name) for name in names), row.attributes, row.consists_of)

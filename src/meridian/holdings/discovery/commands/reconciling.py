"""From sightings to items: identify, choose, write; what is in doubt becomes a task, and is not written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.holdings.discovery.models import Duplicate, Lock
from meridian.holdings.discovery.queries.claims import Known, blocked_keys, connected, known_of, ties_among
from meridian.holdings.discovery.rules.choosing import Choice, choose
from meridian.holdings.discovery.rules.identifying import Doubt, Thing, identify
from meridian.holdings.discovery.rules.shape import LISTS
from meridian.holdings.inventory.facade import (
    PAST,
    FoundItem,
    class_tree,
    narrowest,
    remove_found,
    write_found,
)

Item = reference("inventory.Item")
TOP = "item"
COLUMNS = {"name": "name", "maker": "maker", "model": "model_name", "serial": "serial_number"}
BELONG = """
UPDATE discovery_sighting AS kept SET item_id = given.item
FROM unnest(%s::bigint[], %s::bigint[]) AS given (id, item)
WHERE kept.id = given.id AND kept.item_id IS DISTINCT FROM given.item
"""


@dataclass(slots=True)
class Became:
    """Items that were made, and those that were changed."""

    created: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)


def reconcile(actor: Actor, keys: Iterable[int]) -> Became:
    """Bring the items of these sightings, and of all connected with them, to what the sightings say."""
    wanted = set(keys)
    if not wanted:
        return Became()
    known = {one.name: one for one in known_of(connected(wanted))}
    ties = ties_among({one.id: one.name for one in known.values()})
    found = identify([one.sighted for one in known.values()], ties, blocked_keys())
    became = _write(known, found.things)
    _note(known, found.doubts)
    return became


def _write(known: Mapping[str, Known], things: Sequence[Thing]) -> Became:
    rows = _rows_of(known, things)
    locks = _locks([key for key in rows.values() if key is not None])
    tree = class_tree()
    wanted = [
        _found(thing, [known[name] for name in thing.members], rows[thing.identity], locks, tree)
        for thing in things
    ]
    left = {one.item for one in known.values() if one.item is not None} - set(rows.values())
    remove_found(left)
    keys, changed = write_found(wanted)
    created = {key for key, one in zip(keys, wanted, strict=True) if one.key is None}
    _belong(known, {name: key for thing, key in zip(things, keys, strict=True) for name in thing.members})
    return Became(created, changed)


def _rows_of(known: Mapping[str, Known], things: Sequence[Thing]) -> dict[str, int | None]:
    """Which row is whose: the one of that key, else one that its sightings had, else one made by hand."""
    wanted = [thing.identity for thing in things]
    named = Item.objects.filter(identity__in=wanted).values_list("identity", "pk")
    rows: dict[str, int | None] = dict.fromkeys(wanted)
    rows |= {str(identity): key for identity, key in named}
    taken = {key for key in rows.values() if key is not None}
    for thing in things:
        if rows[thing.identity] is None:
            had = sorted({known[name].item or 0 for name in thing.members} - {0} - taken)
            rows[thing.identity] = had[0] if had else None
            taken |= set(had[:1])
    missing = [thing for thing in things if rows[thing.identity] is None]
    for thing in missing:
        rows[thing.identity] = _waiting_row([known[name] for name in thing.members], thing.identity, taken)
        taken |= {rows[thing.identity] or 0}
    return rows


def _waiting_row(members: Sequence[Known], identity: str, taken: set[int]) -> int | None:
    """A row that was this thing once, or that somebody made by hand with its serial number."""
    once = Item.objects.filter(identity__startswith=f"{PAST}{identity} ")
    serials = {str(one.kept.values()["serial"][0]) for one in members if "serial" in one.kept.values()}
    by_hand = (
        Item.objects.filter(identity=None, serial_number__in=serials) if serials else Item.objects.none()
    )
    for rows in (once, by_hand):
        found = rows.exclude(pk__in=taken).order_by("pk").values_list("pk", flat=True).first()
        if found is not None:
            return int(found)
    return None


def _locks(keys: Iterable[int]) -> dict[int, list[Lock]]:
    found: dict[int, list[Lock]] = {}
    for lock in Lock.objects.filter(item__in=list(keys)).order_by("pk"):
        found.setdefault(lock.item_id, []).append(lock)
    return found


def _found(
    thing: Thing,
    members: Sequence[Known],
    key: int | None,
    locks: Mapping[int, list[Lock]],
    tree: Mapping[str, tuple[int, str]],
) -> FoundItem:
    """The item that a thing is, from all that its sources claim and what is locked."""
    chosen = choose(claim for one in members for claim in one.claims())
    values = {name: choice.held.value for name, choice in sorted(chosen.items())}
    for lock in locks.get(key or 0, ()):
        _keep_out(lock, chosen.get(lock.attribute))
        values[lock.attribute] = lock.value
    columns = {column: str(values.pop(name, ""))[:200] for name, column in COLUMNS.items()}
    lists = {name: _of_list(chosen[name]) for name in LISTS & values.keys()}
    attributes = {name: value for name, value in values.items() if name not in LISTS and name != "class"}
    item_class = _class_of(chosen.get("class"), values.get("class"), tree)
    return FoundItem(thing.identity, item_class, **columns, attributes=attributes, consists_of=lists, key=key)


def _class_of(choice: Choice | None, locked: Any, tree: Mapping[str, tuple[int, str]]) -> str:
    """What was locked, else the narrowest class that the best of the sources allow."""
    if choice is None or locked != choice.held.value:
        return locked if locked in tree else TOP
    codes = [claim.value for claim in (choice.held, *choice.refused) if claim.value in tree]
    return narrowest(codes, dict(tree)) if codes else TOP


def _of_list(choice: Choice) -> dict[str, Any]:
    return {**choice.held.value, "source": choice.held.source}


def _keep_out(lock: Lock, choice: Choice | None) -> None:
    """Remember the value that would hold without the lock."""
    refused = (
        (choice.held.value, choice.held.source) if choice and choice.held.value != lock.value else (None, "")
    )
    if (lock.refused, lock.refused_source) != refused:
        lock.refused, lock.refused_source = refused
        lock.save()


def _belong(known: Mapping[str, Known], items: Mapping[str, int]) -> None:
    """Write whose sightings these are; who is in no item is undecided."""
    pairs = [(one.id, items.get(name)) for name, one in known.items()]
    with connection.cursor() as cursor:
        cursor.execute(BELONG, [[key for key, _item in pairs], [item for _key, item in pairs]])


def _note(known: Mapping[str, Known], doubts: Sequence[Doubt]) -> None:
    """Open a task for each doubt, and close those that are none any more."""
    names = set(known)
    keys = {key for one in known.values() for key in one.sighted.strong}
    standing = {row.subject: row for row in Duplicate.objects.filter(subject__in=names | keys)}
    wanted = {doubt.subject[:400]: doubt for doubt in doubts}
    new = [
        Duplicate(subject=subject, things=list(doubt.things), members=list(doubt.members))
        for subject, doubt in wanted.items()
        if subject not in standing
    ]
    Duplicate.objects.bulk_create(new)
    for subject, row in standing.items():
        doubt = wanted.get(subject)
        told = (
            (Duplicate.State.OPEN, list(doubt.things), list(doubt.members))
            if doubt
            else (_settled(row), row.things, row.members)
        )
        if (row.state, row.things, row.members) != told:
            row.state, row.things, row.members = told
            row.save()


def _settled(row: Duplicate) -> str:
    """A doubt that is none any more: decided, where somebody did."""
    return Duplicate.State.GONE if row.state == Duplicate.State.OPEN else row.state

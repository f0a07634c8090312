"""What things stand on: a server on its room, a room on its site, by the references of their rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from meridian.engine.records import reference
from meridian.engine.resources import concerns
from meridian.work.change_calendar.rules import CRITICAL_WEIGHT, KIND_WEIGHTS

ConfigurationItem = reference("configuration.ConfigurationItem")
Key = tuple[str, int]
DEEPEST = 4


def grounds_of(things: Iterable[int]) -> dict[int, frozenset[int]]:
    """Each entry (by id) with all that it stands on, itself among it; a few statements for each kind.

    A row stands on the rows of other kinds of thing that it refers to.
    """
    entries = {key: (kind, row) for key, kind, row in _entries(pk__in=set(things))}
    under = _under(set(entries.values()))
    met = set(entries.values()) | {below for rows in under.values() for below in rows}
    ids = {(kind, row): key for key, kind, row in _entries_of(met)}
    return {
        key: frozenset({key, *(ids[below] for below in _all_under(row, under) if below in ids)})
        for key, row in entries.items()
    }


def _entries(**narrowed: Any) -> Iterable[tuple[int, str, int]]:
    rows: Iterable[tuple[int, str, int]] = ConfigurationItem.objects.filter(**narrowed).values_list(
        "pk", "kind", "row_id"
    )
    return rows


def _entries_of(keys: Iterable[Key]) -> Iterable[tuple[int, str, int]]:
    for kind, rows in _by_kind(keys).items():
        yield from _entries(kind=kind, row_id__in=rows)


def _by_kind(keys: Iterable[Key]) -> Mapping[str, set[int]]:
    found: dict[str, set[int]] = {}
    for kind, row in keys:
        found.setdefault(kind, set()).add(row)
    return found


def _under(keys: set[Key]) -> dict[Key, set[Key]]:
    """What each row refers to, and what that refers to, down to the ground."""
    kinds = {resource.model: kind for kind, resource in concerns().items()}
    found: dict[Key, set[Key]] = {}
    level = keys
    for _step in range(DEEPEST):
        below: set[Key] = set()
        for kind, rows in _by_kind(level).items():
            model: Any = concerns()[kind].model
            names = {
                field.name: kinds[field.related_model]
                for field in model._meta.concrete_fields
                if field.is_relation and field.related_model in kinds
            }
            for row, *referred in model._base_manager.filter(pk__in=rows).values_list("pk", *names):
                under = {
                    (other, key)
                    for other, key in zip(names.values(), referred, strict=True)
                    if key is not None
                }
                found[kind, row] = under
                below |= under
        level = below - set(found)
    return found


def _all_under(key: Key, under: Mapping[Key, set[Key]]) -> set[Key]:
    found: set[Key] = set()
    level = {key}
    while level:
        level = {below for row in level for below in under.get(row, ())} - found
        found |= level
    return found


def gravest(things: Iterable[int]) -> tuple[int, str]:
    """The weight of the gravest of these entries, and what it is called; nothing weighs 0."""
    weighed: list[tuple[int, str]] = []
    entries = {(kind, row): key for key, kind, row in _entries(pk__in=set(things))}
    names = {entry.pk: str(entry) for entry in ConfigurationItem.objects.filter(pk__in=entries.values())}
    for kind, rows in _by_kind(entries).items():
        model: Any = concerns()[kind].model
        is_told = any(field.name == "critical" for field in model._meta.concrete_fields)
        critical = (
            set(model._base_manager.filter(pk__in=rows, critical=True).values_list("pk", flat=True))
            if is_told
            else set()
        )
        weighed += [
            (CRITICAL_WEIGHT if row in critical else KIND_WEIGHTS.get(kind, 1), names[entries[kind, row]])
            for row in rows
        ]
    return max(weighed, default=(0, ""))


def regions_of(grounds: Iterable[int]) -> frozenset[int]:
    """The regions of the sites among these entries."""
    sites: Any = concerns()["site"].model
    rows = [row for _key, _kind, row in _entries(pk__in=set(grounds), kind="site")]
    found = sites._base_manager.filter(pk__in=rows).values_list("duty_station__country__region", flat=True)
    return frozenset(found)

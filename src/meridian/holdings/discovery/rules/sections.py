"""Sections of a report as they are kept: bounded, without what passes, rows in an order of their own."""

import hashlib
from typing import Any

import orjson

from meridian.holdings.discovery.rules.faults import Unreadable
from meridian.holdings.discovery.rules.shape import AMOUNTS, LARGEST_NUMBER, LONGEST_TEXT, MOST_ROWS, PASSING

SORTED = orjson.OPT_SORT_KEYS


def single(section: str, value: Any) -> dict[str, Any]:
    """A section of single values. A text stands for itself. Raises `Unreadable`."""
    if section == "versionclient":
        if not isinstance(value, str):
            raise Unreadable("“versionclient” is no text.")
        return {"versionclient": value[:LONGEST_TEXT]}
    if not isinstance(value, dict):
        raise Unreadable(f"“{section}” is no object.")
    return {name: checked(section, name, found) for name, found in value.items()}


def rows_of(section: str, value: Any) -> list[dict[str, Any]]:
    """The rows of a list, sorted by what they say. Raises `Unreadable`."""
    if not isinstance(value, list):
        raise Unreadable(f"“{section}” is no list.")
    if len(value) > MOST_ROWS:
        raise Unreadable(f"“{section}” has more than {MOST_ROWS} rows.")
    rows = []
    for row in value:
        if not isinstance(row, dict):
            raise Unreadable(f"A row of “{section}” is no object.")
        rows.append(
            {name: checked(section, name, found) for name, found in row.items() if name not in PASSING}
        )
    return sorted(rows, key=_content)


def list_claim(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What is claimed of a list: how many rows, and which."""
    content = orjson.dumps(rows, option=SORTED)
    return {"rows": len(rows), "digest": hashlib.sha256(content).hexdigest()[:32]}


def _content(row: dict[str, Any]) -> bytes:
    return orjson.dumps(row, option=SORTED)


def checked(section: str, name: str, value: Any) -> Any:
    """A value as it may be kept. Raises `Unreadable` for an amount below nought."""
    if isinstance(value, str):
        return value if len(value) <= LONGEST_TEXT else value[:LONGEST_TEXT]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        if value < 0 and name in AMOUNTS:
            raise Unreadable(f"“{section}.{name}” is below nought: {value}.")
        if abs(value) > LARGEST_NUMBER:
            raise Unreadable(f"“{section}.{name}” is no number that can be.")
        return value
    if len(value) > MOST_ROWS:
        raise Unreadable(f"“{section}.{name}” has more than {MOST_ROWS} parts.")
    if isinstance(value, list):
        return [checked(section, name, one) for one in value]
    return {part: checked(section, part, one) for part, one in value.items() if part not in PASSING}

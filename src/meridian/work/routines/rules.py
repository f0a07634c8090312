"""Filling what stands in braces of a standard text."""

import re
from collections.abc import Mapping

FIELDS = ("requester", "number", "title", "agent", "team", "due")
PLACE = re.compile(r"\{([^{}]*)\}")


def unknown_places(text: str) -> list[str]:
    """What stands in braces and is none of `FIELDS`, in order and once each."""
    return list(dict.fromkeys(name for name in PLACE.findall(text) if name not in FIELDS))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled; values are put in as they are and not read for places again."""
    return PLACE.sub(lambda found: values.get(found[1], found[0]), text)

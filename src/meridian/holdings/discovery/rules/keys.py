"""The keys by which a thing is known again: strong ones that one thing has, weak ones that go with it."""

from collections.abc import Mapping
from typing import Any

from meridian.holdings.discovery.rules.junk import alike, is_junk

# In the order of their worth.
STRONG = (("serial", "serial"), ("uuid", "uuid"), ("imei", "imei"), ("asset_tag", "tag"))


def strong_keys(claims: Mapping[str, Any]) -> list[str]:
    """The strong keys that claims hold, the best first."""
    found = ((kind, str(claims.get(attribute) or "")) for attribute, kind in STRONG)
    return [f"{kind}:{alike(value)}" for kind, value in found if value and not is_junk(value)]


def weak_keys(claims: Mapping[str, Any]) -> list[str]:
    """The addresses of network cards."""
    return [f"mac:{address}" for address in claims.get("macs") or ()]


def best_key(claims: Mapping[str, Any]) -> str:
    """The face of a report: its best strong key, empty for none."""
    return next(iter(strong_keys(claims)), "")[:120]

"""Who is asked, what their decisions come to, and what exactly was approved."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

PERSON, HOLDER, CHIEF, OWNER, TEAM = "person", "holder", "chief", "owner", "team"
KINDS = (PERSON, HOLDER, CHIEF, OWNER, TEAM)


@dataclass(frozen=True, slots=True)
class Expression:
    """Whom to ask: `person:NUMBER`, `holder:CODE@UNIT` (without a unit: the requester's), `chief` (the
    requester's), `owner:COST-CENTRE` (without one: that of the subject), `team:CODE`."""

    kind: str
    name: str = ""
    place: str = ""


def read_expression(text: str) -> Expression | None:
    """An expression as it is written; None when it is none."""
    kind, _colon, rest = text.strip().partition(":")
    name, _at, place = rest.partition("@")
    found = Expression(kind.strip().lower(), name.strip(), place.strip())
    needs_name = found.kind in (PERSON, HOLDER, TEAM)
    if found.kind not in KINDS or (needs_name and not found.name) or (found.place and found.kind != HOLDER):
        return None
    return None if found.kind == CHIEF and found.name else found


def needed_of(mode: str, needed: int, asked: int) -> int:
    """How many have to approve of those asked."""
    if mode == "all":
        return asked
    return 1 if mode == "any" else min(needed, asked)


def outcome(mode: str, needed: int, asked: int, approved: int, rejected: int) -> str:
    """`approved` once enough have approved, `rejected` once enough can't any more, else empty."""
    enough = needed_of(mode, needed, asked)
    if asked and approved >= enough:
        return "approved"
    return "rejected" if asked - rejected < enough else ""


def digest_of(content: Any) -> str:
    """What was approved: SHA-256 over plain values in one order."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()

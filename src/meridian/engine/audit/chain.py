"""The hash chain over the audit trail: sealing what is new, proving what is old.

A command writes its entry without waiting for its neighbours; the sealer links committed
entries afterwards, so that no two commands ever queue for the head of the chain.
"""

import hashlib
from dataclasses import dataclass

from django.db import connection, transaction

GENESIS = b"\0" * 32


@dataclass(frozen=True, slots=True)
class Proof:
    """What a verification found. `broken_entry` is the first entry that fails, or None.

    `entries` are linked; `waiting` were committed meanwhile and wait for their seal.
    """

    entries: int
    waiting: int
    broken_entry: int | None
    reason: str


def link(previous: bytes, content: str) -> bytes:
    """SHA-256 over the digest before and the content of an entry."""
    return hashlib.sha256(previous + content.encode()).digest()


def seal_entries(most: int = 50_000) -> int:
    """Seal up to `most` committed entries; returns how many. One sealer works at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_seal_waiting(%s)", [most])
        return int(cursor.fetchone()[0])


def verify_chain() -> Proof:
    """Seal what waits, then walk the whole chain and name the first entry that fails."""
    while seal_entries():
        pass
    number, digest, broken, reason = 0, GENESIS, None, ""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT s.number, s.entry_id, s.digest, audit_content(s.entry_id)"
            " FROM audit_seal AS s ORDER BY s.number"
        )
        while broken is None and (rows := cursor.fetchmany(2_000)):
            for found_number, entry_id, stored, content in rows:
                reason = _fault(
                    found_number == number + 1, content, link(digest, content or "") == bytes(stored)
                )
                if reason:
                    broken = entry_id
                    break
                number, digest = found_number, bytes(stored)
    waiting, slipped_in = _unsealed()
    if broken is None and slipped_in is not None:
        broken, reason = slipped_in, "the entry was slipped in behind the chain"
    return Proof(entries=number, waiting=waiting, broken_entry=broken, reason=reason)


def _fault(in_order: bool, content: str | None, matching: bool) -> str:
    if not in_order:
        return "a link of the chain is missing before it"
    if content is None:
        return "the entry was removed"
    return "" if matching else "the entry or one of its changes was altered"


def _unsealed() -> tuple[int, int | None]:
    """How many entries wait, and the first that neither waits nor is sealed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(p.entry_id), min(e.id) FILTER (WHERE p.entry_id IS NULL) FROM audit_entry AS e"
            " LEFT JOIN audit_pending AS p ON p.entry_id = e.id"
            " WHERE NOT EXISTS (SELECT FROM audit_seal AS s WHERE s.entry_id = e.id)"
        )
        waiting, slipped_in = cursor.fetchone()
        return int(waiting), slipped_in

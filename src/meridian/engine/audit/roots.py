"""Signed roots of the hash chain, kept outside of the database.

A root names the last link of the chain when it was made, every entry since the root before with a
mark of its content, and the root before it; it is signed with a key that the database never sees.
"""

import base64
import datetime
import fcntl
import hashlib
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import connection

from meridian.engine.audit.witness import MARK_BYTES

logger = logging.getLogger(__name__)
FILE = "roots.jsonl"
LEAST_SECONDS = 60
FULL_ROOT_ENTRIES = 1_000
TAIL_BYTES = 1 << 16
SINCE = (
    "SELECT number, entry_id, encode(digest, 'hex'),"
    " substring(sha256(convert_to(coalesce(audit_content(entry_id), ''), 'UTF8')) FOR %s)"
    " FROM audit_seal WHERE number > %s ORDER BY number LIMIT %s"
)


@dataclass(frozen=True, slots=True)
class Root:
    """`number` and `digest` are of the chain's last link then; `entries` are runs such as `4101-4180,4182`.

    `marks` are those of the entries, in order, in base 64; `before` is the hash of the root's line
    before this one, empty in the first; `key` is the public part of the key that signed.
    """

    number: int
    digest: str
    at: str
    entries: str
    marks: str
    before: str
    key: str
    signature: str = ""

    def line(self) -> str:
        """The root as it stands in the file."""
        return json.dumps(asdict(self), separators=(",", ":"))

    def signed_text(self) -> bytes:
        """What the signature covers."""
        facts = asdict(self)
        facts.pop("signature")
        return json.dumps(facts, separators=(",", ":"), sort_keys=True).encode()

    def is_signed(self) -> bool:
        """Whether the signature is that of the key."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.key))
            key.verify(base64.b64decode(self.signature), self.signed_text())
        except (InvalidSignature, ValueError):
            return False
        return True

    def marked(self) -> Iterator[tuple[int, bytes]]:
        """Every entry with the mark of its content."""
        marks = base64.b64decode(self.marks)
        for place, entry in enumerate(expanded(self.entries)):
            yield entry, marks[place * MARK_BYTES : (place + 1) * MARK_BYTES]


def public_key() -> str:
    """The public part of this house's key, in hexadecimal digits."""
    return _key().public_key().public_bytes_raw().hex()


def line_hash(line: str) -> str:
    """What the next root says of a line."""
    return hashlib.sha256(line.encode()).hexdigest()


def anchor(*, everything: bool = False) -> int:
    """Sign what was sealed since the last root and append it to the file; how many roots there were.

    A root waits until a minute has passed or many entries came, unless `everything` is wanted.
    """
    with _locked() as file:
        last_line = _last_line(file)
        last = parse(last_line) if last_line else None
        if last and not stands(last):
            logger.error(
                "The chain of the audit trail is not the one that the root of %s names. "
                "Run `meridian audit verify`; no further root is made.",
                last.at,
            )
            return 0
        count = 0
        while rows := _sealed_since(last.number if last else 0):
            waits = last is not None and _age_seconds(last) < LEAST_SECONDS
            if waits and not everything and len(rows) < FULL_ROOT_ENTRIES:
                break
            last = _made(rows, line_hash(last_line) if last_line else "")
            last_line = last.line()
            os.write(file, f"{last_line}\n".encode())
            count += 1
        if count:
            os.fsync(file)
        return count


def last_root() -> Root | None:
    """The newest root of this house."""
    if not (Path(settings.TRAIL_FOLDER) / FILE).exists():
        return None
    with _locked() as file:
        line = _last_line(file)
    return parse(line) if line else None


def parse(line: str) -> Root | None:
    """The root of a line; None when it is none."""
    try:
        return Root(**json.loads(line))
    except (ValueError, TypeError, RecursionError):
        return None


def stands(root: Root) -> bool:
    """Whether the chain in the database is the one that the root names."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(digest, 'hex') FROM audit_seal WHERE number = %s", [root.number])
        return cursor.fetchone() == (root.digest,)


def set_aside() -> None:
    """Keep the roots and the witness of another database under another name: a new one begins."""
    folder = Path(settings.TRAIL_FOLDER)
    if folder.exists() and any(folder.iterdir()):
        folder.rename(
            folder.with_name(f"{folder.name}-until-{datetime.datetime.now(datetime.UTC):%Y%m%dT%H%M%S}")
        )


def expanded(runs: str) -> Iterator[int]:
    """`4-6,9` is 4, 5, 6, 9."""
    for run in filter(None, runs.split(",")):
        first, _dash, last = run.partition("-")
        yield from range(int(first), int(last or first) + 1)


def shortened(numbers: list[int]) -> str:
    """4, 5, 6, 9 is `4-6,9`; the order is kept."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _made(rows: list[Any], before: str) -> Root:
    number, _entry, digest, _mark = rows[-1]
    facts = {
        "number": number,
        "digest": digest,
        "at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "entries": shortened([entry for _number, entry, _digest, _mark in rows]),
        "marks": base64.b64encode(b"".join(bytes(mark) for *_facts, mark in rows)).decode(),
        "before": before,
        "key": public_key(),
    }
    signature = _key().sign(Root(**facts).signed_text())
    return Root(**facts, signature=base64.b64encode(signature).decode())


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(settings.TRAIL_KEY))


def _sealed_since(number: int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(SINCE, [MARK_BYTES, number, FULL_ROOT_ENTRIES])
        return list(cursor.fetchall())


def _age_seconds(root: Root) -> float:
    made_at = datetime.datetime.fromisoformat(root.at)
    return (datetime.datetime.now(datetime.UTC) - made_at).total_seconds()


@contextmanager
def _locked() -> Iterator[int]:
    """The file of the roots, for one at a time."""
    folder = Path(settings.TRAIL_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / FILE, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def _last_line(file: int) -> str:
    """The last whole line; what a crash left half-written after it is cut off."""
    size = os.fstat(file).st_size
    length = TAIL_BYTES
    while True:
        start = max(0, size - length)
        tail = os.pread(file, size - start, start)
        whole = tail[: tail.rfind(b"\n") + 1]
        if whole.count(b"\n") > 1 or start == 0:
            os.ftruncate(file, start + len(whole))
            return whole.rstrip(b"\n").rpartition(b"\n")[2].decode()
        length *= 4

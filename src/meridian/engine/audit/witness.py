"""The witness: a file, outside of the database, that whoever writes an entry appends to once it is committed.

Between a commit and the next signed root only the database knows an entry; the witness makes sure that
one which is taken out, rewritten or slipped in meanwhile is missed. Lines are
`number of the entry, time, command, mark`, separated by tabs; a file a month.

Before the commit a shorter line announces `number, mark`. It says that an entry of this head was about to be
written by this house, so that one whose process was killed before it could witness the commit is not
taken for forged; one that was announced and rolled back is not missed.
"""

import datetime
import hashlib
import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)
MARK_BYTES = 8


@dataclass(frozen=True, slots=True)
class Head:
    """Who did what, when, from where and why: an entry without its changes."""

    entry: int
    at: datetime.datetime
    command: str
    actor_id: int | None
    actor_label: str
    channel: str
    request: str
    reason: str

    def mark(self) -> str:
        """What tells this head from every other."""
        facts = [
            self.entry,
            self.at.astimezone(datetime.UTC).isoformat(),
            *(self.command, self.actor_id, self.actor_label, self.channel, self.request, self.reason),
        ]
        return hashlib.sha256(json.dumps(facts).encode()).digest()[:MARK_BYTES].hex()


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A line of the witness."""

    entry: int
    at: str
    command: str
    mark: str


@dataclass(frozen=True, slots=True)
class Announced:
    """A line by which an entry was announced."""

    entry: int
    mark: str


def announce(head: Head) -> None:
    """Append, just before the commit, that this entry is about to be written."""
    _append(head, [str(head.entry), head.mark()])


def note(head: Head) -> None:
    """Append an entry that is committed. A full disk is logged: what is committed stays done."""
    _append(head, [str(head.entry), head.at.isoformat(), head.command, head.mark()])


def _append(head: Head, parts: list[str]) -> None:
    folder = Path(settings.TRAIL_FOLDER)
    place = folder / f"witness-{head.at:%Y-%m}.tsv"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, ("\t".join(parts) + "\n").encode())
        finally:
            os.close(handle)
    except OSError as error:
        logger.error("Entry %s of the audit trail could not be witnessed in %s: %s", head.entry, place, error)


def read(places: Iterable[Path]) -> Iterator[Witnessed | Announced]:
    """The lines of witness files; one that a crash left half-written is passed over."""
    for place in places:
        with place.open(encoding="utf-8") as lines:
            for line in lines:
                parts = line.rstrip("\n").split("\t")
                if not parts[0].isdecimal() or not line.endswith("\n"):
                    continue
                if len(parts) == 4:
                    yield Witnessed(int(parts[0]), *parts[1:])
                elif len(parts) == 2:
                    yield Announced(int(parts[0]), parts[1])

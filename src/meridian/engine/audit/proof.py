"""Proving the trail against what stands outside of the database: signed roots and the witness."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

from meridian.engine.audit import roots as anchored
from meridian.engine.audit import witness
from meridian.engine.audit.roots import Root
from meridian.engine.audit.witness import MARK_BYTES, Head, Witnessed
from meridian.kernel.console import Fault

BATCH_ENTRIES = 2_000
CONTENT = (
    "SELECT e.id, substring(sha256(convert_to(audit_content(e.id), 'UTF8')) FOR %s)"
    " FROM audit_entry AS e WHERE e.id = ANY(%s)"
)
HEADS = (
    "SELECT id, at, command, actor_id, actor_label, channel, request::text, reason FROM audit_entry"
    " WHERE id > %s ORDER BY id LIMIT %s"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was changed: `kind` is altered, removed, cut, forged, resealed or root (a root at fault).

    `entry` is its number, None where no single entry is meant; `at` the time known from outside.
    """

    kind: str
    entry: int | None
    at: str
    told: str


@dataclass(slots=True)
class Outside:
    """What stands outside of the database: roots in order, the witness by entry, and faults in them.

    `announced` are the marks of entries that were about to be committed.
    """

    roots: list[Root] = field(default_factory=list)
    witnessed: dict[int, Witnessed] = field(default_factory=dict)
    announced: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def outside(places: Sequence[Path], key: str) -> Outside:
    """Read files and folders; `key` is the public key that must have signed every root."""
    found = Outside()
    for place in places:
        if not place.exists():
            raise Fault(f"There is no {place}.", "Name a file of roots, or the folder that holds them.")
        files = sorted(place.iterdir()) if place.is_dir() else [place]
        for file in files:
            if file.suffix == ".tsv":
                _read_witness(file, found)
            elif file.is_file():
                _read_roots(file, key, found)
    found.roots.sort(key=lambda root: root.number)
    return found


def _read_witness(file: Path, found: Outside) -> None:
    for line in witness.read([file]):
        if isinstance(line, Witnessed):
            found.witnessed[line.entry] = line
        else:
            found.announced[line.entry] = line.mark


def _read_roots(file: Path, key: str, found: Outside) -> None:
    before = None
    for number, text in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        line = text.strip()
        if not line.startswith("{"):  # a mail has words around its root
            continue
        root = anchored.parse(line)
        fault = ""
        if root is None:
            fault = "is no root"
        elif not root.is_signed():
            fault = "was altered: its signature is not that of its key"
        elif root.key != key:
            fault = f"was signed by another key ({root.key[:16]}…)"
        elif before is not None and root.before != before:
            fault = "doesn't follow the root before it: one was taken out or slipped in"
        if fault:
            told = f"Line {number} of {file} {fault}."
            found.findings.append(Finding("root", None, root.at if root else "", told))
        elif root and root not in found.roots:
            found.roots.append(root)
        before = anchored.line_hash(line)


def compare(known: Outside) -> list[Finding]:
    """Everything in which the database differs from what stands outside; the earliest first."""
    if not known.roots and not known.witnessed and not known.findings:
        raise Fault("There is neither a root nor a witness.", "Name the folder or file that holds them.")
    marked = _marked(known.roots)
    expected = {entry for entry, _mark, _root in marked}
    findings = [*known.findings, *_altered_and_missing(marked)]
    findings += _against_witness(known, expected, {found.entry for found in findings})
    if known.roots and not known.roots[0].before:  # they go back to the first entry
        findings += _unknown_to_roots(expected, min([*known.witnessed, max(expected)]))
    return [*findings, *_chain(known.roots, whole=not findings)]


def _marked(roots: Iterable[Root]) -> list[tuple[int, bytes, Root]]:
    """Every entry that the roots name, in the order in which it was sealed."""
    return [(entry, mark, root) for root in roots for entry, mark in root.marked()]


def _altered_and_missing(marked: Sequence[tuple[int, bytes, Root]]) -> list[Finding]:
    findings, missing, place = [], [], 0
    for batch in _batches(marked):
        present = _contents([entry for entry, _mark, _root in batch])
        for entry, mark, root in batch:
            place += 1
            if entry not in present:
                missing.append((place, entry, root))
            elif present[entry] != mark:
                told = f"Entry {entry} was altered: the root of {root.at} holds another content."
                findings.append(Finding("altered", entry, root.at, told))
    return findings + _lost(missing, len(marked))


def _batches(marked: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(marked), BATCH_ENTRIES):
        yield marked[start : start + BATCH_ENTRIES]


def _contents(entries: list[int]) -> dict[int, bytes]:
    with connection.cursor() as cursor:
        cursor.execute(CONTENT, [MARK_BYTES, entries])
        return {entry: bytes(mark) for entry, mark in cursor.fetchall()}


def _lost(missing: list[tuple[int, int, Root]], total: int) -> list[Finding]:
    """A tail that is cut off as one finding, single entries one by one."""
    tail: list[tuple[int, int, Root]] = []
    while missing and missing[-1][0] == total - len(tail):
        tail.append(missing.pop())
    findings = [
        Finding("removed", entry, root.at, f"Entry {entry} was removed: the root of {root.at} holds it.")
        for _place, entry, root in missing
    ]
    if len(tail) == 1:
        missing_one, root = tail[0][1:]
        told = f"Entry {missing_one}, the last that the roots hold ({root.at}), was removed."
        findings.append(Finding("cut", missing_one, root.at, told))
    elif tail:
        first, last, root = tail[-1][1], tail[0][1], tail[0][2]
        told = (
            f"The tail was cut off: the roots hold {len(tail):,} more entries, from {first} to {last}"
            f" ({tail[-1][2].at} to {root.at})."
        )
        findings.append(Finding("cut", first, tail[-1][2].at, told))
    return findings


def _against_witness(known: Outside, expected: set[int], named: set[int | None]) -> list[Finding]:
    """Entries rewritten, removed or slipped in that no root could know better.

    Whoever was killed between its commit and its line has announced the entry before.
    """
    witnessed = known.witnessed
    if not witnessed:
        return []
    begun, present, findings = min(witnessed), set(), []
    for head in _heads():
        present.add(head.entry)
        if head.entry in named or head.entry < begun:
            continue
        line = witnessed.get(head.entry)
        if line is None and known.announced.get(head.entry) == head.mark():
            continue
        if line is None:
            findings.append(_forged(head, "nobody witnessed it"))
        elif line.mark != head.mark():
            told = f"Entry {head.entry} was altered: {line.command} of {line.at} was witnessed otherwise."
            findings.append(Finding("altered", head.entry, line.at, told))
    for entry in sorted(witnessed.keys() - present - expected):
        line = witnessed[entry]
        told = f"Entry {entry} ({line.command}, {line.at}) was removed before a root held it."
        findings.append(Finding("removed", entry, line.at, told))
    return findings


def _heads() -> Iterator[Head]:
    last = -(1 << 62)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(HEADS, [last, BATCH_ENTRIES])
            rows = cursor.fetchall()
        if not rows:
            return
        yield from (Head(*row) for row in rows)
        last = rows[-1][0]


def _unknown_to_roots(expected: set[int], end: int) -> list[Finding]:
    """Entries before `end`, where the witness begins or the roots end, that no root holds."""
    unknown = (head for head in _heads() if head.entry < end and head.entry not in expected)
    return [_forged(head, "it is in no root") for head in unknown]


def _forged(head: Head, reason: str) -> Finding:
    at = head.at.astimezone(datetime.UTC).isoformat(timespec="seconds")
    told = f"Entry {head.entry} ({head.command}, {head.actor_label}, {at}) was forged: {reason}."
    return Finding("forged", head.entry, at, told)


def _chain(roots: Sequence[Root], *, whole: bool) -> list[Finding]:
    """The first root whose link the chain doesn't have, unless its entries tell it already (`whole`)."""
    if not whole:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, encode(digest, 'hex') FROM audit_seal WHERE number = ANY(%s)",
            [[root.number for root in roots]],
        )
        links = dict(cursor.fetchall())
    for root in roots:
        if root.number not in links:
            told = (
                f"The tail was cut off: the chain ends before link {root.number:,} of the root of {root.at}."
            )
            return [Finding("cut", None, root.at, told)]
        if links[root.number] != root.digest:
            told = f"The chain was made anew: link {root.number:,} is not that of the root of {root.at}."
            return [Finding("resealed", None, root.at, told)]
    return []

"""What two revisions have in common and what not, word by word within paragraphs."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

PIECE = re.compile(r"\s+|\w+|[^\w\s]")
MOST_PIECES = 4_000
SAME, ADDED, REMOVED = "same", "added", "removed"


class Piece(NamedTuple):
    """A run of text that is `same`, `added` or `removed`."""

    kind: str
    text: str


def compared(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in order; joined without what was added they are `before`."""
    old, new = _cut(before), _cut(after)
    return list(_joined(_differences(old, new)))


def _cut(text: str) -> list[str]:
    """Words; of a long text whole lines, for comparing takes the square of them."""
    pieces = PIECE.findall(text)
    return pieces if len(pieces) <= MOST_PIECES else text.splitlines(keepends=True)


def _differences(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(SAME, "".join(old[first:last]))
            continue
        yield Piece(REMOVED, "".join(old[first:last]))
        yield Piece(ADDED, "".join(new[start:end]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        if piece.text:
            yield piece

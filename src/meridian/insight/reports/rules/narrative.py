"""The narrative of a report: headings, numbered paragraphs, and places of tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

TABLE = re.compile(r"^\[\[\s*([a-z0-9-]+)\s*\]\]$")
HEADING = re.compile(r"^(#{1,4})\s+(.+)$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading (with its level from 1), a paragraph, or the name of a table."""

    kind: str
    text: str
    level: int = 0


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a narrative in order; blank lines part paragraphs."""
    paragraph: list[str] = []
    for line in [*text.splitlines(), ""]:
        bare = line.strip()
        table, heading = TABLE.match(bare), HEADING.match(bare)
        if bare and not table and not heading:
            paragraph.append(bare)
            continue
        if paragraph:
            yield Piece("paragraph", " ".join(paragraph))
            paragraph = []
        if table:
            yield Piece("table", table[1])
        if heading:
            yield Piece("heading", heading[2], len(heading[1]))


def tables_named(text: str) -> list[str]:
    """The names of the tables that a narrative asks for, in its order."""
    return [piece.text for piece in pieces(text) if piece.kind == "table"]

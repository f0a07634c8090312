"""Where the boxes of an organisation chart stand.

The top box lies above columns, one for each part; a part's own parts are stacked below it.
Columns that do not fit side by side go on in a further row. Lengths are in the units of the
drawing, which the page scales.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH = 176
GAP = 16
INDENT = 14
LINE = 15
MOST_COLUMNS = 6
NAME_CHARACTERS = 22
GRADE_CHARACTERS = 28
PADDING = 10


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the organisation: how many posts, of which grades, and the parts inside."""

    key: str
    name: str
    posts: int
    grades: tuple[tuple[str, int], ...] = ()
    parts: tuple["Box", ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A box with its place, its lines of text and the line that leads to it from above."""

    box: Box
    level: int
    left: int
    top: int
    width: int
    name_lines: tuple[str, ...]
    grade_lines: tuple[str, ...]
    path: str = ""

    @property
    def height(self) -> int:
        return 2 * PADDING + LINE * (len(self.name_lines) + len(self.grade_lines)) + 20

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def middle(self) -> int:
        return self.left + self.width // 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """All boxes with the size of the whole."""

    width: int
    height: int
    placed: tuple[Placed, ...]


def draw(root: Box, *, right_to_left: bool = False) -> Drawing:
    """Place every box; from right to left the whole is mirrored."""
    columns = max(1, min(MOST_COLUMNS, len(root.parts)))
    pitch = WIDTH + GAP
    width = columns * pitch - GAP
    mirror = (lambda left, size: width - left - size) if right_to_left else (lambda left, _size: left)
    top = _placed(root, 0, mirror((width - WIDTH) // 2, WIDTH), 0, WIDTH)
    placed, start = [top], top.bottom + 2 * GAP
    for first in range(0, len(root.parts), columns):
        lowest = start
        for place, part in enumerate(root.parts[first : first + columns]):
            left = mirror(place * pitch, WIDTH)
            column = _column(part, left, start, INDENT if not right_to_left else 0)
            trunk = f"M{top.middle} {top.bottom}V{start - GAP}H{left + WIDTH // 2}V{start}"
            placed.append(_placed(part, 1, left, start, WIDTH, trunk if not first else ""))
            placed += column
            lowest = max(lowest, *(found.bottom for found in (placed[-1], *column)))
        start = lowest + 2 * GAP
    return Drawing(width, start - 2 * GAP, tuple(placed))


def _column(part: Box, left: int, top: int, shift: int) -> list[Placed]:
    above = _placed(part, 1, left, top, WIDTH)
    below, placed = above.bottom + GAP // 2, []
    edge = left + INDENT // 2 if shift else left + WIDTH - INDENT // 2
    for section in part.parts:
        box = _placed(section, 2, left + shift, below, WIDTH - INDENT)
        inner = box.left if shift else box.left + box.width
        path = f"M{edge} {above.bottom}V{below + box.height // 2}H{inner}"
        placed.append(_placed(section, 2, box.left, below, box.width, path))
        below = box.bottom + GAP // 2
    return placed


def _placed(box: Box, level: int, left: int, top: int, width: int, path: str = "") -> Placed:
    composition = [f"{count}\u00a0{grade}" for grade, count in box.grades]
    names = tuple(_lines(box.name.split(), " ", NAME_CHARACTERS))
    return Placed(
        box, level, left, top, width, names, tuple(_lines(composition, " · ", GRADE_CHARACTERS)), path
    )


def _lines(words: Sequence[str], joint: str, most: int) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line}{joint}{word}" if line else word
        if line and len(longer) > most:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line

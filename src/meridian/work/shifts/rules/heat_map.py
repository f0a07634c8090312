"""A heat map of coverage as SVG: a line for each of what is wanted, a cell for each hour; classes only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from meridian.engine.design.marks import Markup, Said, drawing, mark

LEFT, TOP, CELL, LINE, FOOT = 190, 22, 5, 22, 4
MOST_SHADES = 4


@dataclass(frozen=True, slots=True)
class HeatLine:
    """What is wanted, how many at least, and how many are there each hour; -1 where nobody is wanted."""

    label: str
    least: int
    counts: Sequence[int]


Telling = Callable[[HeatLine, int, int], Said]


def draw_heat_map(
    title: str, days: Sequence[tuple[int, str]], lines: Sequence[HeatLine], said: Telling
) -> Markup:
    """`days` are the first hour of each day with its name. Neighbours of one count are drawn as one.

    `said` is asked what a mark says: that of a line from its first hour to before its last.
    """
    width = LEFT + CELL * max((len(line.counts) for line in lines), default=0)
    height = TOP + LINE * len(lines) + FOOT
    pieces: list[str] = []
    for first, name in days:
        x = LEFT + CELL * first
        grid = f'<path class="grid" d="M{x} {TOP - 6}V{height}"/>'
        pieces.append(f'{grid}<text x="{x + 3}" y="{TOP - 8}">{escape(name)}</text>')
    for place, line in enumerate(lines):
        y = TOP + LINE * place
        pieces.append(f'<text x="0" y="{y + LINE - 7}">{escape(line.label)}</text>')
        for first, last, count in runs(line.counts):
            if shade := shade_of(count, line.least):
                size = f'width="{CELL * (last - first)}" height="{LINE - 4}"'
                cell = f'<rect class="{shade}" x="{LEFT + CELL * first}" y="{y + 2}" {size}/>'
                pieces.append(mark(said(line, first, last), cell))
    return drawing(width, height, title, pieces, "heat")


def shade_of(count: int, wanted: int) -> str:
    """The class of a cell: `gap` where somebody is missing, the deeper the more are there."""
    if count < 0:
        return ""
    return "gap" if count < wanted else f"there{min(MOST_SHADES, count)}"


def runs(counts: Sequence[int]) -> list[tuple[int, int, int]]:
    """Equal neighbours together, as (first, after the last, count)."""
    found: list[tuple[int, int, int]] = []
    for place, count in enumerate(counts):
        if found and found[-1][2] == count:
            found[-1] = found[-1][0], place + 1, count
        else:
            found.append((place, place + 1, count))
    return found

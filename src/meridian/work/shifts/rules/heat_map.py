"""A heat map of coverage as SVG: a line for each of what is wanted, a cell for each hour; classes only."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

LEFT, TOP, CELL, LINE, FOOT = 190, 22, 5, 22, 4
MOST_SHADES = 4


@dataclass(frozen=True, slots=True)
class HeatLine:
    """What is wanted, how many at least, and how many are there each hour; -1 where nobody is wanted."""

    label: str
    least: int
    counts: Sequence[int]


def draw_heat_map(title: str, days: Sequence[tuple[int, str]], lines: Sequence[HeatLine]) -> str:
    """`days` are the first hour of each day with its name. Neighbours of one shade are drawn as one."""
    width = LEFT + CELL * max((len(line.counts) for line in lines), default=0)
    height = TOP + LINE * len(lines) + FOOT
    pieces = [f'<svg viewBox="0 0 {width} {height}" role="img" class="heat"><title>{escape(title)}</title>']
    for first, name in days:
        x = LEFT + CELL * first
        grid = f'<path class="grid" d="M{x} {TOP - 6}V{height}"/>'
        pieces.append(f'{grid}<text x="{x + 3}" y="{TOP - 8}">{escape(name)}</text>')
    for place, line in enumerate(lines):
        y = TOP + LINE * place
        pieces.append(f'<text x="0" y="{y + LINE - 7}">{escape(line.label)}</text>')
        for first, last, shade in runs([shade_of(count, line.least) for count in line.counts]):
            if shade:
                size = f'width="{CELL * (last - first)}" height="{LINE - 4}"'
                pieces.append(f'<rect class="{shade}" x="{LEFT + CELL * first}" y="{y + 2}" {size}/>')
    return "".join([*pieces, "</svg>"])


def shade_of(count: int, wanted: int) -> str:
    """The class of a cell: `gap` where somebody is missing, the deeper the more are there."""
    if count < 0:
        return ""
    return "gap" if count < wanted else f"there{min(MOST_SHADES, count)}"


def runs(shades: Sequence[str]) -> list[tuple[int, int, str]]:
    """Equal neighbours together, as (first, after the last, shade)."""
    found: list[tuple[int, int, str]] = []
    for place, shade in enumerate(shades):
        if found and found[-1][2] == shade:
            found[-1] = found[-1][0], place + 1, shade
        else:
            found.append((place, place + 1, shade))
    return found

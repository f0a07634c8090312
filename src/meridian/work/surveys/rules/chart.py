"""Shares with their intervals, one below the other, each with its name above."""

from collections.abc import Sequence
from dataclasses import dataclass

from meridian.engine.design.marks import Markup, Said, drawing, mark, name_of_row, reach
from meridian.work.surveys.rules.estimates import Interval

WIDTH, ROW, NAME, MIDDLE = 720, 38, 18, 28


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the picture: its name, its share now and the year before, and what its mark says."""

    name: str
    now: Interval | None
    before: Interval | None
    said: Said


def draw_intervals(title: str, lines: Sequence[Line], target: float | None) -> Markup:
    """An <svg> with a row for each: the share as a dot on its interval, that of last year paler above it."""
    height = max(len(lines), 1) * ROW
    grid = "".join(f"M{WIDTH * step / 4:.0f} 0V{height}" for step in range(5))
    parts = [f'<path class="grid" d="{grid}"/>']
    if target is not None:
        parts.append(f'<path class="target" d="M{WIDTH * target:.1f} 0V{height}"/>')
    for place, line in enumerate(lines):
        top = place * ROW
        shapes: list[str] = [reach(0, top, WIDTH, ROW), name_of_row(top + NAME, line.name)]
        if line.before:
            shapes.append(_drawn(line.before, top + MIDDLE - 4, "before", 2))
        if line.now:
            shapes.append(_drawn(line.now, top + MIDDLE + (2 if line.before else 0), "now", 3.5))
        parts.append(mark(line.said, *shapes))
    return drawing(WIDTH, height, title, parts, "intervals")


def _drawn(interval: Interval, y: float, kind: str, radius: float) -> str:
    low, high, at = (WIDTH * value for value in (interval.low, interval.high, interval.share))
    return (
        f'<path class="{kind}" d="M{low:.1f} {y}H{high:.1f}"/>'
        f'<circle class="{kind}" cx="{at:.1f}" cy="{y}" r="{radius}"/>'
    )

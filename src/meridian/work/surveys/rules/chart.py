"""Shares with their intervals, one below the other, as markup without words."""

from collections.abc import Sequence

from meridian.work.surveys.rules.estimates import Interval

WIDTH, ROW, MIDDLE = 600, 16, 8


def draw_intervals(rows: Sequence[tuple[Interval | None, Interval | None]], target: float | None) -> str:
    """An <svg> with a row for each: the share as a dot on its interval, that of last year paler above it."""
    height = max(len(rows), 1) * ROW
    grid = "".join(f"M{WIDTH * step / 4:.0f} 0V{height}" for step in range(5))
    parts = [f'<path class="grid" d="{grid}"/>']
    if target is not None:
        parts.append(f'<path class="target" d="M{WIDTH * target:.1f} 0V{height}"/>')
    for place, (now, before) in enumerate(rows):
        middle = place * ROW + MIDDLE
        if before:
            parts.append(_drawn(before, middle - 4, "before", 2))
        if now:
            parts.append(_drawn(now, middle + (2 if before else 0), "now", 3.5))
    return f'<svg class="intervals" viewBox="0 0 {WIDTH} {height}" aria-hidden="true">{"".join(parts)}</svg>'


def _drawn(interval: Interval, y: float, kind: str, radius: float) -> str:
    low, high, at = (WIDTH * value for value in (interval.low, interval.high, interval.share))
    return (
        f'<path class="{kind}" d="M{low:.1f} {y}H{high:.1f}"/>'
        f'<circle class="{kind}" cx="{at:.1f}" cy="{y}" r="{radius}"/>'
    )

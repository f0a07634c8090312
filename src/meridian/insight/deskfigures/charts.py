"""Pictures of the desk's figures as SVG without words of their own; the tables beside them say the same."""

import math
from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from meridian.insight.deskfigures.contracts import Hour, Quantile

WIDTH, ROW, PAD = 600, 16, 2
HEIGHT = 140


def draw_quantiles(rows: Sequence[tuple[Quantile, Quantile]]) -> SafeString:
    """For each row its median (dot, with its interval) and 90th percentile (end of the bar), by hours."""
    told = [value.hours for row in rows for value in row if math.isfinite(value.hours)]
    most = max(told, default=1) or 1
    height = max(len(rows), 1) * ROW

    def at(hours: float | None) -> float:
        return (
            WIDTH if hours is None or not math.isfinite(hours) else round(hours / most * (WIDTH - 8) + 4, 1)
        )

    pieces = [_grid(height)]
    for place, (median, ninetieth) in enumerate(rows):
        y = place * ROW + ROW / 2
        pieces.append(
            format_html('<rect class="band" x="0" y="{}" width="{}" height="6"/>', y - 3, at(ninetieth.hours))
        )
        if median.low is not None:
            pieces.append(
                format_html('<path class="line" d="M{} {}H{}"/>', at(median.low), y, at(median.high))
            )
        pieces.append(format_html('<circle class="bars" cx="{}" cy="{}" r="4"/>', at(median.hours), y))
    return _framed(height, pieces)


def draw_load(hours: Sequence[Hour]) -> SafeString:
    """What came in as bars, what was expected as a line, its interval behind both."""
    most = max([*(hour.came or 0 for hour in hours), *(hour.high for hour in hours)], default=1) or 1
    step = WIDTH / max(len(hours), 1)

    def up(count: float) -> float:
        return round(HEIGHT - count / most * (HEIGHT - 8), 1)

    upper = " ".join(f"{round((n + 0.5) * step, 1)},{up(hour.high)}" for n, hour in enumerate(hours))
    lower = " ".join(
        f"{round((n + 0.5) * step, 1)},{up(hour.low)}" for n, hour in reversed(list(enumerate(hours)))
    )
    line = " ".join(f"{round((n + 0.5) * step, 1)},{up(hour.expected)}" for n, hour in enumerate(hours))
    pieces = [format_html('<polygon class="band" points="{} {}"/>', upper, lower)]
    for n, hour in enumerate(hours):
        if hour.came:
            tone = "bad" if hour.came > hour.high else "bars"
            left, high = round(n * step + step * 0.2, 1), round(HEIGHT - up(hour.came), 1)
            pieces.append(
                format_html(
                    '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
                    *(tone, left, up(hour.came), round(step * 0.6, 1), high),
                )
            )
    pieces.append(format_html('<polyline class="line" points="{}"/>', line))
    return _framed(HEIGHT, pieces)


def _grid(height: float) -> SafeString:
    marks = "".join(f"M{WIDTH * step / 4:.0f} 0V{height}" for step in range(5))
    return format_html('<path class="grid" d="{}"/>', marks)


def _framed(height: float, pieces: Sequence[SafeString]) -> SafeString:
    content = format_html_join("", "{}", ((piece,) for piece in pieces))
    return format_html('<svg viewBox="0 0 {} {}" aria-hidden="true">{}</svg>', WIDTH, height, content)

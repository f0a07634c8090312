"""Pictures of the desk's figures as SVG; the tables beside them say the same."""

import math
from collections.abc import Callable, Sequence

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from meridian.engine.design.marks import Markup, Said, drawing, mark, name_of_row, reach
from meridian.insight.deskfigures.contracts import Hour, Quantile
from meridian.insight.deskfigures.words import duration_text

# A row has its name above its bar.
WIDTH, ROW, NAME, BAR = 720, 38, 18, 28
HEIGHT, FOOT, EACH_NAMED = 140, 20, 6


def draw_quantiles(
    title: str, rows: Sequence[tuple[Quantile, Quantile]], names: Sequence[str], said: Sequence[Said]
) -> Markup:
    """For each row its median (dot, with its interval) and 90th percentile (end of the bar), by hours."""
    told = [value.hours for row in rows for value in row if math.isfinite(value.hours)]
    most = max(told, default=1) or 1
    height = max(len(rows), 1) * ROW
    quarters = [duration_text(most * step / 4) for step in range(5)]

    def at(hours: float | None) -> float:
        return (
            WIDTH if hours is None or not math.isfinite(hours) else round(hours / most * (WIDTH - 8) + 4, 1)
        )

    pieces: list[str] = [_grid(height), *map(_under(height), range(5), quarters)]
    for place, (median, ninetieth) in enumerate(rows):
        y = place * ROW + BAR
        shapes: list[str] = [
            reach(0, place * ROW, WIDTH, ROW),
            name_of_row(place * ROW + NAME, names[place]),
        ]
        shapes.append(
            format_html('<rect class="band" x="0" y="{}" width="{}" height="6"/>', y - 3, at(ninetieth.hours))
        )
        if median.low is not None:
            shapes.append(
                format_html('<path class="line" d="M{} {}H{}"/>', at(median.low), y, at(median.high))
            )
        shapes.append(format_html('<circle class="bars" cx="{}" cy="{}" r="4"/>', at(median.hours), y))
        pieces.append(mark(said[place], *shapes))
    return drawing(WIDTH, height + FOOT, title, pieces)


def draw_load(title: str, hours: Sequence[Hour], said: Sequence[Said]) -> Markup:
    """What came in as bars, what was expected as a line, its interval behind both."""
    most = max([*(hour.came or 0 for hour in hours), *(hour.high for hour in hours)], default=1) or 1
    step = WIDTH / max(len(hours), 1)

    def up(count: float) -> float:
        return round(HEIGHT - count / most * (HEIGHT - 8), 1)

    def line(counts: Sequence[float]) -> list[str]:
        return [f"{round((n + 0.5) * step, 1)},{up(count)}" for n, count in enumerate(counts)]

    around = [*line([hour.high for hour in hours]), *reversed(line([hour.low for hour in hours]))]
    pieces: list[str] = [format_html('<polygon class="band" points="{}"/>', " ".join(around))]
    expected = " ".join(line([hour.expected for hour in hours]))
    pieces.append(format_html('<polyline class="line" points="{}"/>', expected))
    for n, hour in enumerate(hours):
        shapes: list[str] = [reach(round(n * step, 1), 0, round(step, 1), HEIGHT)]
        if hour.came:
            tone = "bad" if hour.came > hour.high else "bars"
            left, high = round(n * step + step * 0.2, 1), round(HEIGHT - up(hour.came), 1)
            shapes.append(
                format_html(
                    '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
                    *(tone, left, up(hour.came), round(step * 0.6, 1), high),
                )
            )
        pieces.append(mark(said[n], *shapes))
        if n % EACH_NAMED == 0:
            name, x = f"{timezone.localtime(hour.at):%H:%M}", round(n * step, 1)
            pieces.append(format_html('<text x="{}" y="{}">{}</text>', x, HEIGHT + FOOT - 4, name))
    return drawing(WIDTH, HEIGHT + FOOT, title, pieces)


def _under(height: float) -> Callable[[int, str], SafeString]:
    """Writes what a line of the grid stands for below it; at both ends it stays inside."""

    def text(step: int, words: str) -> SafeString:
        anchor = "start" if step == 0 else "end" if step == 4 else "middle"
        x = f"{WIDTH * step / 4:.0f}"
        return format_html('<text x="{}" y="{}" text-anchor="{}">{}</text>', x, height + 14, anchor, words)

    return text


def _grid(height: float) -> Markup:
    marks = "".join(f"M{WIDTH * step / 4:.0f} 0V{height}" for step in range(5))
    return Markup(f'<path class="grid" d="{marks}"/>')

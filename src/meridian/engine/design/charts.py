"""Charts as SVG: yearly flows of money, a frontier of choices, the spread of trials. Classes only."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from meridian.engine.design.marks import Markup, Said, drawing, mark, reach
from meridian.engine.figures import number_text
from meridian.engine.figures.millions import millions, usd_millions

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 14, 14, 30


class _Axis:
    """Values to places; the axis always shows zero."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self.low, self.high = min([0.0, *values]), max([0.0, *values])
        if self.high == self.low:
            self.high = self.low + 1
        self.start, self.end = start, end

    def at(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self, count: int = 6) -> list[float]:
        """Round values across the axis."""
        rough = (self.high - self.low) / count
        size = 10.0 ** (len(str(int(rough))) - 1) if rough >= 1 else 1.0
        step = next(size * factor for factor in (1, 2, 5, 10, 20) if size * factor >= rough)
        first = int(self.low // step)
        found = [step * place for place in range(first, first + count * 3)]
        return [value for value in found if self.low <= value <= self.high]


def _grid(axis: _Axis, words: Any) -> SafeString:
    return format_html_join(
        "",
        '<path class="grid" d="M{} {}H{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (LEFT, axis.at(value), WIDTH - RIGHT, LEFT - 6, axis.at(value) + 4, words(value))
            for value in axis.ticks()
        ),
    )


def flows_chart(
    title: str, years: Sequence[int], costs: Sequence[int], gains: Sequence[int], urls: Sequence[str]
) -> Markup:
    """Bars up for counted benefits, down for costs, and the running total as a line; cents.

    The mark of each year leads to its own of the `urls`.
    """
    totals, running = [], 0
    for cost, gain in zip(costs, gains, strict=True):
        running += gain - cost
        totals.append(running)
    axis = _Axis([*(-cost for cost in costs), *gains, *totals], HEIGHT - BOTTOM, TOP)
    step = (WIDTH - LEFT - RIGHT) / len(years)
    pieces: list[str] = [_grid(axis, lambda value: millions(value, 0))]
    for at, year in enumerate(years):
        left = LEFT + at * step
        shapes: list[str] = [reach(round(left, 1), TOP, round(step, 1), HEIGHT - BOTTOM - TOP)]
        for kind, top, bottom in (("bars", gains[at], 0), ("spent", 0, -costs[at])):
            if top != bottom:
                shapes.append(_bar(kind, left + step * 0.18, step * 0.64, axis.at(top), axis.at(bottom)))
        told = {"year": year, "gain": millions(gains[at]), "cost": millions(costs[at])}
        words = _("%(year)s: benefits %(gain)s, costs %(cost)s") % told
        pieces.append(mark(Said(words, urls[at]), *shapes))
        if at % (1 if len(years) <= 12 else 2) == 0:
            pieces.append(_below(round(LEFT + (at + 0.5) * step, 1), year))
    line = " ".join(
        f"{round(LEFT + (at + 0.5) * step, 1)},{axis.at(total)}" for at, total in enumerate(totals)
    )
    pieces.append(format_html('<path class="axis" d="M{} {}H{}"/>', LEFT, axis.at(0), WIDTH - RIGHT))
    pieces.append(format_html('<polyline class="total" points="{}"/>', line))
    return drawing(WIDTH, HEIGHT, title, pieces)


def _bar(kind: str, left: float, width: float, top: float, bottom: float) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        *(kind, round(left, 1), top, round(width, 1), round(bottom - top, 1)),
    )


def _below(x: float, words: Any) -> SafeString:
    """What stands under the horizontal axis at a place."""
    return format_html('<text x="{}" y="{}" text-anchor="middle">{}</text>', x, HEIGHT - 8, words)


def frontier_chart(
    title: str,
    points: Sequence[dict[str, Any]],
    chosen: dict[str, Any],
    names: Sequence[str],
) -> Markup:
    """Value over cost: a step for each efficient choice, the chosen one marked; USD as text.

    `names` are the projects of each of the points. Both axes span the choices only: what all of them
    share would hide how they differ.
    """
    across = _roomy([float(point["cost"]) for point in points], LEFT, WIDTH - RIGHT)
    up = _roomy([float(point["value"]) for point in points], HEIGHT - BOTTOM, TOP)
    ordered = sorted(zip(points, names, strict=True), key=lambda pair: float(pair[0]["cost"]))
    path = ""
    for point, _projects in ordered:
        x, y = across.at(float(point["cost"])), up.at(float(point["value"]))
        path += f"H{x}V{y}" if path else f"M{x} {y}"
    pieces: list[str] = [_grid(up, lambda value: usd_millions(value))]
    pieces += [_below(across.at(value), usd_millions(value)) for value in across.ticks(6)]
    pieces.append(format_html('<path class="line" d="{}H{}"/>', path, WIDTH - RIGHT))
    for point, projects in ordered:
        is_chosen = point["taken"] == chosen["taken"]
        x, y = across.at(float(point["cost"])), up.at(float(point["value"]))
        ring = format_html(
            '<circle class="{}" cx="{}" cy="{}" r="{}"/>',
            *("chosen" if is_chosen else "bars", x, y, 7 if is_chosen else 4),
        )
        told = {"cost": usd_millions(point["cost"]), "value": usd_millions(point["value"])}
        words = _("cost %(cost)s, value %(value)s") % told
        pieces.append(mark(Said(f"{words}: {projects}"), reach(x - 10, y - 10, 20, 20), ring))
    return drawing(WIDTH, HEIGHT, title, pieces)


def spread_chart(title: str, told: dict[str, Any]) -> Markup:
    """The histogram of trials with its fifth, fiftieth and ninety-fifth percentile; cents."""
    edges, counts = told["edges"], told["counts"]
    across = _Plain(edges[0], edges[-1], LEFT, WIDTH - RIGHT)
    up = _Axis([float(max(counts))], HEIGHT - BOTTOM, TOP + 14)
    pieces: list[str] = []
    for at, count in enumerate(counts):
        left, width = across.at(edges[at]), across.at(edges[at + 1]) - across.at(edges[at])
        if count:
            kind = "bars" if edges[at] >= 0 else "spent"
            bar = _bar(kind, left, max(0.5, width - 1), up.at(count), up.at(0))
            ground = reach(left, TOP + 14, round(width, 1), HEIGHT - BOTTOM - TOP - 14)
            ends = {"low": millions(edges[at]), "high": millions(edges[at + 1]), "trials": number_text(count)}
            words = _("%(low)s to %(high)s: %(trials)s trials") % ends
            pieces.append(mark(Said(words), ground, bar))
    for name in ("p5", "p50", "p95"):
        x = across.at(told[name])
        pieces.append(
            format_html(
                '<path class="mark" d="M{} {}V{}"/><text x="{}" y="{}" text-anchor="middle">{}</text>'
                '<text x="{}" y="{}" text-anchor="middle">{}</text>',
                *(x, TOP, HEIGHT - BOTTOM),
                *(x, TOP - 2, name.upper()),
                *(x, HEIGHT - 8, millions(told[name])),
            )
        )
    pieces.append(format_html('<path class="axis" d="M{} {}H{}"/>', LEFT, up.at(0), WIDTH - RIGHT))
    return drawing(WIDTH, HEIGHT, title, pieces)


class _Plain(_Axis):
    """An axis that need not show zero."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        super().__init__((), start, end)
        self.low, self.high = low, high if high > low else low + 1


def _roomy(values: Sequence[float], start: float, end: float) -> _Plain:
    """An axis over the values with a tenth of their span to spare at both ends."""
    spare = (max(values) - min(values)) / 10 or max(1.0, abs(values[0]) / 10)
    return _Plain(min(values) - spare, max(values) + spare, start, end)

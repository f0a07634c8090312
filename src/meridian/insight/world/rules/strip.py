"""Two days in hours, one before and one after now: how many desks are open, what came in, what falls due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from meridian.engine.design.marks import Markup, Said, drawing, mark, reach

HOUR_WIDTH, DESKS_HEIGHT, WORK_HEIGHT, GAP, FOOT = 20, 44, 56, 8, 20
REACH = 24
# A name of an hour every so many hours; half of one in the letters of small screens.
EACH_NAMED, HALF_A_NAME = 6, 30


@dataclass(frozen=True, slots=True)
class StripHour:
    """An hour beside now: `offset` from -24 to 24, the desks open as it begins, and its items.

    Before now `came_in`; after now those that fall `due`, of which `asleep` while their desk is closed.
    """

    offset: int
    at: datetime
    desks: int
    came_in: int = 0
    due: int = 0
    asleep: int = 0


def draw_strip(title: str, hours: Sequence[StripHour], said: Sequence[Said]) -> Markup:
    """The strip as markup of an <svg>; `said` is what the mark of each hour says."""
    most_desks = max((hour.desks for hour in hours), default=0) or 1
    most_work = max((max(hour.came_in, hour.due) for hour in hours), default=0) or 1
    base, foot, width = DESKS_HEIGHT, DESKS_HEIGHT + GAP + WORK_HEIGHT, len(hours) * HOUR_WIDTH
    pieces: list[str] = []
    for place, (hour, words) in enumerate(zip(hours, said, strict=True)):
        bars = (
            _bar("good", place, base, DESKS_HEIGHT * hour.desks / most_desks),
            _bar("still", place, foot, WORK_HEIGHT * hour.came_in / most_work),
            _bar("due", place, foot, WORK_HEIGHT * hour.due / most_work),
            _bar("bad", place, foot, WORK_HEIGHT * hour.asleep / most_work),
        )
        pieces.append(mark(words, reach(place * HOUR_WIDTH, 0, HOUR_WIDTH, foot), *bars))
        if hour.at.hour % EACH_NAMED == 0:
            pieces.append(_name(hour, place, foot + FOOT - 6, width))
    now = next((place for place, hour in enumerate(hours) if hour.offset == 0), 0) * HOUR_WIDTH
    line = f'<path class="axis" d="M{now + HOUR_WIDTH / 2:.0f} 0V{foot}M0 {base}H{width}"/>'
    return drawing(width, foot + FOOT, title, [line, *pieces])


def _name(hour: StripHour, place: int, y: float, width: float) -> str:
    """The hour below its bars; at the ends of the strip it stays inside."""
    x, anchor = place * HOUR_WIDTH + HOUR_WIDTH / 2, "middle"
    if x < HALF_A_NAME:
        x, anchor = 0, "start"
    elif x > width - HALF_A_NAME:
        x, anchor = width, "end"
    return f'<text x="{x:.0f}" y="{y}" text-anchor="{anchor}">{hour.at:%H:%M}</text>'


def _bar(name: str, place: int, base: float, height: float) -> str:
    if height <= 0:
        return ""
    x, height = place * HOUR_WIDTH + 3, max(height, 1.5)
    size = f'width="{HOUR_WIDTH - 6}" height="{height:.1f}"'
    return f'<rect class="{name}" x="{x}" y="{base - height:.1f}" {size}/>'

"""Two days in hours, one before and one after now: how many desks are open, what came in, what falls due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from meridian.insight.world.rules.world_map import Drawing

HOUR_WIDTH, DESKS_HEIGHT, WORK_HEIGHT, GAP, FOOT = 20, 44, 56, 8, 20
REACH = 24


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


def draw_strip(hours: Sequence[StripHour]) -> Drawing:
    """The strip as markup of an <svg>, hidden from screen readers: the table beside it says the same."""
    most_desks = max((hour.desks for hour in hours), default=0) or 1
    most_work = max((max(hour.came_in, hour.due) for hour in hours), default=0) or 1
    base, foot = DESKS_HEIGHT, DESKS_HEIGHT + GAP + WORK_HEIGHT
    bars = []
    for place, hour in enumerate(hours):
        bars.append(_bar("good", place, base, DESKS_HEIGHT * hour.desks / most_desks))
        bars.append(_bar("still", place, foot, WORK_HEIGHT * hour.came_in / most_work))
        bars.append(_bar("due", place, foot, WORK_HEIGHT * hour.due / most_work))
        bars.append(_bar("bad", place, foot, WORK_HEIGHT * hour.asleep / most_work))
        if hour.at.hour % 6 == 0:
            x = place * HOUR_WIDTH + HOUR_WIDTH / 2
            bars.append(
                f'<text x="{x:.0f}" y="{foot + FOOT - 6}" text-anchor="middle">{hour.at:%H:%M}</text>'
            )
    now = next((place for place, hour in enumerate(hours) if hour.offset == 0), 0) * HOUR_WIDTH
    line = f'<path class="axis" d="M{now + HOUR_WIDTH / 2:.0f} 0V{foot}M0 {base}H{len(hours) * HOUR_WIDTH}"/>'
    box = f"0 0 {len(hours) * HOUR_WIDTH} {foot + FOOT}"
    return Drawing(f'<svg viewBox="{box}" aria-hidden="true">{line}{"".join(bars)}</svg>')


def _bar(name: str, place: int, base: float, height: float) -> str:
    if height <= 0:
        return ""
    x, height = place * HOUR_WIDTH + 3, max(height, 1.5)
    size = f'width="{HOUR_WIDTH - 6}" height="{height:.1f}"'
    return f'<rect class="{name}" x="{x}" y="{base - height:.1f}" {size}/>'

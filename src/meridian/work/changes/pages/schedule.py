"""The forward schedule: every change with a window and every freeze, drawn over time, with its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.marks import Markup, Said, drawing, mark
from meridian.engine.figures import day_text, instant_text, month_text, weekday_text
from meridian.engine.listing.cut import cut
from meridian.engine.listing.parameters import NotUnderstood
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.engine.resources import resource_of
from meridian.engine.values import url_of
from meridian.work.change_calendar.facade import ChangeWindow
from meridian.work.changes.models import Change
from meridian.work.changes.pages.tables import change_table
from meridian.work.changes.rules import IN_THE_WAY

WIDTH, LABELS, LINE, TOP, LETTERS = 1000, 260, 26, 24, 36
WEEKS = {"1": 1, "2": 2, "6": 6}
MOST_DRAWN = 60


@dataclass(frozen=True, slots=True)
class _Bar:
    """A line of the drawing: a change, or a window in which changes rest or are welcome."""

    label: str
    kind: str
    url: str
    starts_at: datetime
    ends_at: datetime


@needs("changes.change.view")
@require_safe
@takes("weeks")
def schedule_page(request: Request) -> HttpResponse:
    """What is planned for the coming weeks."""
    asked = request.GET.get("weeks", "2")
    if asked not in WEEKS:
        raise NotUnderstood({"weeks": _("Choose 1, 2 or 6 weeks.")})
    start = timezone.now().replace(minute=0, second=0, microsecond=0)
    end = start + timedelta(weeks=WEEKS[asked])
    rows = Change.objects.permitted(request.actor).filter(
        state__in=sorted(IN_THE_WAY), planned_from__lt=end, planned_until__gt=start
    )
    found = cut(rows.select_related("team").order_by("planned_from", "pk"), MOST_DRAWN)
    windows = ChangeWindow.objects.permitted(request.actor).filter(starts_at__lt=end, ends_at__gt=start)
    shown = cut(windows.order_by("starts_at", "pk"), MOST_DRAWN)
    bars = [*map(_of_window, shown.shown), *map(_of_change, found.shown)]
    context = {
        "drawing": _drawn(bars, start, end),
        "table": change_table(_("Changes by their window"), found.shown),
        "cut": found,
        "windows": [_window_line(window) for window in shown.shown],
        "windows_cut": shown,
        "weeks": [{"weeks": weeks, "current": name == asked} for name, weeks in WEEKS.items()],
    }
    return render(request, "changes/schedule.html", context)


def _of_window(window: ChangeWindow) -> _Bar:
    return _Bar(str(window), window.type, url_of(window), window.starts_at, window.ends_at)


def _of_change(change: Any) -> _Bar:
    tone = resource_of(Change).tone_of(change.state)
    return _Bar(
        f"{change.number} {change.title}", tone, url_of(change), change.planned_from, change.planned_until
    )


def _window_line(window: ChangeWindow) -> dict[str, Any]:
    return {
        "title": str(window),
        "url": url_of(window),
        "type": window.get_type_display(),
        "tone": "bad" if window.type == ChangeWindow.Type.FREEZE else "good",
        "hardness": window.get_hardness_display(),
        "starts": instant_text(window.starts_at),
        "ends": instant_text(window.ends_at),
    }


def _drawn(bars: Sequence[_Bar], start: datetime, end: datetime) -> Markup:
    """The lines over time; empty when there is nothing to draw."""
    if not bars:
        return Markup("")
    height = TOP + LINE * len(bars) + 4
    title = _("Changes from %(start)s until %(end)s; the table says the same")
    words = title % {"start": day_text(start.date()), "end": day_text(end.date())}
    lines = [_line(bar, place, start, end) for place, bar in enumerate(bars)]
    return drawing(WIDTH, height, words, [_days(start, end, height), *lines], "forward")


def _at(at: datetime, start: datetime, end: datetime) -> float:
    share = (at - start) / (end - start)
    return round(LABELS + (WIDTH - LABELS - 6) * min(1.0, max(0.0, share)), 1)


def _days(start: datetime, end: datetime, height: int) -> str:
    days = (end - start).days
    step = 1 if days <= 7 else 2 if days <= 14 else 7
    midnight = start.replace(hour=0) + timedelta(days=1)

    def named(at: datetime) -> str:
        return weekday_text(at) if days <= 14 else f"{at.day} {month_text(at)}"

    ticks = [midnight + timedelta(days=day) for day in range(0, days, step)]
    return format_html_join(
        "",
        '<path class="grid" d="M{} 18V{}"/><text x="{}" y="13">{}</text>',
        ((_at(at, start, end), height, _at(at, start, end) + 3, named(at)) for at in ticks),
    )


def _line(bar: _Bar, place: int, start: datetime, end: datetime) -> Markup:
    top, left, right = TOP + place * LINE, _at(bar.starts_at, start, end), _at(bar.ends_at, start, end)
    label = bar.label if len(bar.label) <= LETTERS else f"{bar.label[: LETTERS - 1]}…"
    words = f"{bar.label}: {instant_text(bar.starts_at)} – {instant_text(bar.ends_at)}"
    drawn = format_html(
        '<text x="2" y="{}">{}</text><rect class="bar-{}" x="{}" y="{}" width="{}" height="14" rx="2"/>',
        top + 14,
        label,
        bar.kind,
        left,
        top + 4,
        round(max(4.0, right - left), 1),
    )
    return mark(Said(words, bar.url), drawn)

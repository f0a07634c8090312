"""The Gantt chart as SVG: bars as they are, the baseline under them, today across."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from meridian.engine.design.marks import Markup, Said, drawing, mark
from meridian.engine.figures import day_text, month_text, percent_text
from meridian.engine.values import url_of
from meridian.kernel.period import add_months
from meridian.work.projects.queries import PlanLine

WIDTH, LABELS, LINE, TOP = 1000, 250, 30, 26
LABEL_LETTERS = 36
MOST_TICKS = 9


class _Scale:
    """Days to places on the drawing."""

    def __init__(self, first_on: date, end_on: date) -> None:
        self.first_on, self.days = first_on, max(1, (end_on - first_on).days)

    def at(self, day: date) -> float:
        return round(LABELS + (WIDTH - LABELS - 8) * (day - self.first_on).days / self.days, 1)


def shown_days(line: PlanLine) -> tuple[date, date]:
    """First and last day of a bar: what happened where it is known, the plan where it is not."""
    first_on = line.task.began_on or line.task.starts_on
    length = line.task.ends_on - line.task.starts_on
    last_on = line.task.ended_on or max(
        line.task.ends_on, first_on + length if line.task.began_on else first_on
    )
    return first_on, max(first_on, last_on)


def gantt(plan: Sequence[PlanLine], today: date) -> Markup:
    """The chart of a plan; empty text when there is nothing to draw."""
    if not plan:
        return Markup("")
    spans = [shown_days(line) for line in plan]
    frozen = [line.frozen for line in plan if line.frozen]
    first_on = min([span[0] for span in spans] + [row.starts_on for row in frozen])
    end_on = max([span[1] for span in spans] + [row.ends_on for row in frozen]) + timedelta(days=1)
    scale = _Scale(first_on, end_on)
    height = TOP + LINE * len(plan) + 6
    title = _("Plan from %(first)s to %(last)s; the figures follow as a table")
    pieces = [
        _ticks(scale, first_on, end_on, height),
        *(_row(line, at, scale) for at, line in enumerate(plan)),
        _today(scale, today, first_on, end_on, height),
    ]
    words = title % {"first": _day(first_on), "last": _day(end_on - timedelta(days=1))}
    return drawing(WIDTH, height, words, pieces, "gantt")


def _row(line: PlanLine, at: int, scale: _Scale) -> Markup:
    top = TOP + at * LINE
    first_on, last_on = shown_days(line)
    left, right = scale.at(first_on), scale.at(last_on + timedelta(days=1))
    task = line.task
    name = str(task)
    label = name if len(name) <= LABEL_LETTERS else f"{name[: LABEL_LETTERS - 1]}…"
    words = f"{name}: {_day(first_on)} – {_day(last_on)}, {percent_text(task.percent_done.normalize())}"
    drawn = _frozen_bar(line, top, scale)
    if task.is_milestone:
        drawn += format_html('<path class="bars" d="M{} {}l8 8-8 8-8-8z"/>', left, top + 3)
    else:
        wide = round(max(3.0, right - left), 1)
        kind = "bars" if line.is_leaf else "whole"
        drawn += format_html(
            '<rect class="{} rest" x="{}" y="{}" width="{}" height="12" rx="2"/>',
            kind,
            left,
            top + 5,
            wide,
        )
        drawn += format_html(
            '<rect class="{}" x="{}" y="{}" width="{}" height="12" rx="2"/>',
            kind,
            left,
            top + 5,
            round(wide * float(task.percent_done) / 100, 1),
        )
    called = format_html('<text x="{}" y="{}">{}</text>', 2 + 12 * line.level, top + 15, label)
    return mark(Said(words, url_of(task)), called, drawn)


def _frozen_bar(line: PlanLine, top: int, scale: _Scale) -> SafeString:
    if line.frozen is None or line.frozen.is_milestone:
        return SafeString("")
    left, right = scale.at(line.frozen.starts_on), scale.at(line.frozen.ends_on + timedelta(days=1))
    return format_html(
        '<rect class="frozen" x="{}" y="{}" width="{}" height="5" rx="1"/>',
        left,
        top + 20,
        round(max(3.0, right - left), 1),
    )


def _ticks(scale: _Scale, first_on: date, end_on: date, height: int) -> SafeString:
    months = (end_on.year - first_on.year) * 12 + end_on.month - first_on.month + 1
    step = next(size for size in (1, 2, 3, 6, 12, 24, 60, 120, 10_000) if months / size <= MOST_TICKS)
    day = date(first_on.year, (first_on.month - 1) // min(step, 12) * min(step, 12) + 1, 1)
    drawn = []
    while day < end_on:
        if day >= first_on:
            words = str(day.year) if step >= 12 or day.month == 1 else month_text(day)
            drawn.append((scale.at(day), height, scale.at(day) + 3, words))
        day = add_months(day, step)
    return format_html_join("", '<path class="grid" d="M{} 18V{}"/><text x="{}" y="13">{}</text>', drawn)


def _today(scale: _Scale, today: date, first_on: date, end_on: date, height: int) -> Markup:
    if not first_on <= today < end_on:
        return Markup("")
    return mark(Said(_("Today")), f'<path class="today" d="M{scale.at(today)} 18V{height}"/>')


def _day(day: date) -> str:
    return day_text(day)

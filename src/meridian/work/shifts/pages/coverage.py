"""Coverage of a week: language × skill × hour with its gaps, of one hub or of the whole desk."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from meridian.engine.design.figures import Unproved
from meridian.engine.design.marks import Said
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import instant_text, number_text, time_text, weekday_text
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.work.shifts.models import Hub, Skill
from meridian.work.shifts.pages.asking import choices, hub_asked, skill_asked, steps, week_asked, week_words
from meridian.work.shifts.queries.rosters import DAYS, coverage_of, hours_between, midnight, zone_of
from meridian.work.shifts.rules.coverage import HOUR, CoverageLine, Wanted
from meridian.work.shifts.rules.heat_map import HeatLine, Telling, draw_heat_map

MOST_GAPS = 4


@needs("shifts.coverageneed.view")
@require_safe
@takes("hub", "week", "skill")
def coverage_page(request: Request) -> HttpResponse:
    """Where somebody is missing, drawn and as a table."""
    hubs = list(
        Hub.objects.filter(is_active=True)
        .select_related("team__duty_station", "team__calendar")
        .order_by("code")
    )
    skills = list(Skill.objects.order_by("code"))
    hub, skill, monday = hub_asked(request, hubs), skill_asked(request, skills), week_asked(request)
    zone, path = zone_of(hub), reverse("shifts-coverage")
    asked = {"hub": hub.code if hub else "", "skill": skill.code if skill else ""}
    hours = hours_between(midnight(monday, zone), midnight(monday + timedelta(days=DAYS), zone))
    lines = coverage_of(hub, skill.pk if skill else 0, hours)
    names = {each.pk: str(each) for each in skills}
    week = {"week": monday.isoformat()}
    context = {
        "hub": hub,
        "hubs": choices(path, hubs, hub, "hub", skill=asked["skill"], **week),
        "skills": choices(path, skills, skill, "skill", hub=asked["hub"], **week),
        "steps": steps(path, monday, **asked),
        "week": week_words(monday),
        "all_url": f"{path}?{'&'.join(f'{name}={value}' for name, value in week.items())}",
        "chart": _chart(lines, names, hours, monday, hub) if lines else None,
        "short": sum(len(line.gaps) for line in lines),
        "needs_url": reverse("shifts-coverageneed-list"),
    }
    return render(request, "shifts/coverage.html", context)


def words_of(wanted: Wanted, names: dict[int, str]) -> str:
    """What a line asks for, such as “French · Networks”."""
    languages = dict(settings.LANGUAGES)
    parts = []
    if wanted.language:
        parts.append(str(languages.get(wanted.language, wanted.language)))
    if wanted.skill:
        parts.append(names.get(wanted.skill, "–"))
    return " · ".join(parts) or str(_("anybody"))


def _chart(
    lines: Sequence[CoverageLine],
    names: dict[int, str],
    hours: Sequence[datetime],
    monday: date,
    hub: Hub | None,
) -> dict[str, Any]:
    zone = zone_of(hub)
    labels = [words_of(line.wanted, names) for line in lines]
    starts = [midnight(monday + timedelta(days=each), zone) for each in range(DAYS)]
    days = [
        (sum(hour < start for hour in hours), weekday_text(start.astimezone(zone).date())) for start in starts
    ]
    title = _("People at work of those who are needed, hour by hour")
    drawn = [
        HeatLine(label, line.wanted.least, line.counts) for label, line in zip(labels, lines, strict=True)
    ]
    return {
        "title": title,
        "unit": str(zone),
        "svg": draw_heat_map(title, days, drawn, _telling(hours, monday, zone, hub)),
        "table": _table(lines, labels, hours, zone),
    }


def _telling(hours: Sequence[datetime], monday: date, zone: ZoneInfo, hub: Hub | None) -> Telling:
    """What the marks of the chart say; those of a hub lead to its roster of that week."""
    url = f"{reverse('roster')}?hub={hub.code}&week={monday.isoformat()}" if hub else ""
    words = _("%(who)s, %(begins)s–%(ends)s: %(count)s of %(least)s")

    def said(line: HeatLine, first: int, last: int) -> Said:
        told = {
            "who": line.label,
            "begins": instant_text(hours[first].astimezone(zone)),
            "ends": time_text((hours[last - 1] + HOUR).astimezone(zone)),
            "count": number_text(line.counts[first]),
            "least": number_text(line.least),
        }
        return Said(words % told, url)

    return said


def _table(
    lines: Sequence[CoverageLine], labels: Sequence[str], hours: Sequence[datetime], zone: ZoneInfo
) -> Table:
    columns = [
        Column(_("Who is needed")),
        Column(_("At least"), "number", why=Unproved.HELD),
        Column(_("Hours wanted"), "number", why=Unproved.RECKONED, minor=True),
        Column(_("Hours short"), "number", why=Unproved.RECKONED),
        Column(_("When")),
    ]
    rows = [
        Row(
            [
                Cell(label),
                Cell(number_text(line.wanted.least), "number"),
                Cell(number_text(sum(count >= 0 for count in line.counts)), "number"),
                Cell(number_text(len(line.gaps)), "number"),
                Cell(_gaps(line, hours, zone)),
            ]
        )
        for line, label in zip(lines, labels, strict=True)
    ]
    return Table(_("Where somebody is missing"), columns, rows)


def _gaps(line: CoverageLine, hours: Sequence[datetime], zone: ZoneInfo) -> str:
    """The first gaps in words, and how many more there are."""
    found = line.runs()
    told = []
    for first, last in found[:MOST_GAPS]:
        begins, ends = hours[first].astimezone(zone), (hours[last - 1] + HOUR).astimezone(zone)
        told.append(f"{instant_text(begins)}–{time_text(ends)}")
    more = len(found) - MOST_GAPS
    if more > 0:
        told.append(ngettext("and %(n)s more", "and %(n)s more", more) % {"n": number_text(more)})
    return "; ".join(told) or "–"

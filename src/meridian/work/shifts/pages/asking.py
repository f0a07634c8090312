"""What the pages of rosters are asked for: a hub, a week, a skill."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.figures import Unread, day_text, page_reader
from meridian.engine.listing.parameters import NotUnderstood
from meridian.engine.policies import Request
from meridian.work.shifts.models import Hub, Skill
from meridian.work.shifts.queries.rosters import monday_of

FARTHEST = timedelta(days=3660)


def hub_asked(request: Request, hubs: list[Hub]) -> Hub | None:
    """The hub of the address by its code; None where none is asked for."""
    code = request.GET.get("hub", "")
    found = next((hub for hub in hubs if hub.code == code), None)
    if code and found is None:
        raise NotUnderstood({"hub": _("There is no hub of this code.")})
    return found


def skill_asked(request: Request, skills: list[Skill]) -> Skill | None:
    """The skill of the address by its code; None where none is asked for."""
    code = request.GET.get("skill", "")
    found = next((skill for skill in skills if skill.code == code), None)
    if code and found is None:
        raise NotUnderstood({"skill": _("There is no skill of this code.")})
    return found


def week_asked(request: Request) -> date:
    """The Monday of the week of the address, of this one where none is asked for."""
    today = timezone.localdate()
    text = request.GET.get("week", "")
    try:
        day = page_reader().day(text) if text else today
    except Unread:
        day = date.min
    if abs(day - today) > FARTHEST:
        raise NotUnderstood({"week": _("Write a day of the week as 2026-03-02, at most ten years from now.")})
    return monday_of(day)


def steps(path: str, monday: date, **asked: str) -> list[dict[str, str]]:
    """The ways to the week before, this week and the week after."""
    weeks = (
        (_("Week before"), monday - timedelta(days=7)),
        (_("This week"), monday_of(timezone.localdate())),
        (_("Week after"), monday + timedelta(days=7)),
    )
    return [
        {"title": title, "url": f"{path}?{urlencode(said(asked) | {'week': day.isoformat()})}"}
        for title, day in weeks
    ]


def choices(path: str, rows: list[Any], chosen: Any, name: str, **asked: str) -> list[dict[str, Any]]:
    """Links that choose one of the rows by its code."""
    return [
        {
            "title": str(row),
            "url": f"{path}?{urlencode(said(asked) | {name: row.code})}",
            "is_current": row == chosen,
        }
        for row in rows
    ]


def said(asked: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in asked.items() if value}


def week_words(monday: date) -> str:
    """The days of a week as they are spoken of."""
    return _("%(first)s to %(last)s") % {
        "first": day_text(monday),
        "last": day_text(monday + timedelta(days=6)),
    }

"""The hours before and after now as a strip, and the same as a table; each hour leads to the world then."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.design.figures import Unproved
from meridian.engine.design.marks import Said
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import instant_text, number_text
from meridian.insight.world.queries import strip_at
from meridian.insight.world.rules.strip import StripHour, draw_strip


def hours_strip(now: datetime) -> dict[str, Any]:
    """The chart of `design/partials/chart.html`."""
    hours = strip_at(now)
    title = _("Desks open; below: what came in, and what falls due")
    return {
        "title": title,
        "unit": "UTC",
        "svg": draw_strip(title, hours, [_said(hour) for hour in hours]),
        "table": _hours_table(hours),
        "note": _("Green: desks open. Grey: came in. Blue: falls due; red: of it while the desk is closed."),
    }


def _said(hour: StripHour) -> Said:
    """What the mark of an hour says; it leads to the world then."""
    then = {"hour": f"{hour.at:%H:%M}", "desks": number_text(hour.desks)}
    if hour.offset <= 0:
        then |= {"came": number_text(hour.came_in)}
        words = _("%(hour)s UTC: %(desks)s desks open, %(came)s came in") % then
    else:
        then |= {"due": number_text(hour.due), "asleep": number_text(hour.asleep)}
        told = _("%(hour)s UTC: %(desks)s desks open, %(due)s fall due, %(asleep)s of them while closed")
        words = told % then
    return Said(words, f"{reverse('world')}?hours={hour.offset}")


def _hours_table(hours: Sequence[StripHour]) -> Table:
    """The strip in figures; each hour leads to the world then."""
    url = reverse("world")
    rows = [
        Row(
            [
                Cell(
                    instant_text(hour.at), "date", f"{url}?hours={hour.offset}", instant=hour.at.isoformat()
                ),
                Cell(number_text(hour.desks), "number"),
                Cell(number_text(hour.came_in) if hour.offset <= 0 else "–", "number"),
                Cell(number_text(hour.due) if hour.offset >= 0 else "–", "number"),
                Cell(number_text(hour.asleep) if hour.offset >= 0 else "–", "number"),
            ]
        )
        for hour in hours
    ]
    titles = (_("Desks open"), _("Came in"), _("Falls due"), _("While closed"))
    columns = [
        Column(_("Hour"), "date"),
        *(Column(title, "number", why=Unproved.RECKONED) for title in titles),
    ]
    return Table(caption=_("The hours before and after now"), columns=columns, rows=rows)

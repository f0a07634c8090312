"""How the desks do: what is open and how old, how long things take, what comes in."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.figures import Unproved
from meridian.engine.design.marks import Said
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import day_text, number_text, time_text
from meridian.engine.listing.cut import cut
from meridian.engine.listing.parameters import one_of
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Actor, Request
from meridian.insight.deskfigures import queries
from meridian.insight.deskfigures.charts import draw_load, draw_quantiles
from meridian.insight.deskfigures.contracts import Aged, Hour, Times
from meridian.insight.deskfigures.proofs import NONE, minute_of
from meridian.insight.deskfigures.words import age_text, group_titles, names_of, quantile_text

SPANS = {"28": 28, "91": 91, "365": 365}
MOST_GROUPS = 40
SEEING = "servicedesk.workitem.queue"


@needs(SEEING)
@require_safe
@takes("by", "days", "then")
def figures(request: Request) -> HttpResponse:
    """The figures of the desks whose work the reader does, each with its items."""
    actor, today = request.actor, timezone.localdate()
    titles = group_titles()
    by = one_of("by", request.GET.get("by", ""), {"": titles["team"], **titles}) or "team"
    spans = {"28": _("four weeks"), "91": _("thirteen weeks"), "365": _("a year")}
    days = one_of("days", request.GET.get("days", ""), {"": spans["28"], **spans}) or "28"
    thens = {"today": _("today"), "yesterday": _("yesterday")}
    then = one_of("then", request.GET.get("then", ""), {"": thens["today"], **thens}) or "today"
    first, last = today - timedelta(days=SPANS[days] - 1), today
    shown = cut(queries.times(actor, by, first, last), MOST_GROUPS)
    context = {
        "asked": {"by": by, "days": days, "then": then},
        "ways": titles,
        "spans": spans,
        "thens": thens,
        "ages": _ages(queries.ages(actor, today)),
        "durations": _durations(by, shown.shown, first, last),
        "cut": shown,
        "load": _load(actor, today if then == "today" else today - timedelta(days=1)),
        "period": _("%(first)s to %(last)s") % {"first": day_text(first), "last": day_text(last)},
    }
    return render(request, "deskfigures/figures.html", context)


def _ages(found: Sequence[Aged]) -> Table:
    rows = []
    for aged in found:
        days = str(aged.least)
        all_of = proof_address("deskfigures.aged", aged.items, days=days)
        urgent = proof_address("deskfigures.aged", aged.urgent, days=days, urgent="yes")
        rows.append(
            Row(
                [
                    Cell(age_text(aged.least, aged.most)),
                    Cell(number_text(aged.items), "number", proof=all_of),
                    Cell(number_text(aged.urgent), "number", proof=urgent),
                ]
            )
        )
    columns = [
        Column(_("Age")),
        Column(_("Open items"), "number"),
        Column(_("of them critical or high"), "number"),
    ]
    return Table(_("Open items by age"), columns, rows)


def _durations(by: str, found: Sequence[Times], first: date, last: date) -> dict[str, Any]:
    names = names_of(by, [row.key for row in found])
    asked = {"by": by, "first": first.isoformat(), "last": last.isoformat()}
    rows, called, said = [], [], []
    for row in found:
        proof = proof_address(
            "deskfigures.group", row.items, **asked, key=str(NONE if row.key is None else row.key)
        )
        called.append(names.get(row.key) or _("none"))
        half, most = map(quantile_text, row.resolved)
        told = _("%(name)s: half solved within %(half)s, nine of ten within %(most)s")
        said.append(Said(told % {"name": called[-1], "half": half, "most": most}, proof))
        rows.append(
            Row(
                [
                    Cell(called[-1]),
                    Cell(number_text(row.items), "number", proof=proof),
                    *(Cell(quantile_text(value), "number") for value in (*row.answered, *row.resolved)),
                ]
            )
        )
    why = Unproved.FOLLOWS
    columns = [
        Column(group_titles()[by]),
        Column(_("Items"), "number"),
        Column(_("First answer: median"), "number", why=why),
        Column(_("First answer: nine of ten within"), "number", why=why),
        Column(_("Solution: median"), "number", why=why),
        Column(_("Solution: nine of ten within"), "number", why=why),
    ]
    title = _("Time to the solution: half (dot, with its interval) and nine of ten (bar)")
    return {
        "title": title,
        "svg": draw_quantiles(title, [row.resolved for row in found], called, said),
        "table": Table(_("How long things take"), columns, rows),
    }


def _load(actor: Actor, day: date) -> dict[str, Any]:
    hours = queries.load(actor, day, timezone.now())
    why = Unproved.RECKONED
    columns = [
        Column(_("Hour")),
        Column(_("Came in"), "number"),
        Column(_("Expected"), "number", why=why),
        Column(_("at least"), "number", why=why),
        Column(_("at most"), "number", why=why),
    ]
    table = Table(_("What came in by hour"), columns, [_hour(hour) for hour in hours])
    title = _("What came in by hour, and what the eight weeks before let expect")
    return {
        "title": title,
        "unit": day_text(day),
        "svg": draw_load(title, hours, [_said(hour) for hour in hours]),
        "table": table,
    }


def _came(hour: Hour) -> str:
    """The proof of what came in during an hour that is over."""
    if hour.came is None:
        return ""
    return proof_address("deskfigures.hour", hour.came, begins=minute_of(hour.at))


def _said(hour: Hour) -> Said:
    told = {
        "hour": time_text(timezone.localtime(hour.at)),
        "low": number_text(round(hour.low)),
        "high": number_text(round(hour.high)),
    }
    if hour.came is None:
        return Said(_("%(hour)s: not over; %(low)s to %(high)s expected") % told)
    words = _("%(hour)s: %(came)s came in, %(low)s to %(high)s expected")
    return Said(words % (told | {"came": number_text(hour.came)}), _came(hour))


def _hour(hour: Hour) -> Row:
    told = (hour.expected, hour.low, hour.high)
    return Row(
        [
            Cell(time_text(timezone.localtime(hour.at))),
            Cell("–" if hour.came is None else number_text(hour.came), "number", proof=_came(hour)),
            *(Cell(number_text(round(value)), "number") for value in told),
        ]
    )


root_urlpatterns = [path("desk-figures/", figures, name="desk-figures")]

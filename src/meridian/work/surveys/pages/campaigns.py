"""A campaign: each service with the year before beside, and what was published before Meridian."""

import json
from importlib import resources
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.commands import Unseen
from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import number_text
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.engine.values import url_of
from meridian.work.surveys.models import Campaign
from meridian.work.surveys.pages.results import (
    hidden,
    interval_text,
    mean_text,
    said_of,
    satisfied_text,
    share_text,
)
from meridian.work.surveys.queries.results import ServiceResult, campaign_results
from meridian.work.surveys.rules.chart import Line, draw_intervals


@needs("surveys.campaign.view")
@require_safe
def campaign(request: Request, code: str) -> HttpResponse:
    """How satisfied people are with each service, how sure that is, and what it was the year before."""
    rows = Campaign.objects.permitted(request.actor).select_related("question_set", "previous")
    row = rows.filter(code=code).first()
    if row is None:
        raise Unseen(_("There is no such campaign, or it is not yours to see."))
    overall, services = campaign_results(row)
    target = row.target_percent / 100 if row.target_percent is not None else None
    context = {
        "row": row,
        "tiles": _tiles(row, overall),
        "table": _table(services, row),
        "chart": _chart(services, target),
        "published": published(),
        "record_url": url_of(row),
        "crumbs": [{"title": _("How we did"), "url": reverse("surveys-results")}],
    }
    return render(request, "surveys/campaign.html", context)


def published() -> dict[str, Any]:
    """What was published of earlier surveys, with where it stands."""
    text = (resources.files("meridian.work.surveys") / "data" / "published.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _tiles(row: Campaign, overall: ServiceResult) -> list[dict[str, Any]]:
    now, before = overall.now, overall.before
    answered = number_text(now.answered) if now.answered is not None else hidden()
    tiles = [
        {"number": number_text(now.asked), "label": _("asked"), "proof": Unproved.SEALED},
        {"number": answered, "label": _("answered"), "proof": Unproved.SEALED},
        {"number": share_text(now.rate), "label": _("response rate"), "proof": Unproved.FOLLOWS},
        {
            "number": satisfied_text(now),
            "label": _("satisfied over all services"),
            "note": interval_text(now),
            "proof": Unproved.FOLLOWS,
        },
    ]
    if before:
        label = _("satisfied in the one before")
        note = interval_text(before)
        tiles.append(
            {"number": satisfied_text(before), "label": label, "note": note, "proof": Unproved.FOLLOWS}
        )
    if row.target_percent is not None:
        target = share_text(row.target_percent / 100)
        tiles.append({"number": target, "label": _("target"), "url": url_of(row), "proof": Unproved.HELD})
    return tiles


def _table(services: list[ServiceResult], row: Campaign) -> Table:
    why = Unproved.FOLLOWS
    columns = [
        Column(_("Service")),
        Column(_("Answered"), "number", why=Unproved.SEALED),
        Column(_("Mean"), "number", why=why),
        Column(_("Satisfied"), "number", why=why),
        Column(_("95 per cent interval"), "number", why=why),
        Column(str(row.previous) if row.previous else _("The one before"), "number", why=why),
        Column(_("Change")),
    ]
    return Table(_("Satisfaction by service"), columns, [_row(one) for one in services])


def _row(one: ServiceResult) -> Row:
    answered = number_text(one.now.answered) if one.now.answered is not None else hidden()
    texts = (answered, mean_text(one.now), satisfied_text(one.now), interval_text(one.now))
    before = satisfied_text(one.before) if one.before else "–"
    url = url_of(one.service) if one.service else ""
    cells = [Cell(one.label, url=url), *(Cell(text, "number") for text in (*texts, before))]
    return Row([*cells, _change(one)])


def _change(one: ServiceResult) -> Cell:
    """Whether it has moved by more than chance explains: only where the intervals lie apart."""
    now, before = one.now.satisfied, one.before.satisfied if one.before else None
    if now is None or before is None:
        return Cell("–")
    if now.low > before.high:
        return Cell(_("better"), "state", tone="good")
    if now.high < before.low:
        return Cell(_("worse"), "state", tone="bad")
    return Cell(_("no sure change"), "state", tone="still")


def _chart(services: list[ServiceResult], target: float | None) -> dict[str, Any]:
    lines = [
        Line(
            one.label,
            one.now.satisfied,
            one.before.satisfied if one.before else None,
            said_of(one.label, one.now),
        )
        for one in services
    ]
    title = _("Satisfaction by service, in the order of the table")
    return {
        "title": title,
        "unit": _("per cent satisfied, 0 to 100; paler: the year before; line: the target"),
        "svg": draw_intervals(title, lines, target),
    }

"""How we did: answers about requests in a month, by team, language or site."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.figures import Unproved
from meridian.engine.design.marks import Said
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import number_text, percent_text
from meridian.engine.listing.parameters import one_of
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.work.surveys.contracts import LEAST_SHOWN
from meridian.work.surveys.models import Campaign
from meridian.work.surveys.queries.months import bounds_of, months
from meridian.work.surveys.queries.results import (
    Result,
    invitations_of_items,
    results_by_group,
    scored_by,
    whole,
)
from meridian.work.surveys.rules.chart import Line, draw_intervals


@needs("surveys.callback.view")
@require_safe
@takes("month", "by")
def results(request: Request) -> HttpResponse:
    """A month's answers as a whole and by group. Months are fixed: two spans that overlap would tell of
    those who are in one of them alone."""
    titles = {"team": _("By team"), "language": _("By language"), "site": _("By site")}
    known = {month: month for month in months(timezone.now())}
    by = one_of("by", request.GET.get("by", "team"), titles)
    month = one_of("month", request.GET.get("month") or next(iter(known)), known)
    asked, scored = scored_by(invitations_of_items(*bounds_of(month)), by)
    total = whole("", sum(asked.values()), scored)
    found = results_by_group(asked, scored)
    context = {
        "months": known,
        "month": month,
        "titles": titles,
        "by": by,
        "tiles": _tiles(total, month),
        "table": result_table(titles[by], found),
        "chart": chart_of(titles[by], found),
        "least": LEAST_SHOWN,
        "campaigns": Campaign.objects.permitted(request.actor).order_by("-ends_on")[:12],
    }
    return render(request, "surveys/results.html", context)


def chart_of(title: str, found: list[Result]) -> dict[str, Any]:
    """The intervals as a picture; the table beside says the same."""
    shown = [
        Line(_label(one), one.satisfied, None, said_of(_label(one), one)) for one in found if one.satisfied
    ]
    return {
        "title": title,
        "unit": _("per cent satisfied, 0 to 100, with the interval of 95 per cent"),
        "svg": draw_intervals(title, shown, None),
    }


def said_of(name: str, one: Result) -> Said:
    """What the mark of a share says; whose answers they are leads nobody to them."""
    told = {"name": name, "share": satisfied_text(one), "interval": interval_text(one)}
    return Said(_("%(name)s: %(share)s satisfied, surely %(interval)s") % told)


def _label(one: Result) -> str:
    return one.label or str(_("not told"))


def _tiles(total: Result, month: str) -> list[dict[str, Any]]:
    answered = number_text(total.answered) if total.answered is not None else hidden()
    proof = proof_address("surveys.asked", total.asked, what="asked", month=month)
    counted: Any = Unproved.SEALED
    if total.answered is not None:
        counted = proof_address("surveys.asked", total.answered, what="answered", month=month)
    return [
        {"number": number_text(total.asked), "label": _("asked"), "proof": proof},
        {"number": answered, "label": _("answered"), "proof": counted},
        {"number": share_text(total.rate), "label": _("response rate"), "proof": Unproved.FOLLOWS},
        {"number": mean_text(total), "label": _("mean of 1 to 5"), "proof": Unproved.FOLLOWS},
        {"number": satisfied_text(total), "label": _("satisfied (4 or 5)"), "proof": Unproved.FOLLOWS},
    ]


def result_table(title: str, found: list[Result]) -> Table:
    """A line for each group."""
    columns = [
        Column(title),
        Column(_("Asked"), "number", why=Unproved.SEALED),
        Column(_("Answered"), "number", why=Unproved.SEALED),
        Column(_("Response rate"), "number", why=Unproved.FOLLOWS),
        Column(_("Mean"), "number", why=Unproved.FOLLOWS),
        Column(_("Satisfied"), "number", why=Unproved.FOLLOWS),
        Column(_("95 per cent interval"), "number", why=Unproved.FOLLOWS),
    ]
    return Table(title, columns, [_row(one) for one in found])


def _row(one: Result) -> Row:
    answered = number_text(one.answered) if one.answered is not None else hidden()
    texts = (number_text(one.asked), answered, share_text(one.rate), mean_text(one), satisfied_text(one))
    cells = [Cell(_label(one))]
    cells += [Cell(text, "number") for text in (*texts, interval_text(one))]
    return Row(cells)


def hidden() -> str:
    """What stands where a number would tell of somebody."""
    return _("hidden")


def share_text(share: float | None) -> str:
    return "–" if share is None else percent_text(Decimal(repr(round(share * 100, 1))), 1)


def mean_text(one: Result) -> str:
    return "–" if one.mean is None else number_text(Decimal(repr(round(one.mean, 2))), 2)


def satisfied_text(one: Result) -> str:
    return share_text(one.satisfied.share if one.satisfied else None)


def interval_text(one: Result) -> str:
    if one.satisfied is None:
        return "–"
    return f"{share_text(one.satisfied.low)} – {share_text(one.satisfied.high)}"

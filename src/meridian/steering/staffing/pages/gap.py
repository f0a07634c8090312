"""How many posts the staffing model asks for, and how many there are."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import number_text
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.steering.staffing.pages.choice import Choice, choice_of, frame_of, standing_of, takes_choice
from meridian.steering.staffing.queries.gap import GapReport, gap_report
from meridian.steering.staffing.rules.needs import RoleGap

WIDTH, PITCH = 520, 52
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Bar:
    """A role in the chart: a bar for the posts there are, a mark for the posts needed."""

    label: str
    text: str
    top: int
    left: int
    width: int
    mark: int
    url: str


@needs("staffing.post.view")
@require_safe
@takes_choice
def gap_page(request: Request) -> HttpResponse:
    """A chart of needed and actual posts by role beside its table."""
    choice = choice_of(request)
    found = standing_of(choice)
    context = frame_of(choice, found, "staffing-gap")
    if choice.establishment is not None:
        report = gap_report(choice.establishment, choice.on)
        context |= {
            "report": report,
            "table": _table(report, choice),
            "chart": {"width": WIDTH, "height": PITCH * len(report.gaps), "bars": _bars(report, choice)},
            "start_x": WIDTH if get_language_bidi() else 0,
            "no_model": {
                "icon": "split",
                "title": _("There is nothing to compare yet"),
                "text": _(
                    "Say how much one post of a role serves, how much of each driver this establishment"
                    " serves, and which titles belong to which role."
                ),
                "actions": [
                    {
                        "title": _("Staffing norms"),
                        "url": reverse("staffing-staffingnorm-list"),
                        "icon": "split",
                    },
                    {
                        "title": _("Driver amounts"),
                        "url": reverse("staffing-driveramount-list"),
                        "icon": "item",
                    },
                    {"title": _("Titles and roles"), "url": reverse("staffing-mapping"), "icon": "link"},
                ],
            },
        }
    return render(request, "staffing/gap.html", context)


def _bars(report: GapReport, choice: Choice) -> list[Bar]:
    most = max((max(gap.needed, gap.actual) for gap in report.gaps), default=0) or 1
    bars = []
    for index, gap in enumerate(report.gaps):
        width, mark = round(WIDTH * gap.actual / most), round(WIDTH * gap.needed / most)
        mirrored = get_language_bidi()
        text = _("%(actual)s posts, %(needed)s needed") % {
            "actual": number_text(gap.actual),
            "needed": number_text(gap.needed),
        }
        label = report.names.get(gap.role, gap.role)
        left = WIDTH - width if mirrored else 0
        needed = WIDTH - mark if mirrored else mark
        posts = _cell(choice, gap.role, "actual", gap.actual).proof
        bars.append(Bar(label, text, PITCH * index + 24, left, width, needed, posts))
    return bars


def _table(report: GapReport, choice: Choice) -> Table:
    columns = [
        Column(_("Standard role")),
        Column(_("By the norms"), "number"),
        Column(_("Needed"), "number"),
        Column(_("Posts"), "number"),
        Column(_("Gap"), "state"),
    ]
    rows = []
    for gap in report.gaps:
        tone, text = _judged(gap)
        exact = (Decimal(gap.exact.numerator) / gap.exact.denominator).quantize(HUNDREDTH, ROUND_HALF_UP)
        cells = [
            Cell(report.names.get(gap.role, gap.role)),
            _cell(choice, gap.role, "exact", exact, 2),
            _cell(choice, gap.role, "needed", gap.needed),
            _cell(choice, gap.role, "actual", gap.actual),
            Cell(text, "state", tone=tone),
        ]
        rows.append(Row(cells, name=gap.role))
    return Table(_("Posts needed and posts there are, by standard role"), columns, rows)


def _cell(choice: Choice, role: str, what: str, number: Decimal | int, decimals: int = 0) -> Cell:
    """A figure of a role, proved by its norms and drivers, or by its posts."""
    of = choice.establishment.pk if choice.establishment else ""
    proof = proof_address("staffing.needed", number, what=what, of=of, on=choice.on.isoformat(), role=role)
    return Cell(number_text(number, decimals), "number", proof=proof)


def _judged(gap: RoleGap) -> tuple[str, str]:
    if gap.gap == 0:
        return "good", _("as the model asks")
    counts: dict[str, Any] = {"count": number_text(abs(gap.gap))}
    if gap.gap < 0:
        return "bad", ngettext("%(count)s post short", "%(count)s posts short", -gap.gap) % counts
    return "watch", ngettext("%(count)s post over", "%(count)s posts over", gap.gap) % counts

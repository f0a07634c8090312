"""The scorecard, and the nine indicators by location group, on one page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import number_text
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.insight.statistics.contracts import INDICATORS
from meridian.insight.statistics.parts import scorecard
from meridian.insight.statistics.queries import indicator_words, statistics
from meridian.registers.places.contracts import LOCATION_GROUPS


@needs("reports.report.view")
@require_safe
def indicators(request: Request) -> HttpResponse:
    """Every indicator recounted from rows, each figure with its proof."""
    values = {(row.indicator, row.location_group): row.value for row in statistics()}
    words = indicator_words()
    rows = []
    for indicator in INDICATORS:
        counted = [(group, values[indicator, group]) for group, _label in LOCATION_GROUPS]
        cells = [
            Cell(
                number_text(value),
                "number",
                proof=proof_address("statistics.indicator", value, indicator=indicator, group=group),
            )
            for group, value in counted
        ]
        summed = sum(value for _group, value in counted)
        every = proof_address("statistics.indicator", summed, indicator=indicator)
        total = Cell(number_text(summed), "number", proof=every)
        rows.append(Row([Cell(words[indicator]), *cells, total]))
    columns = [Column(_("Indicator")), *(Column(str(label), "number") for _group, label in LOCATION_GROUPS)]
    table = Table(_("Indicators by location group"), [*columns, Column(_("Total"), "number")], rows)
    return render(request, "statistics/indicators.html", {"table": table, "scorecard": scorecard(request)})


root_urlpatterns = [path("statistics/", indicators, name="statistics")]

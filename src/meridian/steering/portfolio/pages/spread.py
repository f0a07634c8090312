"""How far a proposal's value may spread: a fragment that the proposal's page fetches, or a page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.charts import spread_chart
from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import number_text
from meridian.engine.figures.millions import millions, per_cent
from meridian.engine.pages.entry import needs
from meridian.engine.pages.rows import visible_row
from meridian.engine.policies import Request
from meridian.kernel.console import Fault
from meridian.solvers.selection.facade import spread
from meridian.steering.portfolio.queries import option_flows, with_lines
from meridian.steering.portfolio.resources import ProposalResource


@needs("portfolio.proposal.view")
@require_safe
def spread_page(request: Request, key: int) -> HttpResponse:
    """A hundred thousand trials of the preferred option."""
    proposal = visible_row(ProposalResource, request.actor, key)
    options = with_lines([proposal])
    option = next((found for found in options if found.is_preferred), None)
    context: dict[str, Any] = {
        "proposal": proposal,
        "crumbs": [{"title": str(proposal), "url": reverse("portfolio-proposal-detail", args=(key,))}],
    }
    if option is not None:
        rate = float(proposal.discount_rate_percent) / 100
        try:
            context["chart"] = _chart(spread([option_flows(option).net()], rate))
        except Fault as fault:
            context["fault"] = fault.message
    part = "spread" if request.headers.get("HX-Request") else "spread_page"
    return render(request, f"portfolio/{part}.html", context)


def _chart(told: dict[str, Any]) -> dict[str, Any]:
    pairs = (
        (_("P5: nineteen in twenty trials are better"), millions(told["p5"])),
        (_("P50: half of the trials are better"), millions(told["p50"])),
        (_("P95: one in twenty trials is better"), millions(told["p95"])),
        (_("Mean"), millions(told["mean"])),
        (_("Chance of a loss"), per_cent(told["chance_below_zero"])),
    )
    title = _("Net present value in %(trials)s trials") % {"trials": number_text(told["trials"])}
    rows = [Row((Cell(name), Cell(value, "number"))) for name, value in pairs]
    return {
        "title": title,
        "unit": _("USD million"),
        "svg": spread_chart(title, told),
        "table": Table(
            title, (Column(_("Figure")), Column(_("USD million"), "number", why=Unproved.ANSWERED)), rows
        ),
        "note": _("Costs and benefits are drawn between low and high, each year by itself; seed %(seed)d.")
        % {"seed": told["seed"]},
    }

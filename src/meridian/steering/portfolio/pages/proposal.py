"""The page of a proposal: its way through the gates, appraisal, options, costs, benefits on their clock."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.charts import flows_chart
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import day_text, number_text
from meridian.engine.figures.millions import (
    MILLION_CENTS,
    millions,
    per_cent,
    usd_millions,
)
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.detail_page import DetailPage, given_parts
from meridian.engine.pages.entry import needs
from meridian.engine.pages.rows import may_do, visible_row
from meridian.engine.policies import Request
from meridian.engine.resources import Sight, resource_of
from meridian.kernel.appraisal import Appraisal
from meridian.steering.portfolio.models import Option, Proposal
from meridian.steering.portfolio.pages.lines import benefit_table, cost_table
from meridian.steering.portfolio.pages.neighbours import project_facts, ties_of
from meridian.steering.portfolio.queries import appraised, clock_of, with_lines
from meridian.steering.portfolio.resources import GATE_TITLES, ProposalResource
from meridian.steering.portfolio.rules.figures import figure_of, printed
from meridian.steering.portfolio.rules.flows import Flows
from meridian.steering.portfolio.rules.gates import STAGES


@needs("portfolio.proposal.view")
@require_safe
def proposal_page(request: Request, key: int) -> HttpResponse:
    """Everything that a committee needs on one page."""
    proposal = visible_row(ProposalResource, request.actor, key)
    detail = DetailPage(ProposalResource)
    options = with_lines([proposal])
    found = [(option, *appraised(proposal, option)) for option in options]
    preferred = next((each for each in found if each[0].is_preferred), None)
    context = {
        "row": proposal,
        "head": _head(request, detail, proposal),
        "crumbs": [{"title": _("Portfolio"), "url": reverse("portfolio-home")}, detail.list_crumb()],
        "tabs": detail.tabs(request, proposal, ""),
        "way": _way(proposal),
        "today": timezone.localdate().isoformat(),
        "decisions": _decisions(proposal),
        "tiles": _tiles(*preferred) if preferred else [],
        "chart": _chart(preferred[0], preferred[1]) if preferred else None,
        "options": _options_table(found),
        "costs": cost_table(preferred[0]) if preferred else None,
        "benefits": benefit_table(proposal),
        "clock": clock_of(proposal),
        "spread_url": reverse("portfolio-spread", args=(key,)) if preferred else "",
        "ties": ties_of(Sight(request.actor), proposal),
        "add_urls": _add_urls(request, proposal, preferred[0] if preferred else None),
    }
    return render(request, "portfolio/proposal.html", context | given_parts(request, proposal))


def _head(request: Request, detail: DetailPage, proposal: Proposal) -> dict[str, Any]:
    head = detail.head(request, proposal)
    head["tone"] = resource_of(Proposal).tone_of(proposal.state)
    head["facts"] = [
        {"label": _("Unit"), "text": str(proposal.unit)},
        {"label": _("Go-live"), "text": day_text(proposal.went_live_on or proposal.live_on)},
        {"label": _("Benefits count from"), "text": day_text(clock_of(proposal).counts_from)},
    ]
    head["facts"] += project_facts(Sight(request.actor), proposal)
    return head


def _way(proposal: Proposal) -> list[dict[str, str]]:
    labels = dict(Proposal.State.choices)
    place = STAGES.index(proposal.state) if proposal.state in STAGES else len(STAGES)
    kinds = ["past" if at < place else "now" if at == place else "" for at in range(len(STAGES))]
    if proposal.state not in STAGES:
        kinds = [""] * len(STAGES)
    return [{"label": str(labels[state]), "kind": kind} for state, kind in zip(STAGES, kinds, strict=True)]


def _decisions(proposal: Proposal) -> list[dict[str, Any]]:
    return [
        {
            "title": GATE_TITLES[row.gate][0],
            "by": row.decided_by,
            "on": row.decided_on,
            "reasons": row.reasons,
        }
        for row in proposal.decisions.order_by("-pk")
    ]


def _tiles(option: Option, flows: Flows, found: Appraisal) -> list[dict[str, str]]:
    rate = found.internal_rate if found.internal_rate is not None else found.modified_rate
    kind = _("Internal rate of return") if found.internal_rate is not None else _("Modified rate of return")
    which = "internal_rate" if found.internal_rate is not None else "modified_rate"
    tiles = [
        {
            "number": usd_millions(found.present_value),
            "label": _("Net present value, USD million"),
            "tone": "good" if found.present_value >= 0 else "bad",
        },
        {"number": per_cent(rate), "label": kind, "note": ""},
        {"number": _decimal(found.benefit_cost_ratio), "label": _("Benefits over costs")},
        {"number": _decimal(found.discounted_payback, 1), "label": _("Years to pay back, discounted")},
    ]
    figures = ("present_value", which, "benefit_cost_ratio", "discounted_payback")
    return [
        tile | {"proof": _proof(option, what, flows, found)}
        for tile, what in zip(tiles, figures, strict=True)
    ]


def _proof(option: Option, what: str, flows: Flows, found: Appraisal) -> str:
    """Where a figure of the appraisal is proved; nowhere when there is none."""
    figure = figure_of(what, found, flows)
    return "" if figure is None else proof_address("portfolio.appraisal", figure, option=option.pk, what=what)


def _decimal(value: Decimal | None, decimals: int = 2) -> str:
    return "–" if value is None else number_text(value, decimals)


def _chart(option: Option, flows: Flows) -> dict[str, Any]:
    title = _("Costs and counted benefits by year")
    costs, gains = [cost[1] for cost in flows.costs], [gain[1] for gain in flows.benefits]
    columns = (
        Column(_("Year")),
        Column(_("Cost"), "number"),
        Column(_("Benefit, low"), "number"),
        Column(_("Benefit, middle"), "number"),
        Column(_("Benefit, high"), "number"),
    )
    rows = [
        Row(
            (
                Cell(str(year)),
                *(
                    _year_cell(option, year, what, amount)
                    for what, amount in zip(("cost", "low", "middle", "high"), (cost, *gain), strict=True)
                ),
            )
        )
        for year, cost, gain in zip(flows.years, costs, flows.benefits, strict=True)
    ]
    urls = [(row.cells[1] if cost else row.cells[3]).proof for row, cost in zip(rows, costs, strict=True)]
    return {
        "title": title,
        "unit": _("USD million"),
        "svg": flows_chart(title, flows.years, costs, gains, urls),
        "table": Table(title, columns, rows),
    }


def _year_cell(option: Option, year: int, what: str, amount: int) -> Cell:
    shown = printed(Decimal(amount) / MILLION_CENTS)
    proof = proof_address("portfolio.year", shown, option=option.pk, year=year, what=what)
    return Cell(millions(amount), "number", proof=proof)


def _options_table(appraised: list[tuple[Option, Flows, Appraisal]]) -> Table | None:
    if not appraised:
        return None
    columns = (
        Column(_("Option")),
        Column(_("Cost"), "number"),
        Column(_("NPV"), "number"),
        Column(_("NPV, rate + 2 points"), "number", minor=True),
        Column(_("NPV, rate − 2 points"), "number", minor=True),
        Column(_("IRR"), "number"),
        Column(_("MIRR"), "number", minor=True),
        Column(_("Benefits over costs"), "number"),
        Column(_("Even yearly value"), "number", minor=True),
    )
    rows = []
    for option, flows, found in appraised:
        name = f"{option.code} {option.name}"
        figures = {
            "cost": millions(sum(cost[1] for cost in flows.costs)),
            "present_value": usd_millions(found.present_value),
            "worst_rate": usd_millions(found.sensitivity[-1][1]),
            "best_rate": usd_millions(found.sensitivity[0][1]),
            "internal_rate": per_cent(found.internal_rate),
            "modified_rate": per_cent(found.modified_rate),
            "benefit_cost_ratio": _decimal(found.benefit_cost_ratio),
            "equivalent_annual": usd_millions(found.equivalent_annual),
        }
        rows.append(
            Row(
                (
                    Cell(
                        f"{name} · {_('preferred')}" if option.is_preferred else name,
                        url=reverse("portfolio-option-detail", args=(option.pk,)),
                    ),
                    *(
                        Cell(text, "number", proof=_proof(option, what, flows, found))
                        for what, text in figures.items()
                    ),
                )
            )
        )
    return Table(_("Options, USD million"), columns, rows)


def _add_urls(request: Request, proposal: Proposal, preferred: Option | None) -> dict[str, str]:
    if not may_do(ProposalResource, request.actor, "change", proposal):
        return {}
    urls = {"option": f"{reverse('portfolio-option-add')}?proposal={proposal.pk}"}
    if preferred is not None:
        urls["cost"] = f"{reverse('portfolio-costline-add')}?option={preferred.pk}"
        urls["benefit"] = f"{reverse('portfolio-benefitline-add')}?option={preferred.pk}"
    return urls

"""The page of a proposal: its way through the gates, appraisal, options, costs, benefits on their clock."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import day_text, number_text
from meridian.engine.pages.detail_page import DetailPage, given_parts
from meridian.engine.pages.entry import needs
from meridian.engine.pages.rows import may_do, visible_row
from meridian.engine.policies import Request
from meridian.engine.resources import Sight, resource_of
from meridian.kernel.appraisal import Appraisal
from meridian.steering.portfolio.models import Option, Proposal
from meridian.steering.portfolio.pages.drawing import flows_chart
from meridian.steering.portfolio.pages.neighbours import project_facts, ties_of
from meridian.steering.portfolio.pages.words import (
    CLOCK_WORDS,
    millions,
    per_cent,
    usd_millions,
)
from meridian.steering.portfolio.queries import cents, clock_of, counted_benefits, option_flows, with_lines
from meridian.steering.portfolio.resources import GATE_TITLES, ProposalResource
from meridian.steering.portfolio.rules.flows import Flows, appraisal_of
from meridian.steering.portfolio.rules.gates import STAGES


@needs("portfolio.proposal.view")
@require_safe
def proposal_page(request: Request, key: int) -> HttpResponse:
    """Everything that a committee needs on one page."""
    proposal = visible_row(ProposalResource, request.actor, key)
    detail = DetailPage(ProposalResource)
    options = with_lines([proposal])
    appraised = [(option, *_appraised(proposal, option)) for option in options]
    preferred = next((found for found in appraised if found[0].is_preferred), None)
    context = {
        "row": proposal,
        "head": _head(request, detail, proposal),
        "crumbs": [{"title": _("Portfolio"), "url": reverse("portfolio-home")}, detail.list_crumb()],
        "tabs": detail.tabs(request, proposal, ""),
        "way": _way(proposal),
        "today": timezone.localdate().isoformat(),
        "decisions": _decisions(proposal),
        "tiles": _tiles(preferred[2]) if preferred else [],
        "chart": _chart(preferred[1]) if preferred else None,
        "options": _options_table(appraised),
        "costs": _cost_table(preferred[0]) if preferred else None,
        "benefits": _benefit_table(proposal),
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


def _appraised(proposal: Proposal, option: Option) -> tuple[Flows, Appraisal]:
    flows = option_flows(option)
    return flows, appraisal_of(flows, proposal.discount_rate_percent / 100)


def _tiles(found: Appraisal) -> list[dict[str, str]]:
    rate = found.internal_rate if found.internal_rate is not None else found.modified_rate
    kind = _("Internal rate of return") if found.internal_rate is not None else _("Modified rate of return")
    return [
        {
            "number": usd_millions(found.present_value),
            "label": _("Net present value, USD million"),
            "tone": "good" if found.present_value >= 0 else "bad",
        },
        {"number": per_cent(rate), "label": kind, "note": ""},
        {"number": _decimal(found.benefit_cost_ratio), "label": _("Benefits over costs")},
        {"number": _decimal(found.discounted_payback, 1), "label": _("Years to pay back, discounted")},
    ]


def _decimal(value: Decimal | None, decimals: int = 2) -> str:
    return "–" if value is None else number_text(value, decimals)


def _chart(flows: Flows) -> dict[str, Any]:
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
                Cell(millions(cost), "number"),
                *(Cell(millions(part), "number") for part in gain),
            )
        )
        for year, cost, gain in zip(flows.years, costs, flows.benefits, strict=True)
    ]
    return {
        "title": title,
        "unit": _("USD million"),
        "svg": flows_chart(title, flows.years, costs, gains),
        "table": Table(title, columns, rows),
    }


def _options_table(appraised: list[tuple[Option, Flows, Appraisal]]) -> Table | None:
    if not appraised:
        return None
    columns = (
        Column(_("Option")),
        Column(_("Cost"), "number"),
        Column(_("NPV"), "number"),
        Column(_("NPV, rate − 2 to + 2 points"), "number", minor=True),
        Column(_("IRR"), "number"),
        Column(_("MIRR"), "number", minor=True),
        Column(_("Benefits over costs"), "number"),
        Column(_("Even yearly value"), "number", minor=True),
    )
    rows = []
    for option, flows, found in appraised:
        name = f"{option.code} {option.name}"
        ends = [usd_millions(value) for _rate, value in (found.sensitivity[-1], found.sensitivity[0])]
        rows.append(
            Row(
                (
                    Cell(
                        f"{name} · {_('preferred')}" if option.is_preferred else name,
                        url=reverse("portfolio-option-detail", args=(option.pk,)),
                    ),
                    Cell(millions(sum(cost[1] for cost in flows.costs)), "number"),
                    Cell(usd_millions(found.present_value), "number"),
                    Cell(" – ".join(ends), "number"),
                    Cell(per_cent(found.internal_rate), "number"),
                    Cell(per_cent(found.modified_rate), "number"),
                    Cell(_decimal(found.benefit_cost_ratio), "number"),
                    Cell(usd_millions(found.equivalent_annual), "number"),
                )
            )
        )
    return Table(_("Options, USD million"), columns, rows)


def _cost_table(option: Option) -> Table | None:
    """Fund and object by period, with totals that are added from the rows."""
    lines = list(option.costs.all())
    if not lines:
        return None
    periods = sorted({line.period for line in lines}, key=lambda period: period.first_year)
    sums: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in lines:
        for place in ((str(line.fund), str(line.object)), (str(line.fund), ""), ("", "")):
            for period in (line.period.code, ""):
                sums[place][period] += cents(line.mode_usd)
    columns = (
        Column(_("Fund and object")),
        *(Column(period.code, "number") for period in periods),
        Column(_("Total"), "number"),
    )
    places = sorted(sums, key=lambda place: (place[0] == "", place))
    rows = [
        Row(
            (
                Cell(_place_name(fund, item)),
                *(
                    Cell(millions(sums[fund, item][period], 2), "number")
                    for period in [*(p.code for p in periods), ""]
                ),
            )
        )
        for fund, item in places
    ]
    return Table(_("Costs by fund and object, USD million"), columns, rows)


def _place_name(fund: str, item: str) -> str:
    """Totals stand out, objects stand in."""
    return f"\N{EM SPACE}{item}" if item else format_html("<b>{}</b>", fund or _("Total"))


def _benefit_table(proposal: Proposal) -> Table | None:
    counted = counted_benefits(proposal, timezone.localdate())
    if not counted:
        return None
    years = [year for year, _amount in counted[0].by_year]
    columns = (
        Column(_("Benefit")),
        Column(_("Low to high a year"), "number"),
        Column(_("Register"), "state"),
        Column(_("Clock"), "state"),
        *(Column(str(year), "number", minor=at > 2) for at, year in enumerate(years)),
    )
    rows = []
    for found in counted:
        line = found.line
        words, tone = CLOCK_WORDS[found.stage]
        low, high = usd_millions(line.low_usd_per_year), usd_millions(line.high_usd_per_year)
        rows.append(
            Row(
                (
                    Cell(str(line.name), url=reverse("portfolio-benefitline-detail", args=(line.pk,))),
                    Cell(f"{low} – {high}", "number"),
                    Cell(line.get_status_display(), "state", tone="accent"),
                    Cell(str(words), "state", tone=tone),
                    *(Cell(millions(amount), "number") for _year, amount in found.by_year),
                )
            )
        )
    return Table(_("Benefits on their clock, USD million"), columns, rows)


def _add_urls(request: Request, proposal: Proposal, preferred: Option | None) -> dict[str, str]:
    if not may_do(ProposalResource, request.actor, "change", proposal):
        return {}
    urls = {"option": f"{reverse('portfolio-option-add')}?proposal={proposal.pk}"}
    if preferred is not None:
        urls["cost"] = f"{reverse('portfolio-costline-add')}?option={preferred.pk}"
        urls["benefit"] = f"{reverse('portfolio-benefitline-add')}?option={preferred.pk}"
    return urls

"""Reads of the portfolio: flows of an option, its appraisal, and the problem of choosing."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch

from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.kernel.appraisal import Appraisal
from meridian.kernel.period import Period
from meridian.solvers.selection import facade as selection
from meridian.steering.portfolio.models import (
    BenefitLine,
    BenefitPool,
    Ceiling,
    CostLine,
    FundingPeriod,
    Option,
    Proposal,
    ProposalTie,
    SkillCapacity,
    SkillNeed,
)
from meridian.steering.portfolio.rules.clock import Clock, capped, counted_cents, pool_cap_cents
from meridian.steering.portfolio.rules.flows import Benefit, Cost, Flows, appraisal_of, flows_of

CHOOSABLE = ("draft", "review", "project", "live", "stabilised", "benefit")
RUNNING = ("project", "live", "stabilised", "benefit")


def cents(amount: Decimal) -> int:
    return int((amount * 100).to_integral_value())


def clock_of(proposal: Proposal) -> Clock:
    """The benefits clock: from the day it went live, or from the planned day until then."""
    return Clock(proposal.went_live_on or proposal.live_on, proposal.stabilisation_months)


def years_of(proposal: Proposal) -> range:
    return range(proposal.starts_on.year, proposal.starts_on.year + proposal.years_appraised)


def option_flows(option: Option) -> Flows:
    """Yearly flows of one option by itself, over the years appraised and all years that cost."""
    costs = [_cost(line) for line in option.costs.all()]
    years = years_of(option.proposal)
    first = min([years[0], *(cost.first_year for cost in costs)])
    last = max([years[-1], *(cost.last_year for cost in costs)])
    benefits = [_benefit(line) for line in option.benefits.all()]
    return flows_of(costs, benefits, clock_of(option.proposal), range(first, last + 1))


def appraised(proposal: Proposal, option: Option) -> tuple[Flows, Appraisal]:
    """The flows of an option, and what they are worth at the rate of its proposal."""
    flows = option_flows(option)
    return flows, appraisal_of(flows, proposal.discount_rate_percent / 100)


def _cost(line: CostLine) -> Cost:
    return Cost(
        line.period.first_year,
        line.period.last_year,
        cents(line.low_usd),
        cents(line.mode_usd),
        cents(line.high_usd),
    )


def _benefit(line: BenefitLine) -> Benefit:
    pool = line.pool.code if line.pool else ""
    return Benefit(line.code, pool, cents(line.low_usd_per_year), cents(line.high_usd_per_year))


def with_lines(proposals: Iterable[Proposal] | None = None) -> "list[Option]":
    """The options of proposals (of all that can be chosen when None) with their lines fetched along."""
    options = Option.objects.select_related("proposal").prefetch_related(
        Prefetch("costs", CostLine.objects.select_related("fund", "object", "period")),
        Prefetch("benefits", BenefitLine.objects.select_related("pool")),
        Prefetch("needs", SkillNeed.objects.select_related("skill", "period")),
    )
    if proposals is None:
        options = options.filter(proposal__state__in=CHOOSABLE)
    else:
        options = options.filter(proposal__in=[row.pk for row in proposals])
    return list(options.order_by("proposal__code", "code"))


@dataclass(frozen=True, slots=True)
class CountedBenefit:
    """A benefit on its clock: what of it counts in each year, after the cap of its pool."""

    line: BenefitLine
    clock: Clock
    stage: str
    budgeted_from: Period | None
    by_year: tuple[tuple[int, int], ...]

    @property
    def most(self) -> int:
        """What it counts for in a full year, in cents."""
        return max((amount for _year, amount in self.by_year), default=0)


def counted_benefits(proposal: Proposal, on: date, *, years: int = 8) -> list[CountedBenefit]:
    """The benefits of the preferred option as they count (middle values), capped with all other claims.

    Other claims on a pool are those of preferred options of proposals that became projects.
    """
    lines = list(
        BenefitLine.objects.filter(option__is_preferred=True)
        .filter(option__proposal__state__in=(*RUNNING, proposal.state))
        .select_related("pool", "option__proposal")
        .order_by("pk")
    )
    lines = [
        line
        for line in lines
        if line.option.proposal.state in RUNNING or line.option.proposal_id == proposal.pk
    ]
    clocks = {line.pk: clock_of(line.option.proposal) for line in lines}
    first = clock_of(proposal).live_on.year
    span = range(first, first + years)
    counted: dict[int, list[Any]] = {line.pk: [] for line in lines if line.option.proposal_id == proposal.pk}
    for year in span:
        for key, amount in _counted_in(lines, clocks, year).items():
            if key in counted:
                counted[key].append((year, amount))
    periods = [_days(period) for period in FundingPeriod.objects.order_by("first_year")]
    return [
        CountedBenefit(
            line,
            clocks[line.pk],
            clocks[line.pk].stage_on(on),
            clocks[line.pk].budgeted_from(periods),
            tuple(counted[line.pk]),
        )
        for line in lines
        if line.pk in counted
    ]


def _counted_in(lines: list[BenefitLine], clocks: dict[int, Clock], year: int) -> dict[int, int]:
    amounts = {line.pk: counted_cents(_benefit(line).middle, clocks[line.pk], year) for line in lines}
    for pool in {line.pool for line in lines if line.pool}:
        claims = {str(line.pk): amounts[line.pk] for line in lines if line.pool_id == pool.pk}
        cap = pool_cap_cents(cents(pool.baseline_usd_per_year), pool.largest_share_percent)
        for key, amount in capped(claims, cap).items():
            amounts[int(key)] = amount
    return amounts


def _days(period: FundingPeriod) -> Period:
    return Period(date(period.first_year, 1, 1), date(period.last_year + 1, 1, 1))


def selection_problem(actor: Actor) -> selection.Problem:
    """The problem of choosing among all proposals that the actor may see, in cents of today's money.

    Today is the first year in which any of them costs or yields. What has become a project is
    mandated. Benefits with a pool are claims per year; all others are part of the value.
    """
    visible = Proposal.objects.permitted(actor, "view").filter(state__in=CHOOSABLE).order_by("code")
    proposals = list(visible)
    options = [option for option in with_lines(proposals) if option.costs.all() or option.benefits.all()]
    flows = {option.pk: option_flows(option) for option in options}
    first = min((flow.first_year for flow in flows.values()), default=0)
    taking_part = {option.proposal.code for option in options}
    choices = tuple(_choice(option, flows[option.pk], first) for option in options)
    ties = ProposalTie.objects.select_related("one", "other").order_by("pk")
    pairs = [(tie.kind, (tie.one.code, tie.other.code)) for tie in ties]
    pairs = [(kind, pair) for kind, pair in pairs if set(pair) <= taking_part]
    return selection.Problem(
        choices,
        tuple(
            selection.Ceiling(
                row.fund.code,
                row.object.code if row.object else selection.ANY,
                row.period.code,
                cents(row.amount_usd),
            )
            for row in Ceiling.objects.permitted(actor, "view")
            .select_related("fund", "object", "period")
            .order_by("fund__code", "period__first_year", "pk")
        ),
        tuple(
            selection.Capacity(row.skill.code, row.period.code, cents(row.person_months))
            for row in SkillCapacity.objects.permitted(actor, "view")
            .select_related("skill", "period")
            .order_by("pk")
        ),
        _pools(choices, first, _rate(proposals)),
        tuple(pair for kind, pair in pairs if kind == ProposalTie.Kind.REQUIRES),
        tuple(pair for kind, pair in pairs if kind == ProposalTie.Kind.EXCLUDES),
        tuple(
            row.code
            for row in proposals
            if row.code in taking_part and (row.is_mandated or row.state in RUNNING)
        ),
    )


def _rate(proposals: list[Proposal]) -> Fraction:
    """Pools are discounted at one rate: the highest of the proposals, so that none is flattered."""
    return max((Fraction(row.discount_rate_percent) / 100 for row in proposals), default=Fraction(0))


def _choice(option: Option, flows: Flows, first: int) -> selection.Choice:
    rate = Fraction(option.proposal.discount_rate_percent) / 100
    clock = clock_of(option.proposal)
    benefits = [_benefit(line) for line in option.benefits.all()]
    free = [benefit for benefit in benefits if not benefit.pool]
    value = Fraction(0)
    claims = []
    for at, year in enumerate(flows.years):
        factor = 1 / (1 + rate) ** (year - first)
        gained = sum(counted_cents(benefit.middle, clock, year) for benefit in free)
        value += factor * (gained - flows.costs[at][1])
        for benefit in benefits:
            amount = counted_cents(benefit.middle, clock, year) if benefit.pool else 0
            if amount:
                claims.append(selection.Claim(benefit.pool, str(year), amount))
    return selection.Choice(
        option.proposal.code,
        option.code,
        math.floor(value),
        tuple(
            selection.Line(line.fund.code, line.object.code, line.period.code, cents(line.mode_usd))
            for line in option.costs.all()
        ),
        tuple(
            selection.Need(need.skill.code, need.period.code, cents(need.person_months))
            for need in option.needs.all()
        ),
        tuple(claims),
    )


def _pools(choices: tuple[selection.Choice, ...], first: int, rate: Fraction) -> tuple[selection.Pool, ...]:
    slots = sorted({(claim.pool, claim.slot) for choice in choices for claim in choice.claims})
    caps = {
        pool.code: pool_cap_cents(cents(pool.baseline_usd_per_year), pool.largest_share_percent)
        for pool in BenefitPool.objects.filter(code__in={code for code, _ in slots})
    }
    return tuple(
        # A weight with few digits: the solver works in floats, and the check in fractions.
        selection.Pool(
            code, slot, caps[code], Fraction(1 / (1 + rate) ** (int(slot) - first)).limit_denominator(10**9)
        )
        for code, slot in slots
    )


def names_of_axis() -> dict[tuple[str, str], str]:
    """The words of funds and objects that lines and ceilings use, by axis and code."""
    values = reference("ledger.DimensionValue")
    found = values.objects.filter(axis__in=("fund", "object"))
    return {(value.axis, value.code): str(value) for value in found}


def top_unit(actor: Actor) -> Any:
    """The highest unit among those of the proposals that the actor may see; it keeps their selection."""
    first = Proposal.objects.permitted(actor, "view").select_related("unit").order_by("unit__path").first()
    return first.unit if first else None

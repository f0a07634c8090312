"""Gates are passed in order, by the clock; the reference portfolio stands as published."""

import datetime
from decimal import Decimal

import pytest
from django.db.models import Sum
from house.factory import MAKER, make

from meridian.engine.commands import Refusal
from meridian.steering.portfolio import commands
from meridian.steering.portfolio.facade import seed_reference_portfolio
from meridian.steering.portfolio.models import (
    BenefitLine,
    BenefitPool,
    CostLine,
    GateDecision,
    Option,
    Proposal,
    ProposalTie,
)
from meridian.steering.portfolio.queries import counted_benefits, selection_problem

pytestmark = pytest.mark.django_db
DAY = datetime.date(2020, 3, 2)
GATE = commands.GATE_COMMANDS


def ready(**values):
    given = {"starts_on": DAY, "live_on": DAY, "case": {"en": "Why"}, "stabilisation_months": 2} | values
    proposal = make(Proposal, **given)
    option = make(Option, proposal=proposal, is_preferred=True)
    make(CostLine, option=option)
    return proposal, option


def test_a_proposal_walks_through_its_gates_by_the_clock():
    proposal, _option = ready()
    GATE["submit"](actor=MAKER, row=proposal)
    proposal = GATE["approve"](actor=MAKER, row=proposal)
    assert proposal.project.code == proposal.code
    GATE["go_live"](actor=MAKER, row=proposal, on=DAY)
    with pytest.raises(Refusal, match="2020-05-02"):
        GATE["stabilise"](actor=MAKER, row=proposal, on=DAY)
    GATE["stabilise"](actor=MAKER, row=proposal, on=datetime.date(2020, 5, 2))
    with pytest.raises(Refusal, match="2021-05-02"):
        GATE["count_benefit"](actor=MAKER, row=proposal, on=datetime.date(2021, 5, 1))
    GATE["count_benefit"](actor=MAKER, row=proposal, on=datetime.date(2021, 5, 2))
    with pytest.raises(Refusal, match="Say why"):
        GATE["close"](actor=MAKER, row=proposal)
    GATE["close"](actor=MAKER, row=proposal, reason="Done.")
    gates = list(GateDecision.objects.order_by("pk").values_list("gate", flat=True))
    assert gates == ["submit", "approve", "go_live", "stabilise", "count_benefit", "close"]
    with pytest.raises(Refusal, match="not open"):
        GATE["submit"](actor=MAKER, row=proposal)


def test_a_review_needs_a_case_and_costs():
    with pytest.raises(Refusal, match="business case"):
        GATE["submit"](actor=MAKER, row=make(Proposal))
    bare = make(Proposal, case={"en": "Why"})
    with pytest.raises(Refusal, match="preferred option"):
        GATE["submit"](actor=MAKER, row=bare)


def test_what_was_decided_on_stays():
    proposal, option = ready()
    GATE["submit"](actor=MAKER, row=proposal)
    proposal = GATE["approve"](actor=MAKER, row=proposal)
    line = option.costs.get()
    with pytest.raises(Refusal, match="decided"):
        commands.change_cost(actor=MAKER, row=line, high_usd=9)
    with pytest.raises(Refusal, match="on record"):
        commands.remove_proposal(actor=MAKER, row=proposal)


def test_a_circle_of_needs_is_refused_and_named():
    one, two = make(Proposal, code="ONE"), make(Proposal, code="TWO")
    commands.add_tie(actor=MAKER, one=one, kind="requires", other=two)
    with pytest.raises(Refusal, match="ONE → TWO → ONE|TWO → ONE → TWO"):
        commands.add_tie(actor=MAKER, one=two, kind="requires", other=one)
    assert ProposalTie.objects.count() == 1


def test_a_fund_is_no_object():
    line = make(CostLine)
    with pytest.raises(Refusal, match="axis"):
        commands.change_cost(actor=MAKER, row=line, fund=line.object)


def test_two_projects_share_the_cap_of_a_pool():
    pool = make(BenefitPool, baseline_usd_per_year=100, largest_share_percent=60)
    proposals = []
    for _ in range(2):
        proposal, option = ready()
        make(BenefitLine, option=option, pool=pool, low_usd_per_year=50, high_usd_per_year=50)
        GATE["submit"](actor=MAKER, row=proposal)
        proposals.append(GATE["approve"](actor=MAKER, row=proposal))
    yearly = [counted_benefits(proposal, DAY)[0].by_year for proposal in proposals]
    for (year, one), (_same, two) in zip(*yearly, strict=True):
        assert one + two <= 6000
        assert (one + two == 0) == (year < 2021)
    assert yearly[0][-1][1] + yearly[1][-1][1] == 6000


def test_the_reference_portfolio_is_the_published_one():
    counts = seed_reference_portfolio(MAKER)
    assert counts["proposals"] == 4
    assert seed_reference_portfolio(MAKER) == {}
    cost = CostLine.objects.aggregate(total=Sum("mode_usd"))["total"]
    assert cost == Decimal("140675300.00")
    low = BenefitLine.objects.aggregate(low=Sum("low_usd_per_year"), high=Sum("high_usd_per_year"))
    assert (low["low"], low["high"]) == (Decimal(71_300_000), Decimal(101_800_000))
    desk = Proposal.objects.get(code="service_desk_globalisation")
    assert (desk.state, desk.project.state) == ("project", "in_progress")
    assert desk.project.baselines.get().tasks.aggregate(total=Sum("budget_usd"))["total"] == 58_000_000
    problem = selection_problem(MAKER)
    assert len(problem.choices) == len(problem.mandated) == 4
    assert all(int(claim.slot) >= 2017 for choice in problem.choices for claim in choice.claims)

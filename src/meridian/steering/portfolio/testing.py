"""Portfolio rows in tests: funds and objects lie on their axes, ties join two proposals."""

import datetime
from typing import Any

from meridian.steering.portfolio.models import (
    BenefitLine,
    BenefitPool,
    Ceiling,
    CostLine,
    FundingPeriod,
    Proposal,
    ProposalTie,
    Selection,
)

DAY = datetime.date(2026, 3, 2)
EMPTY_ANSWER: dict[str, list[Any]] = {"taken": [], "left_out": [], "frontier": [], "limits": [], "swaps": []}
DimensionValue = CostLine._meta.get_field("fund").related_model


def make_ceiling(make, number, **values):
    # The proposal brings the unit along that a test wants its rows to belong to.
    given = {"unit": make(Proposal).unit, "fund": make(DimensionValue, axis="fund"), "amount_usd": 100}
    return _made(Ceiling, make, given | values)


def make_cost(make, number, **values):
    given = {
        "fund": make(DimensionValue, axis="fund"),
        "object": make(DimensionValue, axis="object"),
        "low_usd": 1,
        "mode_usd": 2,
        "high_usd": 3,
    }
    return _made(CostLine, make, given | values)


def make_tie(make, number, **values):
    return _made(ProposalTie, make, {"one": make(Proposal), "other": make(Proposal)} | values)


def _made(model, make, given):
    for field in model._meta.concrete_fields:
        if field.is_relation and not field.null and field.name not in given:
            given[field.name] = make(field.related_model)
    row = model(**given)
    row.save()
    return row


FACTORIES = {
    FundingPeriod: {"code": lambda number: f"PERIOD-{number}", "first_year": 2026, "last_year": 2027},
    Proposal: {"code": lambda number: f"PROPOSAL-{number}", "starts_on": DAY, "live_on": DAY},
    BenefitPool: {"code": lambda number: f"POOL-{number}"},
    BenefitLine: {"low_usd_per_year": 1, "high_usd_per_year": 2},
    Ceiling: make_ceiling,
    CostLine: make_cost,
    ProposalTie: make_tie,
    Selection: {"status": "proven", "answer": EMPTY_ANSWER},
}

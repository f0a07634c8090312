"""The four projects of the published reports as proposals, approved and with their plans frozen."""

import csv
import io
import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import Any

from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.kernel.apportionment import largest_remainder
from meridian.registers.ledger.contracts import DimensionName
from meridian.registers.ledger.facade import name_dimensions
from meridian.registers.organisation.facade import ensure_root
from meridian.steering.portfolio.commands.gates import GATE_COMMANDS
from meridian.steering.portfolio.commands.registers import (
    add_benefit,
    add_ceiling,
    add_cost,
    add_option,
    add_period,
    add_pool,
    add_proposal,
)
from meridian.steering.portfolio.models import FundingPeriod, Option, Proposal
from meridian.work.projects.facade import STEP_COMMANDS, add_task, freeze_baseline

DATA = resources.files("meridian.steering.budgets") / "data" / "baseline_2010"
WORDS = json.loads(
    (resources.files("meridian.steering.portfolio") / "data" / "reference_words.json").read_text(
        encoding="utf-8"
    )
)
STARTS_ON, LIVE_ON = date(2011, 1, 1), date(2016, 1, 1)
SUBMITTED_ON, APPROVED_ON = date(2010, 10, 8), date(2010, 12, 24)
BASELINE_YEAR = 2009
Unit = reference("organisation.Unit")
DimensionValue = reference("ledger.DimensionValue")


def seed_reference_portfolio(actor: Actor) -> dict[str, int]:
    """Write the four projects down; nothing where they are already. Returns how many rows of each kind.

    Costs are shared over three funds by the published key, exactly; the reports give one figure for
    each, so low, most likely and high are equal. Ceilings are what the four ask for together.
    Benefits are those of the reports, low and high; each draws on a pool as large as the most
    that was claimed of it.
    """
    if Proposal.objects.filter(code__in=WORDS["names"]).exists():
        return {}
    unit = Unit.objects.get(pk=ensure_root(actor=actor))
    costs = _shared_costs()
    values = _dimensions(actor)
    periods = _periods(actor, {period for _, _, _, period in costs})
    counts = {"proposals": len(WORDS["names"]), "costs": len(costs), "benefits": 0, "ceilings": 0, "tasks": 0}
    options = {code: _proposal(actor, unit, code) for code in WORDS["names"]}
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for (project, fund, item, period), amount in costs.items():
        sums[fund, period] += amount
        usd = Decimal(amount) / 100
        line = {"fund": values["fund", fund], "object": values["object", item], "period": periods[period]}
        add_cost(actor=actor, option=options[project], low_usd=usd, mode_usd=usd, high_usd=usd, **line)
    for (fund, period), amount in sums.items():
        place = {"fund": values["fund", fund], "object": None, "period": periods[period]}
        add_ceiling(actor=actor, unit=unit, amount_usd=Decimal(amount) / 100, **place)
        counts["ceilings"] += 1
    counts["benefits"] = _benefits(actor, unit, options)
    counts["tasks"] = _approve(actor, options)
    return counts


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((DATA / name).read_text(encoding="utf-8"), newline="")))


def _shared_costs() -> dict[tuple[str, str, str, str], int]:
    """Cents by project, fund, object and period: each published amount split by the key, to the cent."""
    shares = {row["fund"]: Decimal(row["share_percent"]) for row in _rows("funding_shares.csv")}
    costs = {}
    for row in _rows("project_costs.csv"):
        cents = int(Decimal(row["usd_thousand"]) * 100_000)
        parts = largest_remainder(cents, list(shares.values()))
        for fund, part in zip(shares, parts, strict=True):
            if part:
                costs[row["project"], fund, row["object_of_expenditure"], row["biennium"]] = part
    return costs


def _dimensions(actor: Actor) -> dict[tuple[str, str], Any]:
    names = [DimensionName("fund", code, texts) for code, texts in WORDS["funds"].items()]
    names += [DimensionName("object", code, texts) for code, texts in WORDS["objects"].items()]
    name_dimensions(actor=actor, names=names)
    found = DimensionValue.objects.filter(axis__in=("fund", "object"))
    return {(value.axis, value.code): value for value in found}


def _periods(actor: Actor, codes: set[str]) -> dict[str, FundingPeriod]:
    known = {period.code: period for period in FundingPeriod.objects.filter(code__in=codes)}
    for code in sorted(codes - set(known)):
        first, last = code.split("-")
        known[code] = add_period(actor=actor, code=code, first_year=int(first), last_year=int(last))
    return known


def _proposal(actor: Actor, unit: Any, code: str) -> Option:
    words = WORDS["names"][code]
    promises = any(row["project"] == code for row in _rows("benefits.csv"))
    proposal = add_proposal(
        actor=actor,
        code=code,
        name=words["name"],
        case=words["case"],
        unit=unit,
        # Without a benefit in money they stand because the governing body asked for them.
        is_mandated=not promises,
        starts_on=STARTS_ON,
        live_on=LIVE_ON,
        stabilisation_months=6,
        years_appraised=12,
    )
    return add_option(actor=actor, proposal=proposal, code="1", name=WORDS["option"], is_preferred=True)


def _benefits(actor: Actor, unit: Any, options: dict[str, Option]) -> int:
    rows = _rows("benefits.csv")
    for row in rows:
        low, high = (Decimal(row[f"{side}_usd_million_per_year"]) * 1_000_000 for side in ("low", "high"))
        code = f"{row['project']}-{row['category']}".replace("_", "-")
        pool = add_pool(
            actor=actor,
            unit=unit,
            code=code,
            name=WORDS["benefits"][code],
            baseline_usd_per_year=high,
            baseline_year=BASELINE_YEAR,
        )
        add_benefit(
            actor=actor,
            option=options[row["project"]],
            pool=pool,
            code=row["category"],
            name=WORDS["benefits"][code],
            status="quantified",
            low_usd_per_year=low,
            high_usd_per_year=high,
        )
    return len(rows)


def _approve(actor: Actor, options: dict[str, Option]) -> int:
    """Through the first gates; the published phases become the frozen plan."""
    phases: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows("project_phases.csv"):
        phases[row["project"]].append(row)
    for code, option in options.items():
        proposal = option.proposal
        GATE_COMMANDS["submit"](actor=actor, row=proposal, on=SUBMITTED_ON)
        proposal = GATE_COMMANDS["approve"](actor=actor, row=proposal, on=APPROVED_ON)
        for phase in phases[code]:
            add_task(
                actor=actor,
                project=proposal.project,
                code=phase["phase"],
                name=WORDS["phases"][phase["name"]],
                starts_on=date(int(phase["start_year"]), 1, 1),
                ends_on=date(int(phase["end_year"]), 12, 31),
                budget_usd=Decimal(phase["usd_million"]) * 1_000_000,
            )
        if phases[code]:
            freeze_baseline(actor=actor, row=proposal.project, on=STARTS_ON)
        STEP_COMMANDS["start"](actor=actor, row=proposal.project)
    return sum(map(len, phases.values()))

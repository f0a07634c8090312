"""From the lines of published files to drafts of ledger entries, each balanced by itself."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from meridian.engine.reading.data_files import BadCell, Line, read_lines
from meridian.kernel.period import FiscalPeriod
from meridian.registers.ledger.contracts import Dimensions, Draft, Leg
from meridian.steering.baseline.rules.units import (
    CENTS_PER_MILLION,
    CENTS_PER_THOUSAND,
    MICROS_PER_PERCENT,
    WHOLE_PERCENT,
)

ESTIMATES, AUTHORITY = "budget:estimates", "budget:authority"
GAIN, POOL = "benefit:gain", "benefit:pool"
SHARE, WHOLE = "key:share", "key:whole"
CHANGE_COLUMNS = ("technical_adjustments", "new_or_expanded_mandates", "other_changes")
NO_PERIOD_ON = date(2010, 1, 1)


@dataclass(slots=True)
class Drafted:
    """Drafts with the values that axes must have for them, in the order of the data."""

    drafts: list[Draft] = field(default_factory=list)
    values: dict[tuple[str, str], None] = field(default_factory=dict)

    def add(self, line: Line, amount: int, dimensions: Dimensions, accounts: tuple[str, str]) -> None:
        """An entry of two legs for a line."""
        for axis in ("object", "entity", "project", "component", "period", "category"):
            if code := getattr(dimensions, axis):
                self.values.setdefault((axis, code))
        place = f"{line.file}, line {line.number}"
        legs = (
            Leg(accounts[0], "USD", amount, dimensions, place),
            Leg(accounts[1], "USD", -amount, dimensions, place),
        )
        self.drafts.append(Draft(_first_day(dimensions.period), place, legs, line.file))


def draft_folder(directory: Path, funds: Collection[str]) -> Drafted:
    """Everything that the known files of a folder say of money; files that are absent say nothing.

    `funds` are the codes of the funds that exist. Raises `BadCell`.
    """
    drafted = Drafted()
    _project_costs(directory, drafted)
    _benefits(directory, drafted)
    _ict_budget(directory, drafted, funds)
    _changes(directory, drafted)
    _recosting(directory, drafted)
    _other_funds(directory, drafted, funds)
    if key := _sharing_key(directory, funds):
        drafted.drafts.append(key)
    return drafted


def _project_costs(directory: Path, drafted: Drafted) -> None:
    columns = ("project", "object_of_expenditure", "biennium", "usd_thousand")
    for line in read_lines(directory, "project_costs.csv", columns):
        dimensions = Dimensions(
            project=line.code("project"),
            object=line.code("object_of_expenditure"),
            period=_period(line, "biennium"),
            stage="proposal",
        )
        drafted.add(line, line.amount("usd_thousand", CENTS_PER_THOUSAND), dimensions, (ESTIMATES, AUTHORITY))


def _benefits(directory: Path, drafted: Drafted) -> None:
    bounds = (("benefits_low", "low_usd_million_per_year"), ("benefits_high", "high_usd_million_per_year"))
    columns = ("project", "category", *(column for _stage, column in bounds))
    for line in read_lines(directory, "benefits.csv", columns):
        amounts = [line.amount(column, CENTS_PER_MILLION) for _stage, column in bounds]
        if amounts[0] > amounts[1]:
            raise line.fault(bounds[1][1], "the high figure is below the low one.")
        for (stage, _column), amount in zip(bounds, amounts, strict=True):
            place = Dimensions(project=line.code("project"), category=line.code("category"), stage=stage)
            drafted.add(line, amount, place, (GAIN, POOL))


def _ict_budget(directory: Path, drafted: Drafted, funds: Collection[str]) -> None:
    for line in read_lines(directory, "ict_budget_by_fund.csv", ("entity", "fund", "usd_thousand_per_year")):
        dimensions = Dimensions(entity=line.code("entity"), fund=line.code("fund", funds), stage="approved")
        amount = line.amount("usd_thousand_per_year", CENTS_PER_THOUSAND)
        drafted.add(line, amount, dimensions, (ESTIMATES, AUTHORITY))


def _changes(directory: Path, drafted: Drafted) -> None:
    steps = (
        ("2019", "appropriation", "appropriation_2019"),
        *(("2020", name, name) for name in CHANGE_COLUMNS),
    )
    columns = ("component", "major_object", *(column for _period, _stage, column in steps))
    for line in read_lines(directory, "regular_budget_changes.csv", columns):
        for period, stage, column in steps:
            dimensions = Dimensions(
                fund="regular_budget",
                component=line.code("component"),
                object=line.code("major_object"),
                period=period,
                stage=stage,
            )
            drafted.add(line, line.amount(column, CENTS_PER_THOUSAND), dimensions, (ESTIMATES, AUTHORITY))


def _recosting(directory: Path, drafted: Drafted) -> None:
    for line in read_lines(directory, "recosting.csv", ("major_object", "recosting_2020")):
        dimensions = Dimensions(
            fund="regular_budget", object=line.code("major_object"), period="2020", stage="recosting"
        )
        amount = line.amount("recosting_2020", CENTS_PER_THOUSAND)
        drafted.add(line, amount, dimensions, (ESTIMATES, AUTHORITY))


def _other_funds(directory: Path, drafted: Drafted, funds: Collection[str]) -> None:
    columns = ("component", "fund", "estimate_2019", "estimate_2020")
    for line in read_lines(directory, "other_funds.csv", columns):
        for period in ("2019", "2020"):
            dimensions = Dimensions(
                fund=line.code("fund", funds),
                component=line.code("component"),
                period=period,
                stage="estimate",
            )
            amount = line.amount(f"estimate_{period}", CENTS_PER_THOUSAND)
            drafted.add(line, amount, dimensions, (ESTIMATES, AUTHORITY))


def _sharing_key(directory: Path, funds: Collection[str]) -> Draft | None:
    """The key as an entry in per cent: the ledger itself refuses shares that do not make 100."""
    lines = list(read_lines(directory, "funding_shares.csv", ("fund", "share_percent")))
    if not lines:
        return None
    legs = [_share(line, funds) for line in lines]
    total = sum(leg.amount for leg in legs)
    if total != WHOLE_PERCENT * MICROS_PER_PERCENT:
        stated = f"{total / MICROS_PER_PERCENT:g}"
        raise lines[-1].fault("share_percent", f"the shares make {stated} per cent, not 100.")
    legs.append(Leg(WHOLE, "PERCENT", -total))
    return Draft(NO_PERIOD_ON, lines[0].file, tuple(legs), lines[0].file)


def _share(line: Line, funds: Collection[str]) -> Leg:
    amount = line.amount("share_percent", MICROS_PER_PERCENT)
    if amount < 0:
        raise line.fault("share_percent", "a share can't be below zero.")
    place = f"{line.file}, line {line.number}"
    return Leg(SHARE, "PERCENT", amount, Dimensions(fund=line.code("fund", funds)), place)


def _period(line: Line, column: str) -> str:
    label = line.code(column)
    try:
        return FiscalPeriod.parse(label).label
    except ValueError as fault:
        raise BadCell(line.file, line.number, column, str(fault)) from fault


def _first_day(period: str) -> date:
    return FiscalPeriod.parse(period).period.start_on if period else NO_PERIOD_ON

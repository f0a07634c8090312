"""Yearly ICT budget lines: by entity, fund, location group, function and activity, all at once.

The published tables cross money three ways (entity × fund, location group, group × function) and the
desks' and data centres' labour and equipment are given beside. All are met to 100 USD: entity × fund by
location group is the transport of `structure`, functions are spread over its rows, and the infrastructure
lines are spread over activities.
"""

from collections import defaultdict

from meridian.site.demoplan.apportionment import apportion, spread
from meridian.site.demoplan.rows import BudgetLine, Entity
from meridian.site.demoplan.structure import REGULAR_BUDGET_MISSIONS, money_by_share, units_by_share
from meridian.site.demoplan.targets import read_targets

FUNCTIONS = ("management_and_administration", "solution_delivery", "infrastructure")
ACTIVITIES = (
    "service_desk_cost_labour",
    "service_desk_cost_equipment",
    "data_centre_cost_labour",
    "data_centre_cost_equipment",
)
AREAS = {
    "headquarters": "headquarters_and_offices",
    "offices_away": "headquarters_and_offices",
    "missions": "missions",
}
HUNDREDS_IN_A_MILLION = 10_000


def build_budget_lines(entities: list[Entity], persons: dict[int, int]) -> list[BudgetLine]:
    """Every budget line of the ICT units for a year; none is zero."""
    lines = []
    for unit, fund, function, amount in _lines_by_function(entities, persons):
        entity = entities[unit]
        lines.append(
            BudgetLine(unit, entity.statistic, entity.location_group, fund, function, "other", amount)
        )
    return [line for line in lines if line.function != FUNCTIONS[2]] + _by_activity(
        [line for line in lines if line.function == FUNCTIONS[2]]
    )


def _lines_by_function(entities: list[Entity], persons: dict[int, int]) -> list[tuple[int, str, str, int]]:
    """(unit, fund, function, amount) of every share of every area."""
    units = units_by_share(entities)
    lines = []
    for area in ("headquarters_and_offices", "missions"):
        shares = {share: amount for share, amount in money_by_share().items() if AREAS[share[1]] == area}
        columns = [read_targets().functions[area, function] * HUNDREDS_IN_A_MILLION for function in FUNCTIONS]
        columns[-1] += sum(shares.values()) - sum(columns)
        table = spread(list(shares.values()), columns)
        for (entity, group, fund), amounts in zip(shares, table, strict=True):
            able = _funded(entities, units[entity, group], fund, group)
            for function, amount in zip(FUNCTIONS, amounts, strict=True):
                parts = apportion(int(amount), [persons[unit] for unit in able])
                lines += [
                    (unit, fund, function, int(part)) for unit, part in zip(able, parts, strict=True) if part
                ]
    return lines


def _funded(entities: list[Entity], units: list[int], fund: str, group: str) -> list[int]:
    """The units that a fund pays: political missions by the regular budget, others by assessments."""
    if group != "missions":
        return units
    regular = fund == "regular_budget"
    return [
        unit
        for unit in units
        if (entities[unit].code.removeprefix("ICT-") in REGULAR_BUDGET_MISSIONS) == regular
    ]


def _by_activity(lines: list[BudgetLine]) -> list[BudgetLine]:
    """Split infrastructure lines into desk and data-centre labour and equipment, and the rest."""
    figures = read_targets().figures
    columns = [int(figures[activity] * HUNDREDS_IN_A_MILLION) for activity in ACTIVITIES]
    amounts = [line.hundreds_of_usd for line in lines]
    table = spread(amounts, [*columns, sum(amounts) - sum(columns)])
    names = [activity.replace("_cost_", "_") for activity in ACTIVITIES] + ["other"]
    split: dict[tuple[int, str, str], int] = defaultdict(int)
    for line, parts in zip(lines, table, strict=True):
        for name, part in zip(names, parts, strict=True):
            split[line.unit, line.fund, name] += int(part)
    sample = {(line.unit, line.fund): line for line in lines}
    return [
        BudgetLine(
            unit,
            sample[unit, fund].statistic,
            sample[unit, fund].location_group,
            fund,
            FUNCTIONS[2],
            name,
            amount,
        )
        for (unit, fund, name), amount in split.items()
        if amount
    ]

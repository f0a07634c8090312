"""The planned rows add up to every published total, whatever the seed, and hang together."""

import dataclasses
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from meridian.site.demoplan.build import build_plan
from meridian.site.demoplan.checks import assert_plan, differences, recount
from meridian.site.demoplan.rows import Plan
from meridian.site.demoplan.structure import money_by_share, people_by_share
from meridian.site.demoplan.targets import GROUPS, read_targets


@pytest.mark.parametrize("seed", [1, 2010])
def test_rows_add_up_to_every_total(seed: int) -> None:
    assert_plan(build_plan(seed))


def test_the_nine_indicators_but_the_requests(plan: Plan) -> None:
    published = read_targets().statistics
    assert set(published) - set(recount(plan)) == {"service_requests"}


def test_the_same_seed_gives_the_same_rows(plan: Plan) -> None:
    assert build_plan(7) == plan


def test_a_missing_row_is_noticed(plan: Plan) -> None:
    for name in ("people", "desks", "facilities", "applications", "servers", "workstations", "budget_lines"):
        shorter = dataclasses.replace(plan, **{name: getattr(plan, name)[:-1]})
        assert differences(shorter), name
    with pytest.raises(AssertionError, match="network sites: 593 in the rows, 594 published"):
        assert_plan(dataclasses.replace(plan, sites=plan.sites[:-1]))


def test_both_breakdowns_of_people_and_money_hold() -> None:
    targets = read_targets()
    for group in GROUPS:
        persons = sum(
            sum(categories.values()) for (_, where), categories in people_by_share().items() if where == group
        )
        hundreds = sum(amount for (_, where, _), amount in money_by_share().items() if where == group)
        assert persons == targets.statistics["ict_personnel"][group]
        assert round(Decimal(hundreds) / 10_000) == targets.statistics["ict_budget"][group]
        assert all(amount > 0 for amount in money_by_share().values())


def test_places_are_real_enough(plan: Plan) -> None:
    names = {station.name for station in plan.duty_stations}
    assert 150 <= len(names) <= 260
    assert {"New York", "Brindisi", "Valencia", "El Fasher", "N'Djamena", "The Hague"} <= names
    for station in plan.duty_stations:
        assert ZoneInfo(station.zone)
        assert -90 <= station.latitude <= 90
        assert -180 <= station.longitude <= 180
        assert station.languages


def test_references_stay_in_their_group(plan: Plan) -> None:
    for site in plan.sites:
        assert plan.entities[site.unit].kind == "unit"
        assert plan.desks[site.desk].location_group == site.location_group
    for server in plan.servers:
        assert plan.facilities[server.facility].location_group == server.location_group
    for workstation in plan.workstations:
        assert workstation.person < 0 or plan.people[workstation.person].site == workstation.site
    for desk in plan.desks:
        assert {plan.people[agent].entity for agent in desk.people} == {desk.unit}


def test_codes_are_unique(plan: Plan) -> None:
    lists = (plan.countries, plan.duty_stations, plan.entities, plan.teams, plan.sites, plan.people)
    for rows in (*lists, plan.facilities, plan.applications, plan.servers, plan.workstations):
        assert len({row.code for row in rows}) == len(rows)
    assert len({application.name for application in plan.applications}) == len(plan.applications)

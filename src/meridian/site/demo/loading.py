"""Load the demo organisation: one audit entry, everything by COPY, totals checked before it counts."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from meridian.engine.audit import trail
from meridian.engine.modules.registry import offers_to
from meridian.engine.policies import system_actor
from meridian.engine.search.documents import searched
from meridian.engine.search.index import rebuild
from meridian.insight.reports.facade import dataset_of, load_folder
from meridian.site.demo.accounts import copy_accounts
from meridian.site.demo.copying import Copier
from meridian.site.demo.desk import (
    Keys,
    concern_keys,
    copy_categories,
    copy_teams,
    histories,
    hold_reason_keys,
)
from meridian.site.demo.holdings import copy_budget_lines, copy_holdings
from meridian.site.demo.invariants import assert_rows
from meridian.site.demo.registers import copy_calendars, copy_people, copy_places, copy_units
from meridian.site.demoplan import requests
from meridian.site.demoplan.arrivals import requests_by_group
from meridian.site.demoplan.build import build_plan
from meridian.site.demoplan.checks import assert_plan
from meridian.site.demoplan.rows import Plan
from meridian.steering import budgets
from meridian.work.servicedesk.facade import load_history

BUDGET_DATA = Path(budgets.__file__).parent / "data"
PAPERS = ("baseline_2010", "programme_2020")
Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded, and how long it took."""

    rows: int
    items: int
    events: int
    messages: int
    seconds: float


def load(scale: float, seed: int, now: int, advance: Advance) -> Loaded:
    """Plan and load everything in one transaction; nothing stays behind when a total does not hold.

    `now` (Unix seconds) ends the year of requests; `advance` is told how many rows went in. Raises
    AssertionError where the plan or the rows miss a total.
    """
    started = time.monotonic()
    plan = build_plan(seed)
    assert_plan(plan)
    counted = Counted(advance)
    actor = system_actor("Demo organisation")
    reason = f"Demo organisation, seed {seed}, scale {scale:g}"
    with trail.entry("demo.organisation.load", actor, reason):
        with trail.bulk_load("demo.organisation.load", actor, reason):
            keys = copy_registers(Copier(counted), plan)
        lives = histories(requests.stream(plan, scale, now), keys)
        desk = load_history(actor=actor, histories=lives, reason=reason, progress=counted)
        assert_rows(scale)
    return Loaded(counted.rows, desk.items, desk.events, desk.messages, time.monotonic() - started)


class Counted:
    """Counts rows and passes them on."""

    def __init__(self, advance: Advance) -> None:
        self.rows, self._advance = 0, advance

    def __call__(self, rows: int) -> None:
        self.rows += rows
        self._advance(rows)


def copy_registers(copier: Copier, plan: Plan) -> Keys:
    """All but the requests; returns the keys to which they refer."""
    countries, stations, sites = copy_places(copier, plan)
    units = copy_units(copier, plan, stations)
    calendars = copy_calendars(copier, plan, countries)
    people = copy_people(copier, plan, sites, units)
    copy_accounts(copier, plan, people, units)
    copy_holdings(copier, plan, sites, units, people)
    copy_budget_lines(copier, plan, units)
    return Keys(
        people=people,
        sites=sites,
        teams=copy_teams(copier, plan, stations, units, calendars, people),
        categories=copy_categories(copier),
        hold_reasons=hold_reason_keys(copier),
        concerns=concern_keys(copier),
    )


def add_papers() -> None:
    """The published papers, so that money and posts have rows too, and what modules offer to the demo."""
    actor = system_actor("Demo loader")
    for name in PAPERS:
        directory = BUDGET_DATA / name
        load_folder(actor=actor, directory=directory, dataset=dataset_of(directory))
    for given in offers_to("demo"):
        given.function(actor)


def finish(advance: Advance) -> None:
    """Make what was loaded quick to find: search documents in bulk, then the planner's statistics."""
    for resource in searched():
        advance(rebuild(resource))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def expected_rows(scale: float) -> int:
    """About how many rows a load tells of, for a progress bar."""
    return 63_000 * 3 + 83_796 + 12_000 + sum(requests_by_group(scale).values())

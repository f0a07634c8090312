"""The demo organisation in a database: every total, every fold and every promise, in one small load."""

import json
from collections import Counter

import pytest
from click.testing import CliRunner
from django.db import connection, transaction
from house.seeds import tampering

from meridian.insight.statistics.facade import statistics
from meridian.registers.calendars.facade import working_time
from meridian.site.cli import House, tree
from meridian.site.demo import invariants, loading
from meridian.site.demo.accounts import choose_guests
from meridian.site.demo.roles import GUESTS
from meridian.site.demoplan.arrivals import requests_by_group
from meridian.site.demoplan.rows import Plan
from meridian.work.servicedesk.facade import check_folds

NOW = 1_772_000_000
SCALE = 0.0005


def rows(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


HOURS_PROMISED = {1: 4, 2: 8, 3: 24, 4: 40, 5: 80}


def test_a_load_holds_what_it_promises(own_database) -> None:
    """One load for all questions, for it takes ten seconds."""
    loaded = loading.load(SCALE, 7, NOW, lambda _rows: None)
    assert loaded.items == sum(requests_by_group(SCALE).values())
    requests = {row.location_group: row.value for row in statistics() if row.indicator == "service_requests"}
    assert requests == requests_by_group(SCALE)
    assert rows("SELECT count(*) FROM audit_entry WHERE command = 'demo.organisation.load'") == [(1,)]
    names = {name for (name,) in rows("SELECT username FROM access_account WHERE length(username) < 11")}
    assert {guest.username for guest in GUESTS} <= names
    _columns_are_folds_and_promises_keep_opening_hours()
    _a_lost_row_is_noticed()
    _a_house_with_people_is_left_alone()


def _columns_are_folds_and_promises_keep_opening_hours() -> None:
    checked, differences = check_folds(300)
    assert checked > 100
    assert differences == []
    promises = rows(
        "SELECT item.priority, item.opened_at, team.calendar_id, item.due_at"
        " FROM servicedesk_workitem AS item"
        " JOIN servicedesk_workevent AS event ON event.item_id = item.id AND event.sequence = 1"
        " JOIN servicedesk_team AS team ON team.id = (event.data->'team'->>1)::bigint"
    )
    assert promises
    for priority, opened_at, calendar_id, promised in promises:
        schedule = working_time(calendar_id)
        assert schedule.open_seconds(opened_at, promised) == HOURS_PROMISED[priority] * 3_600


def _a_lost_row_is_noticed() -> None:
    with transaction.atomic():
        with tampering() as cursor:
            cursor.execute("DELETE FROM places_site WHERE id = (SELECT min(id) FROM places_site)")
        with pytest.raises(AssertionError, match="network sites: 593 instead of 594"):
            invariants.assert_rows(SCALE)
        transaction.set_rollback(True)


def _a_house_with_people_is_left_alone() -> None:
    refused = CliRunner().invoke(tree(), ["demo", "load"], obj=Awake())
    assert refused.exit_code == 1
    assert "already holds people" in refused.output
    kept = CliRunner().invoke(tree(), ["demo", "load", "--if-empty", "--json"], obj=Awake())
    assert json.loads(kept.output)["loaded"] is False
    report = CliRunner().invoke(tree(), ["report", "statistics", "--json"], obj=Awake())
    assert len(json.loads(report.output)["rows"]) == 27


class Awake(House):
    """A house whose database runs already."""

    def prepare_database(self, *, may_migrate: bool = False) -> None:
        pass


def test_every_guest_is_somebody_else(plan: Plan) -> None:
    guests = choose_guests(plan)
    assert Counter(guest.username for guest in guests.values()) == Counter(guest.username for guest in GUESTS)

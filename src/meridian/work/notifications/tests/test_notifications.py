"""Whom it concerns is told what happens at the desk: once, in their language, never of their own doing."""

import zoneinfo
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils.formats import date_format
from house import jobs
from house.jobs import react
from hypothesis import given
from hypothesis import strategies as st

from meridian.engine.audit import trail
from meridian.engine.modules.registry import jobs as jobs_of_the_worker
from meridian.engine.notices.models import Notice
from meridian.engine.policies import system_actor
from meridian.work.notifications.rules import mentions
from meridian.work.servicedesk import facade as commands
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.servicedesk.testing import (
    Membership,
    SmallDesk,
    account_of,
    agent_actor,
    hold_reason,
    requester_actor,
    small_desk,
    some_item,
)

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ARRANGER = system_actor("tests")


@pytest.fixture
def desk(db: None) -> SmallDesk:
    return small_desk()


@pytest.fixture
def accounts(desk: SmallDesk) -> dict[str, Any]:
    """An account for each person of the desk; those of agents may do an agent's work."""
    agents = {"agent", "lead", "resolver"}
    names = ("requester", "stranger", *sorted(agents))
    return {
        name: account_of(getattr(desk, name), *(["servicedesk.workitem.*"] if name in agents else []))
        for name in names
    }


def fresh(item: WorkItem) -> WorkItem:
    return WorkItem.objects.get(pk=item.pk)


def told(accounts: dict[str, Any]) -> dict[str, list[str]]:
    """The kinds of what each was told since the last call, in order."""
    react()
    names = {account.pk: name for name, account in accounts.items()}
    found: dict[str, list[str]] = {}
    for account, kind in Notice.objects.order_by("pk").values_list("account", "kind"):
        found.setdefault(names[account], []).append(kind.removeprefix("notifications."))
    with trail.entry("testing.arrange", ARRANGER):
        Notice.objects.all().delete()
    return found


def taken(desk: SmallDesk, accounts: dict[str, Any]) -> WorkItem:
    item = some_item(desk)
    commands.take(actor=agent_actor(desk.agent), item=item)
    told(accounts)
    return fresh(item)


def test_what_is_asked_by_oneself_is_told_to_nobody_and_what_is_opened_for_one_is(desk, accounts):
    commands.ask(actor=requester_actor(desk.requester), title="No network")
    assert told(accounts) == {}
    some_item(desk)
    assert told(accounts) == {"requester": ["opened"]}


def test_an_assignment_reaches_the_agent_or_the_team_but_not_who_gave_it(desk, accounts):
    item = some_item(desk)
    told(accounts)
    commands.assign(actor=agent_actor(desk.agent), item=item, team=desk.desk)
    assert told(accounts) == {"lead": ["team"]}
    commands.assign(actor=agent_actor(desk.agent), item=fresh(item), assignee=desk.lead)
    assert told(accounts) == {"lead": ["assigned"]}
    commands.take(actor=agent_actor(desk.agent), item=fresh(item), over=desk.lead)
    assert told(accounts) == {}


def test_a_reply_reaches_the_other_side_and_the_watchers(desk, accounts):
    item = taken(desk, accounts)
    commands.watch(actor=agent_actor(desk.agent), item=item, person=desk.stranger)
    commands.reply(actor=agent_actor(desk.agent), item=fresh(item), text="Restart it.")
    react()
    assert set(Notice.objects.values_list("words", flat=True)) == {"Restart it."}
    assert told(accounts) == {"requester": ["answered"], "stranger": ["followed"]}
    commands.reply(actor=requester_actor(desk.requester), item=fresh(item), text="Still dark.")
    assert told(accounts) == {"agent": ["replied"]}


def test_the_requester_of_a_merged_item_is_told_of_answers_by_their_own_number(desk, accounts):
    item = some_item(desk, title="Secret")
    commands.take(actor=agent_actor(desk.agent), item=item)
    other = commands.add_item(actor=agent_actor(desk.agent), requester=desk.stranger, title="No signal")
    told(accounts)
    commands.merge(actor=agent_actor(desk.agent), item=fresh(other), into=fresh(item))
    told(accounts)
    commands.reply(actor=agent_actor(desk.agent), item=fresh(item), text="It works again.")
    react()
    notice = Notice.objects.get(account=accounts["stranger"])
    assert other.number in notice.text
    assert item.number not in notice.text
    assert "Secret" not in notice.text
    assert notice.url == f"/portal/{other.number}/"


def test_a_question_a_solution_and_an_end_reach_the_requester(desk, accounts):
    agent, item = agent_actor(desk.agent), taken(desk, accounts)
    commands.hold(actor=agent, item=item, hold_reason=hold_reason("requester"), note="!")
    assert told(accounts) == {"requester": ["asked"]}
    commands.resume(actor=agent, item=fresh(item))
    assert told(accounts).get("agent") is None
    commands.resolve(actor=agent, item=fresh(item), solution="Done.")
    assert told(accounts) == {"requester": ["solved"]}
    commands.confirm(actor=requester_actor(desk.requester), item=fresh(item))
    assert told(accounts) == {"agent": ["replied"]}
    cancelled = taken(desk, accounts)
    commands.cancel(actor=agent, item=cancelled, reason="Twice.")
    assert told(accounts) == {"requester": ["ended"]}


def test_a_note_of_the_desk_is_told_to_no_requester_not_even_by_name(desk, accounts):
    item = taken(desk, accounts)
    named = " ".join(f"@{accounts[name].username}" for name in ("requester", "stranger", "lead", "agent"))
    commands.note(actor=agent_actor(desk.agent), item=item, text=f"Ask {named}.")
    assert told(accounts) == {"lead": ["mentioned"]}


def test_what_is_not_fixed_returns_to_somebodys_list(desk, accounts):
    agent, asker = agent_actor(desk.agent), requester_actor(desk.requester)
    item = taken(desk, accounts)
    commands.resolve(actor=agent, item=item, solution="Done.")
    told(accounts)
    commands.reopen(actor=asker, item=fresh(item), text="Not at all.")
    assert told(accounts) == {"agent": ["reopened"]}
    assert (fresh(item).state, fresh(item).assignee_id) == ("in_progress", desk.agent.pk)
    commands.resolve(actor=agent, item=fresh(item), solution="Now.")
    with trail.entry("testing.arrange", ARRANGER):
        Membership.objects.filter(person=desk.agent).delete()
    told(accounts)
    commands.reopen(actor=asker, item=fresh(item), text="No.")
    assert (fresh(item).state, fresh(item).assignee_id) == ("assigned", None)
    assert told(accounts) == {"lead": ["team"]}


def test_a_changed_promise_reaches_the_requester_in_their_zone(desk, accounts):
    item = taken(desk, accounts)
    with trail.entry("testing.arrange", ARRANGER):
        type(accounts["requester"]).objects.filter(pk=accounts["requester"].pk).update(zone="Asia/Tokyo")
    commands.change_item(actor=agent_actor(desk.agent), row=item, impact=1, urgency=1)
    react()
    due_at = fresh(item).due_at
    notice = Notice.objects.get(account=accounts["requester"])
    assert notice.kind == "notifications.promised"
    there = due_at.astimezone(zoneinfo.ZoneInfo("Asia/Tokyo"))
    assert date_format(there, "SHORT_DATETIME_FORMAT") in notice.text
    assert told(accounts) == {"requester": ["promised"]}


def test_what_woke_by_itself_is_told_to_who_has_it_else_to_the_team(desk, accounts):
    agent = agent_actor(desk.agent)
    with time_machine.travel(MONDAY, tick=False):
        mine = taken(desk, accounts)
        ours = some_item(desk)
        commands.assign(actor=agent, item=ours, team=desk.desk)
        for item in (mine, fresh(ours)):
            until = MONDAY + timedelta(minutes=5)
            commands.hold(actor=agent, item=item, hold_reason=hold_reason("shipment"), note="!", until=until)
        told(accounts)
    with time_machine.travel(MONDAY + timedelta(minutes=6), tick=False):
        jobs_of_the_worker()["servicedesk.wake"].function(timestamp=0)
    found = told(accounts)
    assert sorted(found["agent"]) == ["team", "woken"]
    assert found["lead"] == ["team"]
    assert "resolver" not in found


def test_a_reaction_that_runs_again_tells_nobody_twice(desk, accounts):
    item = taken(desk, accounts)
    commands.reply(actor=agent_actor(desk.agent), item=item, text="Restart it.")
    react()
    jobs._done.clear()
    react()
    assert Notice.objects.filter(account=accounts["requester"], kind="notifications.answered").count() == 1


@given(st.lists(st.from_regex(r"[a-z][a-z0-9_.-]{0,8}[a-z0-9]", fullmatch=True), unique=True, max_size=8))
def test_every_name_is_found_whatever_stands_around_it(names):
    assert mentions(" ".join(f"(@{name})," for name in names)) == names
    assert mentions(". ".join(f"@{name}" for name in names) + ".") == names


def test_an_address_names_nobody():
    assert mentions("Write to amina@example.org or @ home") == []

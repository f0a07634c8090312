"""The pages of clocks: every counted second, what runs out, what was kept."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from house.jobs import react

from meridian.engine.commands import commands
from meridian.registers.calendars.facade import forget_working_times
from meridian.work.clockwatch.pages.promises import weighed_policies
from meridian.work.clockwatch.parts import clocks_of_item, clocks_of_request
from meridian.work.clockwatch.queries.why import AHEAD, COUNTED, explain_item
from meridian.work.service_levels.facade import Clock, ClockPolicy, forget_book, promise_demo
from meridian.work.servicedesk import facade as desk_facade
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.servicedesk.testing import (
    TESTS,
    SmallDesk,
    account_of,
    agent_actor,
    hold_reason,
    requester_actor,
    signed_in,
    small_desk,
    some_item,
)

NOW = datetime.now(UTC).replace(microsecond=0)
AGENT = ("servicedesk.workitem.*", "service_levels.clock.*")


@pytest.fixture
def desk(db: None) -> Iterator[SmallDesk]:
    forget_book()
    yield small_desk()
    forget_book()
    forget_working_times()


def worked_item(desk: SmallDesk, *, resolved: bool = False) -> WorkItem:
    """An item of nine days ago that waited for a day."""
    actor = agent_actor(desk.agent)
    steps: list[tuple[float, Any]] = [
        (1, lambda item: desk_facade.take(actor=actor, item=item)),
        (2, lambda item: desk_facade.hold(actor=actor, item=item, hold_reason=hold_reason(), note="?")),
        (26, lambda item: desk_facade.resume(actor=actor, item=item)),
    ]
    if resolved:
        steps.append((40, lambda item: desk_facade.resolve(actor=actor, item=item, solution="Done")))
    with time_machine.travel(NOW - timedelta(days=9), tick=False):
        item = some_item(desk, site=desk.site)
    for hours, act in steps:
        with time_machine.travel(NOW - timedelta(days=9) + timedelta(hours=hours), tick=False):
            act(WorkItem.objects.get(pk=item.pk))
    react()
    return WorkItem.objects.get(pk=item.pk)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:500]
    return answer.content.decode()


def test_what_is_explained_adds_up_to_what_was_counted_and_promised(desk: SmallDesk) -> None:
    item = worked_item(desk)
    _book, explained = explain_item(item, NOW, at_desk=True)
    assert {one.clock.run.measure for one in explained} == {"resolve", "response"}
    for one in explained:
        counted = sum(line.seconds for line in one.lines if line.what == COUNTED)
        assert counted == one.clock.count.open_seconds
        ahead = sum(line.seconds for line in one.lines if line.what == AHEAD)
        assert not ahead or counted + ahead == one.clock.target
        edges = [line.start for line in one.lines[1:]]
        assert all(start >= line.end for start, line in zip(edges, one.lines, strict=False))


def test_the_requester_reads_why_in_three_zones_and_a_stranger_reads_nothing(desk: SmallDesk) -> None:
    item = worked_item(desk)
    why = f"/clockwatch/why/{item.number}/"
    for person, permissions in ((desk.requester, ()), (desk.agent, AGENT)):
        client = signed_in(account_of(person, *permissions))
        shown = page(client, why)
        assert "Africa/Nairobi" in shown
        assert "waits for: Requester" in shown
        assert "24:00:00" in shown
        client.get(why)
        with CaptureQueriesContext(connection) as asked:
            page(client, why)
        assert len(asked) <= 12, [query["sql"][:120] for query in asked]
    stranger = signed_in(account_of(desk.stranger))
    assert stranger.get(why).status_code == 404


def promised(code: str, versions: int = 1, **scope: Any) -> ClockPolicy:
    """A policy of resolution with so many versions."""
    given = {"code": code, "name": {"en": code}, "kind": "sla", "measure": "resolve"}
    known = commands()
    policy = known["service_levels.clockpolicy.add"].carry_out(actor=TESTS, **given, **scope)
    for year in range(2020, 2020 + versions):
        terms = {"effective_on": date(year, 1, 1), "hours": "always", "priority_4": 9_000}
        known["service_levels.policyversion.add"].carry_out(actor=TESTS, policy=policy, **terms)
    return policy


def test_the_page_says_which_policy_holds_and_why_the_others_do_not(desk: SmallDesk) -> None:
    promised("Meant for the site", site=desk.site)
    promised("Meant for others", team=desk.second)
    promised("Says nothing yet", 0, team=desk.desk)
    item = worked_item(desk)
    book, explained = explain_item(item, NOW, at_desk=True)
    resolve = next(one.clock for one in explained if one.clock.run.measure == "resolve")
    holding = ClockPolicy.objects.get(pk=resolve.promise.policy)
    # What has no version yet takes nothing from whom another promises something.
    assert holding.code == "Meant for the site"
    said = [(ClockPolicy.objects.get(pk=key).code, why) for key, why in weighed_policies(resolve, book)]
    assert said == [
        ("Says nothing yet", "silent"),
        ("Meant for the site", "holds"),
        ("resolve", "wider"),
        ("Meant for others", "team"),
    ]
    shown = page(signed_in(account_of(desk.requester)), f"/clockwatch/why/{item.number}/")
    for words in ("is for another team", "holds: nothing is meant", "is meant for more", "no version yet"):
        assert words in shown


def test_the_item_and_the_request_say_what_is_promised(desk: SmallDesk) -> None:
    item = worked_item(desk)
    for part in (
        clocks_of_item(agent_actor(desk.agent), item),
        clocks_of_request(requester_actor(desk.requester), item),
    ):
        assert part is not None
        assert [fact.get("url", "") for fact in part.context["facts"]][
            -1
        ] == f"/clockwatch/why/{item.number}/"
    assert clocks_of_item(requester_actor(desk.stranger), item) is None


def test_a_lead_sees_what_runs_out_and_where_nobody_is(desk: SmallDesk) -> None:
    """Four open hours of a desk that closes at night and over the weekend end within three days."""
    item = some_item(desk, impact=1, urgency=1)
    react()
    client = signed_in(account_of(desk.lead, *AGENT))
    assert item.number in page(client, "/clockwatch/near/?hours=72")
    assert item.number in page(client, "/clockwatch/near/?hours=72&there=team")
    assert item.number not in page(client, "/clockwatch/near/?hours=72&there=nobody")
    assert client.get("/clockwatch/near/?hours=5").status_code == 422
    assert signed_in(account_of(desk.stranger)).get("/clockwatch/near/").status_code == 403


def test_the_report_counts_what_was_kept_and_lists_what_is_left_out(desk: SmallDesk) -> None:
    worked_item(desk, resolved=True)
    cancelled = worked_item(desk)
    desk_facade.cancel(actor=agent_actor(desk.agent), item=cancelled, reason="No longer needed")
    react()
    client = signed_in(account_of(desk.lead, *AGENT))
    for group in ("policy", "service", "site", "team", "priority"):
        shown = page(client, f"/clockwatch/report/?by={group}")
        assert "100" in shown
        assert cancelled.number in shown


def test_the_demo_promises_once_and_takes_up_what_is_open(desk: SmallDesk) -> None:
    item = worked_item(desk)
    for _time in range(2):
        promise_demo(TESTS)
        assert ClockPolicy.objects.filter(kind="ola").count() == 1
    react()
    assert Clock.objects.filter(item=item, kind="ola", measure="resolve").count() <= 1

"""What was done to many items is given back exactly, or not at all."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from meridian.engine.audit import trail
from meridian.engine.policies import Actor, Grant
from meridian.engine.values import undoing
from meridian.work.servicedesk import commands
from meridian.work.servicedesk.models import WorkEvent, WorkItem
from meridian.work.servicedesk.testing import (
    AGENT_ROLE,
    SmallDesk,
    account_of,
    hold_reason,
    signed_in,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db
COUNTED = {"version", "updated_at", "event_count", "reassigned_count"}


@pytest.fixture
def desk() -> SmallDesk:
    return small_desk()


@pytest.fixture
def account(desk: SmallDesk) -> Any:
    return account_of(desk.agent, "servicedesk.workitem.*")


@pytest.fixture
def agent(desk: SmallDesk, account: Any) -> Actor:
    return Actor(account.pk, desk.agent.pk, str(desk.agent), (Grant(AGENT_ROLE, ""),))


def columns(items: list[WorkItem]) -> list[dict[str, Any]]:
    rows = WorkItem.objects.filter(pk__in=[item.pk for item in items]).order_by("pk").values()
    return [{name: value for name, value in row.items() if name not in COUNTED} for row in rows]


def together(agent: Actor, items: list[WorkItem], verb: Any, **given: Any) -> int:
    """Do it to all of them as the list does; the entry of the trail."""
    with trail.entry("servicedesk.workitem.bulk", agent) as entry:
        for item in items:
            verb(actor=agent, item=item, **given)
    return entry


def undo(client: Client, entry: int) -> Any:
    return client.post(f"/undo/servicedesk.workitem/{entry}/")


def test_each_deed_is_given_back_and_told_in_the_log(desk: SmallDesk, account: Any, agent: Actor) -> None:
    client = signed_in(account)
    fresh, had, held = (some_item(desk, title=title) for title in ("Fresh", "Had", "Held"))
    commands.take(actor=agent, item=had)
    commands.take(actor=agent, item=held)
    commands.hold(actor=agent, item=held, hold_reason=hold_reason(), note="It waits.")
    deeds = (
        ([fresh], commands.take, {}),
        ([fresh, had, held], commands.assign, {"team": desk.second, "assignee": desk.resolver}),
        ([had], commands.hold, {"hold_reason": hold_reason(), "note": "It waits."}),
    )
    for items, verb, given in deeds:
        before = columns(items)
        entry = together(agent, items, verb, **given)
        assert columns(items) != before
        assert client.get(f"/undo/servicedesk.workitem/{entry}/").status_code == 200
        assert undo(client, entry).status_code == 302
        assert columns(items) == before
        last = WorkEvent.objects.filter(item=items[0]).order_by("-sequence")[0]
        assert (last.type, last.data["undone"]) == ("changed", True)
        again = undo(client, entry)
        assert again.status_code == 409
        assert "changed it since" in again.content.decode()


def test_what_ended_was_told_and_stays(desk: SmallDesk, account: Any, agent: Actor) -> None:
    items = [some_item(desk), some_item(desk)]
    entry = together(agent, items, commands.resolve, solution="It was off.")
    before = columns(items)
    answer = undo(signed_in(account), entry)
    assert answer.status_code == 409
    assert "Reopen it" in answer.content.decode()
    assert columns(items) == before


def test_it_is_for_whoever_did_it_and_while_there_is_time(
    desk: SmallDesk, account: Any, agent: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [some_item(desk)]
    entry = together(agent, items, commands.take)
    lead = signed_in(account_of(desk.lead, "servicedesk.workitem.*"))
    assert undo(lead, entry).status_code == 404
    assert undo(signed_in(account), entry + 1_000_000).status_code == 404
    history = f"/servicedesk/work-items/{items[0].pk}/history/"
    link = f"/undo/servicedesk.workitem/{entry}/"
    assert link in signed_in(account).get(history).content.decode()
    assert link not in lead.get(history).content.decode()
    monkeypatch.setattr(undoing, "UNDO_FOR", timedelta(0))
    assert undo(signed_in(account), entry).status_code == 404

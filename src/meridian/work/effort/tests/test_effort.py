"""Minutes of people on items: their own, within a day, and where a month went."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from meridian.engine.commands import Refusal
from meridian.engine.policies import Actor, Grant
from meridian.work.effort.commands import add_time, change_time, remove_time
from meridian.work.effort.models import TimeEntry
from meridian.work.effort.parts import duration_text
from meridian.work.servicedesk.testing import (
    SmallDesk,
    account_of,
    signed_in,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db
RIGHTS = ("servicedesk.workitem.*", "effort.timeentry.view", "effort.timeentry.add")
LEAD_RIGHTS = ("servicedesk.workitem.*", "effort.*")


@pytest.fixture
def desk() -> SmallDesk:
    return small_desk()


def worker(person, team=None, rights=RIGHTS) -> Actor:
    grant = Grant(frozenset(rights), team.unit.path if team else "")
    return Actor(person.pk, person.pk, str(person), (grant,))


@pytest.fixture
def agent(desk: SmallDesk) -> Client:
    return signed_in(account_of(desk.agent, *RIGHTS))


def test_durations_are_said_as_people_say_them():
    assert [duration_text(minutes) for minutes in (5, 60, 150)] == ["5 min", "1 h", "2 h 30 min"]


def test_time_is_written_down_beside_the_item_and_added_up_by_month(desk: SmallDesk, agent: Client):
    item = some_item(desk)
    where = f"/effort/items/{item.number}/"
    agent.post(where, {"minutes": "90", "note": "Modem changed"})
    agent.post(where, {"minutes": "30"})
    entry = TimeEntry.objects.order_by("pk").first()
    assert (entry.person_id, entry.team_id, entry.minutes) == (desk.agent.pk, desk.desk.pk, 90)
    part = agent.get(f"/desk/{item.number}/parts/").content.decode()
    assert "2 h in all" in part
    assert "Modem changed" in part
    for by, name in (("team", desk.desk.name), ("person", str(desk.agent))):
        page = agent.get(f"/effort/spent/?by={by}").content.decode()
        assert name in page
        listed = page.split("Items", 1)[1].split('href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
        rows = agent.get(listed).content.decode()
        assert "Modem changed" in rows
    before = timezone.localdate().replace(day=1) - timedelta(days=1)
    asked = f"/effort/spent/?month={before.year}-{before.month:02}"
    assert "Nobody has written" in agent.get(asked).content.decode()
    for wrong in ("?month=2001-01", "?month=x", "?by=moon", "?other=1"):
        assert agent.get(f"/effort/spent/{wrong}").status_code == 422


def test_what_is_no_time_is_refused_and_nothing_is_kept(desk: SmallDesk, agent: Client):
    item, actor = some_item(desk), worker(desk.agent)
    today = timezone.localdate()
    for minutes in (0, -5, 1441):
        with pytest.raises(Refusal):
            add_time(actor=actor, item=item, minutes=minutes)
    with pytest.raises(Refusal, match="still to come"):
        add_time(actor=actor, item=item, minutes=5, worked_on=today + timedelta(days=3))
    for typed in ("", "two", "1e9", "9" * 30, "-1"):
        assert agent.post(f"/effort/items/{item.number}/", {"minutes": typed}).status_code == 302
    assert not TimeEntry.objects.exists()
    add_time(actor=actor, item=item, minutes=1000)
    with pytest.raises(Refusal, match="440"):
        add_time(actor=actor, item=some_item(desk), minutes=441)
    entry = TimeEntry.objects.get()
    assert change_time(actor=actor, row=entry, minutes=1440).minutes == 1440


def test_time_is_corrected_by_whoever_spent_it_or_a_lead_and_hidden_from_the_requester(desk: SmallDesk):
    item = some_item(desk)
    entry = add_time(actor=worker(desk.agent), item=item, minutes=10)
    colleague, elsewhere = worker(desk.lead), worker(desk.resolver, desk.second, LEAD_RIGHTS)
    for refused in (
        lambda: change_time(actor=colleague, row=entry, minutes=5),
        lambda: remove_time(actor=colleague, row=entry),
        lambda: change_time(actor=elsewhere, row=entry, minutes=5),
        lambda: remove_time(actor=elsewhere, row=entry),
        lambda: add_time(actor=elsewhere, item=item, minutes=5),
    ):
        with pytest.raises(Refusal):
            refused()
    assert signed_in(account_of(desk.requester)).get(f"/effort/time-entries/{entry.pk}/").status_code in (
        403,
        404,
    )
    change_time(actor=worker(desk.lead, rights=LEAD_RIGHTS), row=entry, minutes=15)
    entry.refresh_from_db()
    assert (entry.minutes, entry.person_id) == (15, desk.agent.pk)
    other = some_item(desk, team=desk.second)
    with pytest.raises(Refusal):
        change_time(actor=worker(desk.agent, desk.desk), row=entry, item=other)
    entry.refresh_from_db()
    change_time(actor=worker(desk.agent), row=entry, item=other, minutes=20)
    entry.refresh_from_db()
    assert (entry.item_id, entry.team_id, entry.minutes) == (other.pk, desk.second.pk, 20)
    remove_time(actor=worker(desk.agent), row=entry)
    assert not TimeEntry.objects.exists()
    remove_time(
        actor=worker(desk.lead, rights=LEAD_RIGHTS),
        row=add_time(actor=worker(desk.agent), item=item, minutes=10),
    )
    assert not TimeEntry.objects.exists()

"""A major incident from declaration to review, its clock, what hangs on it, and what everybody reads."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from house.jobs import react

from meridian.engine.commands import Refusal, Untimely
from meridian.engine.notices.models import Notice
from meridian.engine.policies import Actor, Grant
from meridian.work.majors import commands as major
from meridian.work.majors import jobs
from meridian.work.majors.facade import held_items, items_of_majors, public_majors
from meridian.work.majors.models import MajorIncident, MajorUpdate
from meridian.work.problems.facade import Problem
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.servicedesk.testing import (
    SmallDesk,
    account_of,
    requester_actor,
    signed_in,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def desk() -> SmallDesk:
    return small_desk()


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as travel:
        yield travel


def lead(desk: SmallDesk) -> Actor:
    held = frozenset({"majors", "problems", "servicedesk"})
    return Actor(None, desk.lead.pk, str(desk.lead), (Grant(held, desk.desk.unit.path),))


def declared(desk: SmallDesk, **fields: Any) -> MajorIncident:
    given = {
        "subject": {"en": "Mail is down", "ar": "البريد متوقف"},
        "manager": desk.lead,
        "communications": desk.agent,
        "technical_lead": desk.resolver,
        **fields,
    }
    incident = given.pop("incident", None) or some_item(desk, title="Nobody gets mail")
    return major.declare_major(actor=lead(desk), incident=incident, **given)


def kinds(row: MajorIncident) -> list[str]:
    return list(MajorUpdate.objects.filter(major=row).order_by("pk").values_list("kind", flat=True))


def test_it_is_led_from_declaration_to_review(desk: SmallDesk, clock: Any) -> None:
    row, actor = declared(desk), lead(desk)
    child = some_item(desk, title="No mail at the depot")
    major.hold_together(actor=actor, row=row, incident=child)
    major.inform(actor=actor, row=row, text="The queue server is full")
    major.change_major(actor=actor, row=row, status_text={"en": "Use the web mail.", "fr": "Messagerie web."})
    with pytest.raises(Untimely, match="is still open"):
        major.stand_down(actor=actor, row=row)
    major.resolve_together(actor=actor, row=row, solution="The disk was emptied")
    assert set(WorkItem.objects.values_list("state", flat=True)) == {"resolved"}
    major.stand_down(actor=actor, row=row)
    major.review_major(actor=actor, row=row, findings="Watch the disk")
    row.refresh_from_db()
    assert (row.state, row.next_update_at) == ("reviewed", None)
    assert kinds(row) == ["declared", "held", "informed", "status", "resolved", "stood_down", "reviewed"]
    problem = Problem.objects.get(pk=row.problem_id)
    assert set(problem.attached_incidents.values_list("incident", flat=True)) == {row.incident_id, child.pk}
    with pytest.raises(Untimely, match="and once"):
        major.review_major(actor=actor, row=row, findings="Again")


def test_a_missed_update_escalates_each_time_it_is_missed(desk: SmallDesk, clock: Any) -> None:
    accounts = [account_of(person) for person in (desk.lead, desk.agent, desk.resolver)]
    row = declared(desk, cadence_minutes=20)
    react()
    for minutes, missed in ((19, 0), (20, 1), (39, 1), (41, 2)):
        clock.move_to(NOON + timedelta(minutes=minutes))
        jobs.escalate_missed(0)
        jobs.escalate_missed(0)
        row.refresh_from_db()
        assert row.missed_count == missed, minutes
    react()
    told = Notice.objects.filter(kind="majors.missed")
    assert {notice.account_id for notice in told} == {account.pk for account in accounts}
    assert told.count() == 2 * len(accounts)
    major.inform(actor=lead(desk), row=row, text="Still looking")
    row.refresh_from_db()
    assert row.next_update_at == NOON + timedelta(minutes=61)


def test_each_requester_of_what_hangs_on_it_is_told_by_their_own_item(desk: SmallDesk) -> None:
    account = account_of(desk.requester)
    row = declared(desk)
    child = some_item(desk, title="No mail here either")
    major.hold_together(actor=lead(desk), row=row, incident=child)
    major.change_major(actor=lead(desk), row=row, status_text={"en": "Use the web mail."})
    react()
    told = Notice.objects.filter(account=account, kind="majors.status").order_by("pk")
    assert {notice.url for notice in told} == {
        reverse("portal-follow", args=(number,)) for number in (row.incident.number, child.number)
    }
    major.resolve_together(actor=lead(desk), row=row, solution="It runs again")
    react()
    assert Notice.objects.filter(account=account, kind="notifications.solved").count() == 2
    page = signed_in(account).get(reverse("portal-follow", args=(child.number,))).content.decode()
    assert "Mail is down" in page


def test_what_hangs_on_it_is_neither_chased_nor_surveyed_singly(desk: SmallDesk) -> None:
    row, child, other = declared(desk), some_item(desk), some_item(desk)
    major.hold_together(actor=lead(desk), row=row, incident=child)
    asked = [row.incident_id, child.pk, other.pk]
    assert held_items(asked) == items_of_majors(asked) == {row.incident_id, child.pk}
    major.resolve_together(actor=lead(desk), row=row, solution="It runs again")
    major.stand_down(actor=lead(desk), row=row)
    assert held_items(asked) == frozenset()
    assert items_of_majors(asked) == {row.incident_id, child.pk}


def test_everybody_reads_what_lasts_and_for_a_day_what_is_over(desk: SmallDesk, clock: Any) -> None:
    row = declared(desk)
    (status,) = public_majors()
    assert (status.number, status.since, status.over_at) == (row.number, NOON, None)
    major.resolve_together(actor=lead(desk), row=row, solution="It runs again")
    major.stand_down(actor=lead(desk), row=row)
    clock.move_to(NOON + timedelta(hours=23))
    assert public_majors()[0].over_at == NOON
    clock.move_to(NOON + timedelta(hours=25))
    assert public_majors() == []
    withdrawn = declared(desk)
    major.withdraw_major(actor=lead(desk), row=withdrawn, why="Only one office")
    assert public_majors() == []


def test_what_is_no_open_incident_of_its_own_is_refused_in_words(desk: SmallDesk) -> None:
    row, actor = declared(desk), lead(desk)
    with pytest.raises(Refusal, match="declared a major incident already"):
        declared(desk, incident=row.incident)
    with pytest.raises(Refusal, match="no open incident"):
        declared(desk, incident=some_item(desk, kind="request"))
    child = some_item(desk)
    major.hold_together(actor=actor, row=row, incident=child)
    with pytest.raises(Refusal, match="hangs on a major incident already"):
        declared(desk, incident=child)
    with pytest.raises(Refusal, match="does not hang"):
        major.let_go(actor=actor, row=row, incident=some_item(desk))
    major.let_go(actor=actor, row=row, incident=child)
    assert held_items([child.pk]) == frozenset()
    with pytest.raises(Refusal, match=r"stays on the incident"):
        major.change_major(actor=actor, row=row, incident=child)
    major.withdraw_major(actor=actor, row=row, why="A false alarm")
    for verb, words in ((major.inform, {"text": "x"}), (major.resolve_together, {"solution": "x"})):
        with pytest.raises(Untimely, match="nothing is led on it"):
            verb(actor=actor, row=row, **words)


def test_who_leads_reaches_the_war_room_from_anywhere_and_nobody_else(desk: SmallDesk) -> None:
    row = declared(desk)
    url = reverse("majors-majorincident-detail", args=(row.pk,))
    assert signed_in(account_of(desk.resolver)).get(url).status_code == 200
    assert signed_in(account_of(desk.stranger)).get(url).status_code in (403, 404)
    major.inform(actor=requester_actor(desk.resolver), row=row, text="Cable cut")
    wall = signed_in(account_of(desk.agent)).get(reverse("majors-wall", args=(row.pk,)))
    assert wall["Refresh"] == "30"
    assert "Cable cut" in wall.content.decode()


def test_incidents_that_look_alike_are_held_together_from_the_war_room(desk: SmallDesk) -> None:
    row = declared(desk)
    near = some_item(desk, title="The same here")
    client = signed_in(account_of(desk.lead, "majors", "problems", "servicedesk"))
    url = reverse("majors-majorincident-detail", args=(row.pk,))
    assert "The same here" in client.get(url).content.decode()
    answer = client.post(
        reverse("majors-hold", args=(row.pk,)), {"action": "hold", "key": [near.pk]}, follow=True
    )
    assert "1 incident hangs on it now." in answer.content.decode()
    assert near.pk in held_items([near.pk])


def test_the_first_page_of_everybody_says_what_is_down_and_the_item_what_is_behind_it(
    desk: SmallDesk,
) -> None:
    row = declared(desk, status_text={"en": "Use the web mail."})
    page = signed_in(account_of(desk.stranger)).get("/").content.decode()
    assert "Mail is down" in page
    assert "Use the web mail." in page
    agent = signed_in(account_of(desk.agent, "majors", "servicedesk"))
    parts = agent.get(reverse("desk-parts", args=(row.incident.number,)))
    assert row.number in parts.content.decode()

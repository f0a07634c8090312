"""A change from draft to review: risk, authorisation, windows, what it caused, and how changes went."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from house.factory import make
from house.jobs import react

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Unseen, Untimely, commands
from meridian.engine.policies import Actor, Grant
from meridian.engine.records import reference
from meridian.holdings.configuration.facade import entry_of
from meridian.work.approvals.contracts import Decision
from meridian.work.change_calendar.facade import ChangeWindow
from meridian.work.changes.commands import authorising, boards, implementing, planning
from meridian.work.changes.contracts import Kind, Outcome
from meridian.work.changes.facade import suppressed
from meridian.work.changes.models import Board, BoardMember, Change, ChangeModel, Meeting, SuppressionWindow
from meridian.work.changes.queries.conflicts import conflicts_of
from meridian.work.changes.queries.figures import figures_of, history_of
from meridian.work.items.facade import refold
from meridian.work.problems.facade import Problem
from meridian.work.servicedesk.testing import TESTS, SmallDesk, account_of, signed_in, small_desk, some_item

pytestmark = pytest.mark.django_db
Server, Facility = reference("inventory.Server"), reference("facilities.Facility")
Approver, WindowScope = reference("approvals.Approver"), reference("change_calendar.WindowScope")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LOW = {
    "experience": authorising.Experience.OFTEN,
    "testing": authorising.Testing.WHOLE,
    "backout": authorising.Backout.QUICK,
    "people": authorising.People.NOBODY,
}
GRAVE = {
    "experience": authorising.Experience.NEVER,
    "testing": authorising.Testing.NOT,
    "backout": authorising.Backout.NEVER,
    "people": authorising.People.EVERYBODY,
}


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(MONDAY, tick=False) as travel:
        yield travel


@pytest.fixture
def desk(clock: Any) -> SmallDesk:
    return small_desk()


def decide(**given: Any) -> None:
    commands()["approvals.approver.decide"].carry_out(**given)


def who(person: Any) -> Actor:
    return Actor(None, person.pk, str(person), (Grant(frozenset({"*"})),))


def raised(desk: SmallDesk, thing: Any = None, **fields: Any) -> Change:
    given = {
        "title": "Replace the disk",
        "team": desk.desk,
        "plan": "Take it out, put the new one in",
        "backout_plan": "Put the old one back",
        "planned_from": MONDAY + DAY,
        "planned_until": MONDAY + DAY + 2 * HOUR,
        **fields,
    }
    change = planning.add_change(actor=who(desk.lead), **given)
    return planning.touch(actor=who(desk.lead), item=change, thing=entry_of(thing or make(Server)))


def board(desk: SmallDesk, kind: str = "normal", quorum: int = 2) -> Board:
    with trail.entry("tests.arrange", TESTS):
        made = Board.objects.create(code=kind, name={"en": "Board"}, for_kind=kind, quorum=quorum)
        for person in (desk.agent, desk.resolver, desk.lead):
            BoardMember.objects.create(board=made, person=person)
    return made


def asked(desk: SmallDesk, change: Change, answers: dict[str, Any]) -> Change:
    actor = who(desk.lead)
    authorising.submit(actor=actor, item=change)
    authorising.assess(actor=actor, item=change, **answers)
    return authorising.ask_authorisation(actor=actor, item=change)


def approve(desk: SmallDesk, change: Change, *people: Any) -> Change:
    for person in people:
        row = Approver.objects.get(step__approval__row_id=change.pk, person=person, decision="")
        decide(actor=who(person), row=row, decision=Decision.APPROVED)
    react()
    change.refresh_from_db()
    return change


def scheduled(desk: SmallDesk, **fields: Any) -> Change:
    board(desk)
    return approve(desk, asked(desk, raised(desk, **fields), GRAVE), desk.agent, desk.resolver)


def test_a_normal_change_walks_from_draft_to_review_and_its_columns_are_its_log(
    desk: SmallDesk, clock: Any
) -> None:
    change = scheduled(desk)
    assert change.number.startswith("CHG")
    assert (change.state, change.risk_level) == ("scheduled", "high")
    assert SuppressionWindow.objects.get(change=change).starts_at == change.planned_from
    with pytest.raises(Untimely, match="within its window"):
        implementing.implement(actor=who(desk.agent), item=change)
    clock.move_to(MONDAY + DAY + HOUR)
    thing = change.things.get().concerns_id
    assert suppressed([thing], MONDAY + DAY + HOUR) == {thing: change.pk}
    implementing.implement(actor=who(desk.agent), item=change)
    with pytest.raises(Refusal, match="did not go as planned"):
        implementing.complete(actor=who(desk.agent), item=change, outcome=Outcome.FAILED)
    implementing.complete(actor=who(desk.agent), item=change, outcome=Outcome.SUCCESSFUL)
    implementing.review(actor=who(desk.lead), item=change, findings="As planned")
    change.refresh_from_db()
    assert (change.state, change.outcome) == ("closed", "successful")
    assert refold(Change, [change.pk]) == []


def test_the_problem_that_it_fixes_waits_for_it(desk: SmallDesk) -> None:
    problem = make(Problem, team=desk.desk, state="known_error")
    scheduled(desk, problem=problem)
    problem.refresh_from_db()
    assert problem.state == "fix_in_change"


def test_nobody_authorises_their_own_and_one_vote_is_no_quorum(desk: SmallDesk) -> None:
    board(desk)
    change = asked(desk, raised(desk), GRAVE)
    assert set(Approver.objects.values_list("person", flat=True)) == {desk.agent.pk, desk.resolver.pk}
    assert approve(desk, change, desk.agent).state == "authorise"
    assert approve(desk, change, desk.resolver).state == "scheduled"


def test_a_board_too_small_for_its_quorum_is_not_asked(desk: SmallDesk) -> None:
    board(desk, quorum=3)
    change = raised(desk)
    authorising.submit(actor=who(desk.lead), item=change)
    authorising.assess(actor=who(desk.lead), item=change, **GRAVE)
    with pytest.raises(Refusal, match="finds 2 who may approve and needs 3"):
        authorising.ask_authorisation(actor=who(desk.lead), item=change)
    change.refresh_from_db()
    assert change.state == "assess"


def test_low_risk_is_authorised_by_one_change_manager_of_the_unit(desk: SmallDesk) -> None:
    with trail.entry("tests.arrange", TESTS):
        account_of(desk.resolver, "changes").holdings.update(starts_at=MONDAY - DAY)
    change = asked(desk, raised(desk), LOW)
    assert change.risk_level == "low"
    assert approve(desk, change, desk.resolver).state == "scheduled"


def test_a_rejection_ends_it_until_it_is_drafted_anew(desk: SmallDesk) -> None:
    board(desk)
    change = asked(desk, raised(desk), GRAVE)
    for person in (desk.agent, desk.resolver):
        row = Approver.objects.filter(person=person, decision="", step__state="open").first()
        if row is not None:
            decide(
                actor=who(person), row=row, decision=Decision.REJECTED, reason="Not in the week of the debate"
            )
    react()
    change.refresh_from_db()
    assert change.state == "rejected"
    assert authorising.redraft(actor=who(desk.lead), item=change).state == "draft"


@pytest.mark.parametrize("edit", ["plan", "window", "thing"])
def test_an_edit_makes_the_authorisation_void(desk: SmallDesk, edit: str) -> None:
    change, actor = scheduled(desk), who(desk.lead)
    if edit == "plan":
        planning.change_change(actor=actor, row=change, plan="Something else")
    elif edit == "window":
        planning.change_change(actor=actor, row=change, planned_until=MONDAY + DAY + 4 * HOUR)
    else:
        planning.touch(actor=actor, item=change, thing=entry_of(make(Server)))
    change.refresh_from_db()
    assert (change.state, change.risk_score) == ("assess", None)
    assert not SuppressionWindow.objects.exists()
    with pytest.raises(Untimely, match="Only a scheduled change"):
        implementing.implement(actor=actor, item=change)


def test_what_was_begun_is_edited_no_more(desk: SmallDesk, clock: Any) -> None:
    change = scheduled(desk)
    clock.move_to(MONDAY + DAY + HOUR)
    implementing.implement(actor=who(desk.agent), item=change)
    with pytest.raises(Untimely, match="stands"):
        planning.change_change(actor=who(desk.lead), row=change, plan="Something else")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"planned_from": MONDAY - DAY, "planned_until": MONDAY + DAY}, "begins in the past"),
        ({"planned_from": None, "planned_until": None}, "Plan its window"),
        ({"plan": " "}, "Say what is done"),
        ({"backout_plan": ""}, "how it is taken back"),
    ],
)
def test_a_draft_that_is_not_ready_is_not_taken(
    desk: SmallDesk, fields: dict[str, Any], sentence: str
) -> None:
    change = raised(desk, **fields)
    with pytest.raises(Refusal, match=sentence):
        authorising.submit(actor=who(desk.lead), item=change)
    change.refresh_from_db()
    assert change.state == "draft"


def freeze(*scopes: Any, **fields: Any) -> ChangeWindow:
    given = {
        "code": f"F{ChangeWindow.objects.count()}",
        "name": {"en": "Closing of accounts"},
        "starts_at": MONDAY + HOUR,
        "ends_at": MONDAY + 2 * DAY,
        **fields,
    }
    with trail.entry("tests.arrange", TESTS):
        made = ChangeWindow.objects.create(**given)
        for scope in scopes:
            WindowScope.objects.create(window=made, concerns=entry_of(scope))
    return made


def test_a_window_in_a_freeze_that_blocks_is_refused_and_warned_of_where_it_warns(desk: SmallDesk) -> None:
    board(desk)
    window, change = freeze(), raised(desk)
    with pytest.raises(Refusal, match="in the freeze “Closing of accounts”"):
        asked(desk, change, GRAVE)
    with trail.entry("tests.arrange", TESTS):
        ChangeWindow.objects.filter(pk=window.pk).update(hardness="warn")
    (found,) = conflicts_of(change)
    assert (found.kind, found.blocks) == ("freeze", False)
    with trail.entry("tests.arrange", TESTS):
        ChangeWindow.objects.filter(pk=window.pk).update(exempt=["normal"])
    assert conflicts_of(change) == []


def test_a_freeze_of_a_room_holds_for_the_servers_in_it_and_for_no_others(desk: SmallDesk) -> None:
    server = make(Server)
    freeze(server.facility)
    assert [found.kind for found in conflicts_of(raised(desk, server))] == ["freeze"]
    assert conflicts_of(raised(desk)) == []


def test_changes_that_meet_on_the_same_ground_are_in_each_others_way(desk: SmallDesk) -> None:
    server = make(Server)
    one, other, elsewhere = raised(desk, server), raised(desk, server.facility), raised(desk)
    later = raised(desk, server, planned_from=MONDAY + 2 * DAY, planned_until=MONDAY + 3 * DAY)
    for change in (one, other, elsewhere, later):
        authorising.submit(actor=who(desk.lead), item=change)
    assert [found.change for found in conflicts_of(one)] == [other]
    assert [found.change for found in conflicts_of(other)] == [one]
    assert conflicts_of(elsewhere) == conflicts_of(later) == []


def test_outside_of_maintenance_is_a_conflict_for_what_has_such_windows(desk: SmallDesk) -> None:
    facility = make(Facility)
    freeze(facility, type="maintenance", starts_at=MONDAY + 3 * DAY, ends_at=MONDAY + 4 * DAY)
    (found,) = conflicts_of(raised(desk, facility))
    assert (found.kind, found.blocks) == ("outside", True)
    inside = {"planned_from": MONDAY + 3 * DAY + HOUR, "planned_until": MONDAY + 3 * DAY + 2 * HOUR}
    assert conflicts_of(raised(desk, facility, **inside)) == []


def test_an_emergency_begins_at_once_and_is_reviewed_within_five_open_days(desk: SmallDesk) -> None:
    board(desk, "emergency", quorum=1)
    change = raised(desk, kind=Kind.EMERGENCY, planned_from=None, planned_until=None)
    authorising.submit(actor=who(desk.lead), item=change)
    change = approve(desk, change, desk.agent)
    implementing.implement(actor=who(desk.agent), item=change)
    implementing.complete(actor=who(desk.agent), item=change, outcome=Outcome.SUCCESSFUL)
    change.refresh_from_db()
    assert change.review_due_at == datetime(2026, 3, 6, 15, tzinfo=UTC)


def test_a_standard_change_follows_its_model_and_is_scheduled_at_once(desk: SmallDesk) -> None:
    words = {"plan": "Renew", "test_plan": "Look", "backout_plan": "The old one"}
    with trail.entry("tests.arrange", TESTS):
        model = ChangeModel.objects.create(code="CERT", name={"en": "Certificate"}, team=desk.desk, **words)
    with pytest.raises(Refusal, match="made from a model"):
        raised(desk, kind=Kind.STANDARD)
    change = raised(desk, kind=Kind.STANDARD, model=model)
    assert change.plan == "Renew"
    with pytest.raises(Refusal, match="follows its model"):
        planning.change_change(actor=who(desk.lead), row=change, plan="Another")
    assert authorising.submit(actor=who(desk.lead), item=change).state == "scheduled"


def implemented(desk: SmallDesk, outcome: str, thing: Any = None, incident: Any = None) -> Change:
    with trail.entry("tests.arrange", TESTS):
        change = make(Change, team=desk.desk, opened_at=MONDAY - 3 * DAY)
        Change.objects.filter(pk=change.pk).update(
            state="review", outcome=outcome, started_at=MONDAY - DAY, completed_at=MONDAY - HOUR
        )
        if thing is not None:
            change.things.create(concerns=entry_of(thing))
    change.refresh_from_db()
    if incident is not None:
        implementing.blame(actor=who(desk.lead), item=change, incident=incident)
    return change


def test_the_failure_rate_counts_each_change_that_went_wrong_once(desk: SmallDesk) -> None:
    server, incident = make(Server), some_item(desk)
    implemented(desk, "successful", server)
    implemented(desk, "backed_out")
    implemented(desk, "failed", server, some_item(desk))
    blamed = implemented(desk, "with_issues", incident=incident)
    found = figures_of(who(desk.lead), MONDAY - 30 * DAY, MONDAY)
    assert (found.implemented, found.failed, found.failure_percent) == (4, 3, 75.0)
    assert found.lead_days == pytest.approx(3 - 1 / 24)
    assert history_of(raised(desk, server), MONDAY) == (2, 1)
    implementing.clear(actor=who(desk.lead), item=blamed, incident=incident)
    assert figures_of(who(desk.lead), MONDAY - 30 * DAY, MONDAY).failed == 2


def test_an_incident_that_was_there_before_was_not_caused(desk: SmallDesk, clock: Any) -> None:
    clock.move_to(MONDAY - 2 * DAY)
    incident = some_item(desk)
    clock.move_to(MONDAY)
    with pytest.raises(Refusal, match="there before the change began"):
        implemented(desk, "successful", incident=incident)


def test_a_meeting_without_quorum_decides_nothing(desk: SmallDesk, clock: Any) -> None:
    with trail.entry("tests.arrange", TESTS):
        meeting = Meeting.objects.create(board=board(desk), starts_at=MONDAY + HOUR)
    change = raised(desk)
    authorising.submit(actor=who(desk.lead), item=change)
    boards.fill_agenda(actor=TESTS, row=meeting)
    boards.fill_agenda(actor=TESTS, row=meeting)
    assert [row.change for row in meeting.agenda.all()] == [change]
    with pytest.raises(Untimely, match="not begun"):
        boards.keep_minutes(actor=TESTS, row=meeting, minutes="All said", present=2)
    clock.move_to(MONDAY + 2 * HOUR)
    with pytest.raises(Refusal, match="1 of 2 needed"):
        boards.keep_minutes(actor=TESTS, row=meeting, minutes="All said", present=1)
    boards.keep_minutes(actor=TESTS, row=meeting, minutes="All said", present=2)
    with pytest.raises(Untimely, match="kept already"):
        boards.fill_agenda(actor=TESTS, row=meeting)


def test_the_pages_show_what_waits_what_conflicts_and_what_comes(desk: SmallDesk) -> None:
    server = make(Server)
    freeze(hardness="warn")
    one, other = raised(desk, server), raised(desk, server, title="Move the server")
    for change in (one, other):
        authorising.submit(actor=who(desk.lead), item=change)
    authorising.assess(actor=who(desk.lead), item=one, **GRAVE)
    client = signed_in(account_of(desk.lead, "*"))
    day = client.get(reverse("changes-today")).content.decode()
    assert one.number in day
    assert "At the same time on the same ground" in day
    page = client.get(reverse("changes-change-detail", args=(one.pk,))).content.decode()
    for words in (
        "Never; Not; Not at all; Everybody",
        "In the freeze “Closing of accounts”",
        str(entry_of(server)),
    ):
        assert words in page
    schedule = client.get(reverse("changes-schedule")).content.decode()
    assert 'class="bar-freeze"' in schedule
    assert other.number in schedule
    assert client.get(reverse("changes-schedule") + "?weeks=9").status_code in (400, 404, 422)
    assert signed_in(account_of(desk.stranger)).get(
        reverse("changes-change-detail", args=(one.pk,))
    ).status_code in (403, 404)


def test_strangers_do_not_see_changes(desk: SmallDesk) -> None:
    change, nobody = raised(desk), Actor(desk.stranger.pk, desk.stranger.pk, "stranger")
    assert not Change.objects.permitted(nobody).exists()
    with pytest.raises((Unseen, Refusal)):
        authorising.submit(actor=nobody, item=change)


def test_a_decision_on_an_earlier_plan_that_is_heard_of_late_schedules_nothing(desk: SmallDesk) -> None:
    board(desk)
    change, lead = asked(desk, raised(desk), GRAVE), who(desk.lead)
    for row in Approver.objects.filter(step__approval__row_id=change.pk).select_related("person")[:2]:
        decide(actor=who(row.person), row=row, decision=Decision.APPROVED)
    planning.change_change(actor=lead, row=change, plan="Something else altogether")
    authorising.ask_authorisation(actor=lead, item=authorising.assess(actor=lead, item=change, **GRAVE))
    assert approve(desk, change).state == "authorise"

"""A problem from logging to closing, what rises among incidents, and known errors for whom they trouble."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError
from django.urls import reverse

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Unpermitted, Untimely
from meridian.engine.helping import Asked, help_to_answer, help_to_ask
from meridian.engine.policies import Actor, Grant
from meridian.work.items.facade import refold
from meridian.work.problems.commands import incidents, known_errors, working
from meridian.work.problems.contracts import Method, ProblemEnd
from meridian.work.problems.facade import workarounds_for
from meridian.work.problems.models import Candidate, KnownError, Problem, ProblemLink
from meridian.work.problems.queries.candidates import rising
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.servicedesk.testing import (
    TESTS,
    SmallDesk,
    account_of,
    requester_actor,
    signed_in,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db
SIX = {code: f"Mail waits ({code})" for code in ("en", "fr", "es", "ru", "zh-hans", "ar")}
MEANWHILE = {"en": "Use the web mail.", "fr": "Utilisez la messagerie web."}


@pytest.fixture
def desk() -> SmallDesk:
    return small_desk()


def manager(desk: SmallDesk) -> Actor:
    """A problem manager of the first desk's unit."""
    held = frozenset({"problems", "servicedesk"})
    return Actor(desk.lead.pk, desk.lead.pk, str(desk.lead), (Grant(held, desk.desk.unit.path),))


def logged(desk: SmallDesk, **particulars: Any) -> Problem:
    return working.add_problem(actor=manager(desk), title="Mail queue grows", team=desk.desk, **particulars)


def published(desk: SmallDesk, problem: Problem, **fields: Any) -> KnownError:
    given = {"symptom": SIX, "workaround": MEANWHILE, **fields}
    known = known_errors.add_known_error(actor=manager(desk), problem=problem, **given)
    return known_errors.publish_known_error(actor=manager(desk), row=known)


def test_a_problem_walks_from_logged_to_closed_and_its_columns_are_its_log(desk: SmallDesk) -> None:
    actor, problem = manager(desk), logged(desk, text="Every Monday", priority=2)
    assert problem.number.startswith("PRB")
    working.assign(actor=actor, item=problem, assignee=desk.agent)
    with pytest.raises(Untimely, match="No root cause"):
        working.resolve(actor=actor, item=problem, solution="Restarted")
    working.analyse(actor=actor, item=problem, method=Method.FIVE_WHYS)
    working.find_cause(actor=actor, item=problem, root_cause="The log disk fills")
    known = published(desk, problem)
    problem.refresh_from_db()
    assert problem.state == "cause_known" or problem.state == "known_error"
    working.await_change(actor=actor, item=problem, text="A larger disk")
    working.resolve(actor=actor, item=problem, solution="The disk was replaced")
    known.refresh_from_db()
    assert known.effective_until is not None
    working.close(actor=actor, item=problem)
    problem.refresh_from_db()
    assert (problem.state, problem.method, problem.root_cause) == (
        "closed",
        "five_whys",
        "The log disk fills",
    )
    assert refold(Problem, [problem.pk]) == []


@pytest.mark.parametrize(
    ("verb", "arguments", "sentence"),
    [
        (working.close, {}, "Only a resolved problem"),
        (working.reopen, {"text": "Again"}, "Only what was resolved"),
        (working.await_change, {}, "once the cause is known"),
        (working.find_cause, {"root_cause": "  "}, "Say what the root cause is"),
        (working.find_cause, {"root_cause": "Disk"}, "by which method"),
        (working.cancel, {"why": ""}, "Say why"),
        (working.resolve, {"solution": "", "resolution": ProblemEnd.GONE}, "Say what ended"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_moves_nothing(
    desk: SmallDesk, verb: Any, arguments: dict[str, Any], sentence: str
) -> None:
    problem = logged(desk)
    with pytest.raises(Refusal, match=sentence):
        verb(actor=manager(desk), item=problem, **arguments)
    problem.refresh_from_db()
    assert (problem.state, problem.event_count) == ("logged", 1)


def test_a_problem_stays_on_record_and_is_its_teams_alone(desk: SmallDesk) -> None:
    problem = logged(desk)
    with pytest.raises(DatabaseError), trail.entry("tests.remove", TESTS):
        problem.delete()


def test_strangers_neither_see_nor_log_problems(desk: SmallDesk) -> None:
    problem, stranger = logged(desk), requester_actor(desk.stranger)
    assert not Problem.objects.permitted(stranger).exists()
    with pytest.raises(Unpermitted):
        working.add_problem(actor=stranger, title="Mine", team=desk.desk)
    page = signed_in(account_of(desk.stranger)).get(reverse("problems-problem-detail", args=(problem.pk,)))
    assert page.status_code in (403, 404)


def test_the_same_problem_twice_is_merged_and_parted_exactly(desk: SmallDesk) -> None:
    actor, one, other = manager(desk), logged(desk), logged(desk)
    working.link(actor=actor, item=one, other=other, type=ProblemLink.Type.RELATED)
    before = Problem.objects.filter(pk=one.pk).values("state", "priority", "merged_into", "title").get()
    working.merge(actor=actor, item=one, into=other)
    one.refresh_from_db()
    assert one.state == "closed"
    working.unmerge(actor=actor, item=one)
    assert (
        Problem.objects.filter(pk=one.pk).values("state", "priority", "merged_into", "title").get() == before
    )
    assert refold(Problem, [one.pk, other.pk]) == []


def test_incidents_are_attached_once_and_taken_off_again(desk: SmallDesk) -> None:
    actor, problem, incident = manager(desk), logged(desk), some_item(desk)
    incidents.attach_incident(actor=actor, item=problem, incident=incident)
    with pytest.raises(Refusal, match="attached to this problem already"):
        incidents.attach_incident(actor=actor, item=problem, incident=incident)
    page = signed_in(account_of(desk.lead, "problems", "servicedesk")).get(
        reverse("problems-problem-detail", args=(problem.pk,))
    )
    assert incident.number in page.content.decode()
    incidents.detach_incident(actor=actor, item=problem, incident=incident)
    with pytest.raises(Refusal, match="is not attached"):
        incidents.detach_incident(actor=actor, item=problem, incident=incident)


def test_a_known_error_is_read_by_everybody_while_it_is_in_effect(desk: SmallDesk) -> None:
    actor, problem, asker = manager(desk), logged(desk), requester_actor(desk.requester)
    known = known_errors.add_known_error(actor=actor, problem=problem, symptom=SIX, workaround=MEANWHILE)
    assert not KnownError.objects.permitted(asker).exists()
    assert workarounds_for(text="my mail waits for hours") == []
    known_errors.publish_known_error(actor=actor, row=known)
    problem.refresh_from_db()
    assert problem.state == "known_error"
    assert KnownError.objects.permitted(asker).get() == known
    assert [found.number for found in workarounds_for(text="my mail waits for hours")] == [known.number]
    assert workarounds_for(text="The chair is broken") == []
    with pytest.raises(Refusal, match="stays on record"):
        known_errors.remove_known_error(actor=actor, row=known)
    known_errors.withdraw_known_error(actor=actor, row=known)
    assert workarounds_for(text="my mail waits for hours") == []


def test_a_workaround_is_offered_while_asking_and_while_answering(desk: SmallDesk) -> None:
    published(desk, logged(desk))
    asked = help_to_ask(requester_actor(desk.requester), WorkItem, Asked("mail waits", str(uuid4())))
    assert [help.text for help in asked] == ["Use the web mail."]
    item = some_item(desk, title="Mail waits", language="fr")
    (answer,) = help_to_answer(manager(desk), item)
    assert (answer.text, answer.language) == ("Utilisez la messagerie web.", "fr")


def test_what_is_over_is_neither_published_nor_offered(desk: SmallDesk) -> None:
    problem, now = logged(desk), datetime.now(UTC)
    known = known_errors.add_known_error(
        actor=manager(desk),
        problem=problem,
        symptom=SIX,
        workaround=MEANWHILE,
        effective_from=now - timedelta(days=2),
        effective_until=now - timedelta(days=1),
    )
    with pytest.raises(Refusal, match="in effect no longer"):
        known_errors.publish_known_error(actor=manager(desk), row=known)


def rise(desk: SmallDesk, on: date, amount: int, title: str) -> None:
    with time_machine.travel(
        datetime(on.year, on.month, on.day, 9, tzinfo=UTC) - timedelta(days=2), tick=False
    ):
        for _place in range(amount):
            some_item(desk, title=title)


def test_what_rises_is_found_once_a_day_and_taken_up_with_its_incidents(desk: SmallDesk) -> None:
    on = date(2026, 3, 9)
    rise(desk, on, 6, "Projector flickers")
    assert ("words", "flickers") in {(found.basis, found.mark) for found in rising(on)}
    incidents.find_candidates(actor=TESTS, on=on)
    incidents.find_candidates(actor=TESTS, on=on)
    candidate = Candidate.objects.get(mark="flickers")
    assert (candidate.recent_count, candidate.before_count) == (6, 0)
    incidents.take_up(actor=TESTS, row=candidate, team=desk.desk)
    candidate.refresh_from_db()
    problem = candidate.problem
    assert (problem.origin, problem.attached_incidents.count()) == ("proactive", 6)
    with pytest.raises(Untimely, match="decided already"):
        incidents.dismiss(actor=TESTS, row=candidate, dismissal="No")
    other = Candidate.objects.get(mark="projector")
    incidents.dismiss(actor=TESTS, row=other, dismissal="The room was repainted")
    with time_machine.travel(datetime(2026, 3, 11, tzinfo=UTC)):
        assert incidents.find_candidates(actor=TESTS, on=date(2026, 3, 10)) == []


def test_what_comes_as_often_as_ever_is_no_candidate(desk: SmallDesk) -> None:
    on = date(2026, 3, 9)
    for weeks in range(5):
        rise(desk, on - timedelta(weeks=weeks), 6, "Projector flickers")
    assert rising(on) == []


def test_the_day_of_the_problem_manager_shows_what_waits(desk: SmallDesk) -> None:
    problem = logged(desk)
    candidate = Candidate(
        basis="words", mark="flickers", recent_count=6, before_count=0, found_on=date(2026, 3, 9)
    )
    with trail.entry("tests.arrange", TESTS):
        candidate.save()
    client = signed_in(account_of(desk.lead, "problems", "servicedesk"))
    page = client.get(reverse("problems-today")).content.decode()
    assert problem.number in page
    assert "flickers" in page
    assert signed_in(account_of(desk.stranger)).get(reverse("problems-today")).status_code == 403

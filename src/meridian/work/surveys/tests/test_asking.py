"""Asking and answering: who is asked, by one press, once, and who is called back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from house.factory import make
from house.jobs import react

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Untimely
from meridian.engine.mailed_links.issuing import Holder, Offered, issue_link
from meridian.engine.notices.models import Notice
from meridian.engine.policies import Actor, Grant
from meridian.work.majors.facade import MajorIncident
from meridian.work.servicedesk import facade as servicedesk
from meridian.work.servicedesk.facade import Person
from meridian.work.servicedesk.testing import (
    account_of,
    agent_actor,
    requester_actor,
    signed_in,
    small_desk,
    some_item,
)
from meridian.work.surveys import commands
from meridian.work.surveys.commands.demo import tell
from meridian.work.surveys.jobs import send
from meridian.work.surveys.models import Answer, CallBack, Campaign, Invitation, Question, QuestionSet, Reason
from meridian.work.surveys.queries.results import (
    campaign_results,
    invitations_of_items,
    results_by_group,
    scored_by,
)
from meridian.work.surveys.testing import TESTS

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def desk():
    desk = small_desk()
    with trail.entry("testing.arrange", TESTS):
        row = QuestionSet.objects.create(code="AFTER", title={"en": "How did we do?"}, occasion="item")
        Question.objects.create(question_set=row, code="overall", text={"en": "How well did we help?"})
        Reason.objects.create(question_set=row, code="slow", name={"en": "slow"})
    return desk


def closed(desk, **facts):
    item = some_item(desk, **facts)
    servicedesk.resolve(actor=agent_actor(desk.agent), item=item, solution="Restarted")
    servicedesk.confirm(actor=requester_actor(desk.requester), item=item)
    item.refresh_from_db()
    return item


def invited(desk, **facts):
    return commands.invite(actor=TESTS, item=closed(desk, **facts))


def later(row, **delta):
    with trail.entry("testing.arrange", TESTS):
        Invitation.objects.filter(pk=row.pk).update(made_at=NOW() - timedelta(**delta))


def test_a_closed_item_asks_once_and_nobody_more_often_than_every_two_weeks(desk):
    account_of(desk.requester)
    closed(desk)
    react()
    row = Invitation.objects.get()
    send()
    send()
    assert Notice.objects.filter(kind="surveys.asked").count() == 1
    row.refresh_from_db()
    assert row.sent_at is not None
    second = closed(desk)
    with pytest.raises(Refusal, match="14 days"):
        commands.invite(actor=TESTS, item=second)
    later(row, days=14, minutes=1)
    assert commands.invite(actor=TESTS, item=second).chance == 1


def test_about_some_items_nobody_is_asked(desk):
    agent = agent_actor(desk.agent)
    going_on, cancelled, twin, part, whole = (some_item(desk) for _turn in range(5))
    with pytest.raises(Refusal, match="not brought to an end"):
        commands.invite(actor=TESTS, item=going_on)
    servicedesk.cancel(actor=agent, item=cancelled, reason="no more")
    servicedesk.merge(actor=agent, item=twin, into=going_on)
    make(MajorIncident, incident=whole)
    servicedesk.link(actor=agent, item=whole, type="parent", other=part)
    servicedesk.resolve(actor=agent, item=part, solution="Done")
    servicedesk.confirm(actor=requester_actor(desk.requester), item=part)
    for item, why in ((cancelled, "not brought"), (twin, "same as another"), (part, "major incident")):
        item.refresh_from_db()
        with pytest.raises(Refusal, match=why):
            commands.invite(actor=TESTS, item=item)
    with trail.entry("testing.arrange", TESTS):
        QuestionSet.objects.update(chance=0)
    with pytest.raises(Refusal, match="not drawn"):
        commands.invite(actor=TESTS, item=closed(desk))


def test_one_press_by_the_link_of_a_mail_answers_and_a_scanner_answers_nothing(desk):
    row = invited(desk)
    url = issue_link(Offered.of("surveys.rate", row), Holder(None, desk.requester.pk, "Amina"))
    path = url[url.index("/", 9) :]
    scanner, phone = Client(), Client()
    for address in (path, f"{path}?score=1", f"{path}?press=1"):
        scanner.get(address)
        scanner.head(address)
    assert not Answer.objects.exists()
    page = phone.get(path).content.decode()
    assert "How well did we help?" in page
    assert phone.post(path, {"press": "5"}).status_code == 200
    assert Answer.objects.get().scores == {"overall": 5}
    assert phone.post(path, {"press": "4", "text": "Slow at first", "reasons": ["slow"]}).status_code == 200
    assert (Answer.objects.get().lowest, Answer.objects.get().reasons) == (4, ["slow"])
    refused = phone.post(path, {"press": "2"})
    assert (refused.status_code, Answer.objects.get().lowest) == (422, 4)
    assert "what went wrong" in refused.content.decode()


def test_an_answer_is_mended_for_twelve_hours_and_given_until_it_expires(desk):
    row, actor = invited(desk), requester_actor(desk.requester)
    commands.answer(actor=actor, row=row, scores={"overall": 3})
    with trail.entry("testing.arrange", TESTS):
        Answer.objects.update(answered_at=NOW() - timedelta(hours=12, seconds=1))
    with pytest.raises(Untimely, match="12 hours"):
        commands.answer(actor=actor, row=row, scores={"overall": 4})
    for wrong in ({}, {"overall": 6}, {"overall": 0}, {"overall": True}, {"else": 3}, {"overall": "5"}):
        with pytest.raises((Refusal, Untimely)):
            commands.answer(actor=actor, row=row, scores=wrong)
    with trail.entry("testing.arrange", TESTS):
        Invitation.objects.update(expires_at=NOW() - timedelta(seconds=1))
    with pytest.raises(Untimely, match="over"):
        commands.answer(actor=actor, row=row, scores={"overall": 4})
    assert Answer.objects.get().lowest == 3


def test_a_bad_score_needs_words_and_opens_one_call_back_in_the_queue(desk):
    row, actor = invited(desk), requester_actor(desk.requester)
    with pytest.raises(Refusal, match="what went wrong"):
        commands.answer(actor=actor, row=row, scores={"overall": 1})
    for score in (1, 2):
        commands.answer(actor=actor, row=row, scores={"overall": score}, text="Nine days.")
    task = CallBack.objects.get().task
    assert (task.team, task.requester, task.state) == (desk.desk, desk.requester, "new")
    lead = signed_in(account_of(desk.lead, "servicedesk", "surveys", "people"))
    assert task.number in lead.get("/desk/?view=open").content.decode()
    page = lead.get("/surveys/calling/").content.decode()
    assert "Nine days." in page
    stranger = signed_in(account_of(desk.stranger))
    assert stranger.get("/surveys/calling/").status_code == 403
    servicedesk.resolve(actor=agent_actor(desk.agent), item=task, solution="Called")
    servicedesk.confirm(actor=actor, item=task)
    later(row, days=20)
    task.refresh_from_db()
    with pytest.raises(Refusal, match="itself a call-back"):
        commands.invite(actor=TESTS, item=task)


def test_who_asked_answers_on_the_page_of_the_request_and_nobody_else_does(desk):
    row = invited(desk)
    client, stranger = signed_in(account_of(desk.requester)), signed_in(account_of(desk.stranger))
    assert "How well did we help?" in client.get(f"/portal/{row.item.number}/").content.decode()
    address = f"/surveys/invitations/{row.pk}/answer/"
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"press": "5"}).status_code == 404
    refused = client.post(address, {"press": "1"})
    assert refused.status_code == 422
    assert client.post(address, {"press": "5"}).status_code == 302
    assert "How well did we help?" not in client.get(f"/portal/{row.item.number}/").content.decode()


def test_small_groups_are_hidden_from_results_and_the_page_says_how_many_were_asked(desk):
    people = [desk.requester, desk.stranger, desk.agent, desk.lead, desk.resolver]
    with trail.entry("testing.arrange", TESTS):
        survey = QuestionSet.objects.get()
        for place, language in enumerate(["en"] * 7 + ["fr"] * 3 + ["ar"] * 6):
            person = people[place % 5]
            row = Invitation.objects.create(
                question_set=survey,
                item=some_item(desk),
                person=person,
                language=language,
                made_at=NOW(),
                sent_at=NOW(),
                expires_at=NOW() + timedelta(days=1),
            )
            Answer.objects.create(invitation=row, scores={"overall": 4}, answered_at=NOW())
    since, until = NOW() - timedelta(days=1), NOW() + timedelta(days=1)
    found = results_by_group(*scored_by(invitations_of_items(since, until), "language"))
    assert {one.label: one.answered for one in found} == {"ar": None, "en": 7, "fr": None}
    page = signed_in(account_of(desk.lead, "surveys")).get("/surveys/results/?by=language").content.decode()
    assert "hidden" in page


def test_a_campaign_draws_asks_and_is_read_by_nobody_one_by_one(desk):
    with trail.entry("testing.arrange", TESTS):
        survey = QuestionSet.objects.create(code="CORE", title={"en": "Core"}, occasion="campaign")
        for code in ("mail", "desk"):
            Question.objects.create(question_set=survey, code=code, text={"en": code})
        row = Campaign.objects.create(
            code="C-1", title={"en": "Core 1"}, question_set=survey, ends_on=NOW().date() + timedelta(days=9)
        )
    commands.open_campaign(actor=TESTS, row=row)
    with pytest.raises(Untimely, match="opened already"):
        commands.open_campaign(actor=TESTS, row=row)
    asked = Invitation.objects.filter(campaign=row)
    assert asked.count() == Person.objects.filter(left_on=None).count()
    for one in asked.select_related("person"):
        commands.answer(actor=requester_actor(one.person), row=one, scores={"mail": 5, "desk": 1})
    assert not CallBack.objects.exists()
    overall, services = campaign_results(row)
    assert [one.now.mean for one in services] == [5, 1]
    assert (overall.now.answered, overall.now.mean) == (asked.count(), 3)
    chief = account_of(desk.lead, "*")
    page = signed_in(chief).get("/surveys/results/C-1/").content.decode()
    assert "71.1" in page
    mine = Answer.objects.filter(invitation__person=desk.lead)
    assert list(Answer.objects.permitted(actor_for(desk.lead))) == list(mine)
    commands.close_campaign(actor=TESTS, row=row)
    with pytest.raises(Untimely, match="over"):
        commands.answer(
            actor=requester_actor(desk.agent), row=asked.get(person=desk.agent), scores={"mail": 1}
        )


def actor_for(person):
    return Actor(person.pk, person.pk, "lead", (Grant(frozenset({"*"})),))


def test_the_demo_asks_in_six_languages_with_last_year_beside(desk):
    with trail.entry("testing.arrange", TESTS):
        Reason.objects.all().delete()
        Question.objects.all().delete()
        QuestionSet.objects.all().delete()
    closed(desk)
    tell(TESTS)
    tell(TESTS)
    row = Campaign.objects.get(state="open")
    assert row.previous.state == "closed"
    assert row.question_set.questions.count() == 12
    assert all(len(question.text) == 6 for question in Question.objects.all())
    assert mail.outbox == []

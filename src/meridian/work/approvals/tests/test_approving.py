"""Approving from the first step to the last, and what nobody gets by."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.utils import timezone
from house.actors import signed_in
from house.factory import MAKER, make
from house.jobs import react
from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine.audit import trail
from meridian.engine.audit.models import Entry
from meridian.engine.commands import Refusal, Untimely
from meridian.engine.mailed_links.models import MailedLink
from meridian.engine.notices.jobs import mail as mail_notice
from meridian.engine.records import reference
from meridian.work.approvals import commands, facade
from meridian.work.approvals.contracts import StepWish
from meridian.work.approvals.jobs import check, remind
from meridian.work.approvals.models import Approval, Approver
from meridian.work.approvals.queries.waiting import waiting_for
from meridian.work.approvals.testing import acting, owns, somebody, units_are_approved, works_at

pytestmark = pytest.mark.django_db
Account = get_user_model()
Unit, Delegation = reference("organisation.Unit"), reference("people.Delegation")


@pytest.fixture(autouse=True)
def offered():
    with units_are_approved():
        yield


@pytest.fixture
def house():
    """Ann asks; Bob and Cid approve; Dee stands beside."""

    class House:
        unit = make(Unit, path="1/")
        ann, bob, cid, dee = (somebody(name) for name in ("ANN", "BOB", "CID", "DEE"))

    works_at(House.ann, House.unit)
    return House


def run_jobs():
    """Let the worker tell of what happened, and let the mails leave."""
    react()
    for job in ProcrastinateJob.objects.filter(task_name="notices.mail"):
        mail_notice(**job.args)


def asked(house, *steps):
    return facade.ask(
        house.unit, house.ann, steps or [StepWish({"en": "Both"}, ["person:BOB", "person:CID"])]
    )


def voice(person):
    return Approver.objects.filter(person=person).order_by("-pk").first()


def say(person, decision="approved", on=None, **given):
    row = on or voice(person)
    return commands.decide(actor=acting(person), row=row, decision=decision, **given)


def state_of(approval):
    return Approval.objects.get(pk=approval.pk).state


def test_steps_are_asked_one_after_the_other_and_the_last_approves(house):
    approval = asked(
        house,
        StepWish({"en": "Both"}, ["person:BOB", "person:CID"]),
        StepWish({"en": "Any"}, ["person:CID", "person:DEE"], mode="any"),
    )
    assert [step.state for step in approval.steps.order_by("place")] == ["open", "coming"]
    say(house.bob)
    assert not waiting_for(acting(house.dee)).exists()
    say(house.cid)
    assert waiting_for(acting(house.dee)).count() == 1
    say(house.dee)
    assert state_of(approval) == "approved"
    assert not waiting_for(acting(house.cid)).exists()


def test_a_rejection_says_why_and_ends_it_when_enough_can_not_approve_any_more(house):
    approval = asked(house)
    with pytest.raises(Refusal, match="Say why"):
        say(house.bob, "rejected")
    say(house.bob, "rejected", reason="Too dear")
    assert state_of(approval) == "rejected"
    with pytest.raises(Untimely):
        say(house.cid)


def test_nobody_approves_what_they_asked_for_not_even_for_another(house):
    with trail.entry("tests.make", MAKER):
        house.bob.substitute, house.bob.substitute_until = house.ann, timezone.localdate()
        house.bob.save()
    with pytest.raises(Refusal, match="finds 0"):
        asked(house, StepWish({"en": "Self"}, ["person:ANN"]))
    asked(house)
    with pytest.raises(Refusal):
        say(house.ann, on=voice(house.bob))
    assert not waiting_for(acting(house.ann)).exists()


def test_a_substitute_of_a_substitute_and_a_delegate_decide_and_are_recorded(house):
    eve = somebody("EVE")
    today = timezone.localdate()
    with trail.entry("tests.make", MAKER):
        house.bob.substitute, house.bob.substitute_until = house.dee, today
        house.dee.substitute, house.dee.substitute_until = eve, today
        house.bob.save()
        house.dee.save()
        Delegation.objects.create(
            giver=house.cid,
            taker=eve,
            permissions=["approvals"],
            starts_at=timezone.now() - timedelta(hours=1),
            ends_at=timezone.now() + timedelta(hours=1),
        )
    approval = asked(house)
    say(eve, on=voice(house.bob))
    say(eve, on=voice(house.cid))
    assert state_of(approval) == "approved"
    said = Approver.objects.order_by("pk").values_list("person__number", "decided_by__number", "standing")
    assert list(said) == [("BOB", "EVE", "substitute"), ("CID", "EVE", "delegate")]


def test_an_edit_voids_it_and_what_has_changed_is_not_decided(house):
    approval = asked(house)
    with trail.entry("tests.make", MAKER):
        Unit.objects.filter(pk=house.unit.pk).update(code="OTHER")
    with pytest.raises(Untimely, match="has changed"):
        say(house.bob)
    check(0)
    assert state_of(approval) == "void"


def test_a_step_asked_anew_counts_its_last_round_alone(house):
    approval = asked(house)
    say(house.bob)
    commands.reissue_step(actor=MAKER, row=approval.steps.get())
    say(house.cid)
    assert state_of(approval) == "waiting"
    say(house.bob)
    assert state_of(approval) == "approved"


def test_chief_and_owner_are_found_where_the_requester_works(house):
    owns(house.dee, house.unit, "CC-1")
    approval = asked(house, StepWish({"en": "Chief"}, ["chief"]), StepWish({"en": "Owner"}, ["owner:CC-1"]))
    assert voice(house.dee).step.approval == approval


def test_a_mail_carries_a_link_that_shows_on_get_and_decides_on_post_once(house):
    bob = make(Account, username="bob", person=house.bob, email="bob@example.org", language="fr")
    asked(house, StepWish({"en": "Bob"}, ["person:BOB"]))
    run_jobs()
    (letter,) = [letter for letter in mail.outbox if letter.to == ["bob@example.org"]]
    link = next(line for line in letter.body.splitlines() if "/mailed/" in line)
    path = link[link.index("/mailed/") :]
    secret = path.strip("/").rpartition("/")[2]
    assert secret not in str(list(MailedLink.objects.values()))
    reader = Client()
    for _visit in range(2):
        page = reader.get(path)
        assert page.status_code == 200
        assert "U" in page.content.decode()
    assert voice(house.bob).decision == ""
    assert signed_in(make(Account, person=house.cid)).post(path, {"press": "approved"}).status_code == 403
    assert reader.post(path, {"press": "rejected"}).status_code == 422
    assert reader.post(path, {"press": "approved"}).status_code == 200
    found = voice(house.bob)
    assert (found.decision, found.channel, found.decided_by) == ("approved", "mail", house.bob)
    assert Entry.objects.filter(command="approvals.approver.decide", actor_id=bob.pk, channel="mail").exists()
    again = reader.post(path, {"press": "approved"})
    assert again.status_code == 409


def test_a_link_is_refused_when_what_was_mailed_has_changed_or_its_time_is_over(house):
    make(Account, username="bob", person=house.bob, email="bob@example.org")
    asked(house, StepWish({"en": "Bob"}, ["person:BOB"]))
    run_jobs()
    body = mail.outbox[-1].body
    path = body[body.index("/mailed/") :].split()[0]
    MailedLink.objects.update(expires_at=timezone.now())
    assert Client().post(path, {"press": "approved"}).status_code == 409
    MailedLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    with trail.entry("tests.make", MAKER):
        Unit.objects.filter(pk=house.unit.pk).update(code="OTHER")
    page = Client().get(path)
    assert page.status_code == 409
    assert "has changed" in page.content.decode()
    assert voice(house.bob).decision == ""


def test_wrong_links_are_told_and_then_counted():
    answers = [Client().get(f"/mailed/{number}/").status_code for number in range(32)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_pages_decide_one_and_many_and_say_what_was_decided_meanwhile(house):
    others = [make(Unit) for _n in range(2)]
    for unit in (house.unit, *others):
        facade.ask(unit, house.ann, [StepWish({"en": "Bob"}, ["person:BOB"])])
    client = signed_in(make(Account, username="bob", person=house.bob))
    keys = list(waiting_for(acting(house.bob)).values_list("pk", flat=True))
    assert client.get(f"/decisions/{keys[0]}/").status_code == 200
    assert client.post(f"/decisions/{keys[0]}/", {"press": "approved"}).status_code == 302
    page = client.post("/decisions/", {"press": "rejected", "pick": keys, "reason": "No"})
    assert page.status_code == 422
    page = client.post("/decisions/", {"press": "rejected", "pick": keys[1:], "reason": "No"})
    assert page.status_code == 302
    assert not waiting_for(acting(house.bob)).exists()


def test_who_has_not_decided_is_reminded_once_before_and_once_after(house):
    make(Account, username="bob", person=house.bob, email="bob@example.org")
    approval = asked(house, StepWish({"en": "Bob"}, ["person:BOB"], due_hours=48))
    run_jobs()
    sent = len(mail.outbox)
    for hours in (40, 40, 1, 1):
        remind(0)
        run_jobs()
        with trail.entry("tests.make", MAKER):
            step = approval.steps.get()
            step.opened_at -= timedelta(hours=hours)
            step.due_at -= timedelta(hours=hours)
            step.save()
            for row in Approver.objects.filter(reminded_at__isnull=False):
                row.reminded_at -= timedelta(hours=hours)
                row.save()
    assert len(mail.outbox) == sent + 2


def test_so_many_of_several_are_so_many_people(house):
    """Who stands in for another approver would else be a quorum of two alone."""
    with trail.entry("tests.make", MAKER):
        house.cid.substitute, house.cid.substitute_until = house.bob, timezone.localdate()
        house.cid.save()
    two = StepWish({"en": "Two"}, ["person:BOB", "person:CID", "person:DEE"], mode="some", needed=2)
    approval = asked(house, two)
    say(house.bob)
    with pytest.raises(Refusal, match="several people"):
        say(house.bob, on=voice(house.cid))
    assert state_of(approval) == "waiting"
    say(house.dee)
    assert state_of(approval) == "approved"

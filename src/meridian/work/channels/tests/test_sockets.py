"""Mail over sockets, in and out, against real servers: once each, whatever stops in between."""

import datetime
from email.header import decode_header, make_header
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from house.factory import MAKER, make

from meridian.engine.audit import trail
from meridian.engine.notices.commands import choose_ways
from meridian.engine.policies import Actor
from meridian.work.channels.commands import fetching, sending
from meridian.work.channels.models import FailingAddress, InboundMail, MailboxState, OutboundMail
from meridian.work.channels.models.references import Account
from meridian.work.channels.tests import servers
from meridian.work.channels.tests.mails import Post, item_of, mail
from meridian.work.servicedesk import facade as desk
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.servicedesk.testing import some_item

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def imap_port():
    with servers.imap_server() as port:
        yield port


@pytest.fixture
def post(imap_port, settings, tmp_path) -> Post:
    return servers.served_post(imap_port, settings, tmp_path)


@pytest.fixture
def smtp(settings):
    with servers.sending_to_server(settings) as kept:
        yield kept


def fetched(post: Post) -> int:
    return fetching.fetch(post.mailbox.pk)


def test_what_arrives_is_fetched_once_and_marked_as_seen(post, imap_port):
    mails = [mail(f"Thing {n}.", sender=post.desk.requester.email, subject=f"Thing {n}") for n in range(3)]
    servers.put(imap_port, *mails[:2])
    assert (fetched(post), fetched(post)) == (2, 0)
    servers.put(imap_port, mails[2], mails[0])
    assert fetched(post) == 2
    assert InboundMail.objects.filter(state="taken").count() == 3
    assert WorkItem.objects.count() == 3
    state = MailboxState.objects.get(mailbox=post.mailbox)
    assert (state.fetched_count, state.failing_since) == (4, None)
    assert state.fetched_at is not None


def test_a_crash_between_fetching_and_marking_takes_nothing_twice_and_loses_nothing(
    post, imap_port, monkeypatch
):
    mails = [mail(f"Thing {n}.", sender=post.desk.requester.email, subject=f"Thing {n}") for n in range(3)]
    servers.put(imap_port, *mails)
    taken, real = [], fetching.take_in

    def dies_after_the_second(**given):
        row = real(**given)
        taken.append(row)
        if len(taken) == 2:
            raise KeyboardInterrupt
        return row

    monkeypatch.setattr(fetching, "take_in", dies_after_the_second)
    with pytest.raises(KeyboardInterrupt):
        fetched(post)
    monkeypatch.setattr(fetching, "take_in", real)
    assert fetched(post) == 2
    assert WorkItem.objects.count() == 3


def test_a_server_that_numbers_anew_brings_nothing_twice(post, imap_port):
    servers.put(imap_port, mail(sender=post.desk.requester.email))
    fetched(post)
    MailboxState.objects.update(uid_validity=1)
    assert fetched(post) == 1
    assert WorkItem.objects.count() == 1


def test_a_mail_on_which_intake_fails_is_set_aside_and_stops_nobody(post, imap_port, monkeypatch):
    real = fetching.take_in

    def fails_on_bad(**given):
        if b"BAD" in given["raw"]:
            raise ValueError("unforeseen")
        return real(**given)

    monkeypatch.setattr(fetching, "take_in", fails_on_bad)
    sender = post.desk.requester.email
    servers.put(imap_port, mail("BAD", sender=sender), mail("Good.", sender=sender))
    assert fetched(post) == 2
    states = set(InboundMail.objects.values_list("state", "why", "remark"))
    assert states == {("waiting", "unreadable", "ValueError: unforeseen"), ("taken", "", "")}


def test_a_mailbox_that_cannot_be_fetched_says_why(post, settings):
    Path(settings.MAILBOX_PASSWORDS).write_text("")
    assert fetched(post) == 0
    state = MailboxState.objects.get()
    assert settings.MAILBOX_PASSWORDS in state.fault
    since = state.failing_since
    with trail.entry("testing.arrange", MAKER):
        type(post.mailbox).objects.update(port=servers.free_port())
    Path(settings.MAILBOX_PASSWORDS).write_text("* wrong\n")
    assert fetched(post) == 0
    state.refresh_from_db()
    assert "refused" in state.fault.lower()
    assert state.failing_since == since


def test_a_letter_is_written_in_the_language_of_its_reader(post, smtp):
    with trail.entry("testing.arrange", MAKER):
        type(post.desk.requester).objects.filter(pk=post.desk.requester.pk).update(language="ar")
    post.write("الشبكة معطلة", subject="لا توجد شبكة")
    post.letters()
    sending.send_due()
    message = smtp.mails[-1][2]
    assert "لا توجد شبكة" in str(make_header(decode_header(message["Subject"])))
    assert OutboundMail.objects.get().language == "ar"


def test_a_refused_address_is_marked_and_a_server_that_is_away_is_tried_again(post, smtp, settings):
    post.write("One.")
    smtp.refused[post.desk.requester.email] = "550 5.1.1 no such user"
    sending.send_due()
    letter = OutboundMail.objects.get()
    assert (letter.state, letter.remark) == ("failed", "550 5.1.1 no such user")
    assert FailingAddress.objects.get().status == "550"
    settings.EMAIL_PORT = servers.free_port()
    again = sending.send_again(actor=MAKER, row=letter)
    sending.send_due()
    again.refresh_from_db()
    assert (again.state, again.attempts) == ("queued", 1)
    assert again.due_at > datetime.datetime.now(datetime.UTC)
    at = datetime.datetime.now(datetime.UTC)
    for _attempt in range(sending.MOST_ATTEMPTS):
        at += datetime.timedelta(days=1)
        with time_machine.travel(at):
            sending.send_due()
    again.refresh_from_db()
    assert (again.state, again.attempts) == ("failed", sending.MOST_ATTEMPTS)
    assert django_settings.EMAIL_TIMEOUT


def test_who_chose_no_mail_gets_none_unless_they_write_by_mail(post):

    person = post.desk.requester
    account = make(Account, username="amina", person=person, email=person.email)
    choose_ways(actor=Actor(account.pk, person.pk, "x", ()), ways={"notifications.opened": "bell"})
    some_item(post.desk)
    [letter] = post.letters()
    assert (letter.state, letter.letter) == ("withheld", "opened")
    assert letter.remark
    item = item_of(post.write())
    choose_ways(actor=Actor(account.pk, person.pk, "x", ()), ways={"notifications.answered": "bell"})
    desk.reply(actor=post.agent, item=item, text="On it.")
    assert post.letters()[-1].state == "queued"

"""Mail at the desk: once, in its thread, never moved by a machine, never in a stranger's name."""

import datetime

import pytest
import time_machine
from house.factory import MAKER, make

from meridian.engine.attachments.models import Attachment
from meridian.engine.attachments.storage import path_of
from meridian.engine.audit import trail
from meridian.engine.commands import Refusal
from meridian.work.channels.commands import quarantine
from meridian.work.channels.models import FailingAddress, InboundMail, OutboundMail
from meridian.work.channels.tests.mails import Post, item_of, mail, some_post
from meridian.work.servicedesk import facade as desk
from meridian.work.servicedesk.facade import Message, WorkEvent, WorkItem
from meridian.work.servicedesk.testing import further_number, hold_reason, some_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return some_post()


def said(item: WorkItem) -> list[str]:
    return list(Message.objects.filter(item=item).order_by("pk").values_list("text", flat=True))


def test_a_mail_opens_an_item_is_acknowledged_and_its_bytes_are_kept(post):
    raw = mail("The link is down.\n-- \nAmina", sender=post.desk.requester.email, subject="RE: No network")
    row = post.take(raw)
    item = item_of(row)
    assert (item.title, item.channel, item.requester, item.team) == (
        "No network",
        "mail",
        post.desk.requester,
        post.desk.desk,
    )
    assert said(item) == ["The link is down."]
    kept = Attachment.objects.get(resource="channels.inboundmail", row_id=row.pk)
    assert path_of(kept.file.digest).read_bytes() == raw
    assert kept.is_internal
    [receipt] = post.letters()
    assert (receipt.letter, receipt.state, receipt.address) == (
        "receipt",
        "queued",
        post.desk.requester.email,
    )
    assert item.number in receipt.subject
    assert receipt.answers == [row.message_id]


def test_a_mail_that_is_delivered_again_by_whatever_way_is_taken_once(post):
    raw = mail(sender=post.desk.requester.email)
    first = post.take(raw)
    again = post.take(b"Received: from relay.example by mx2; Mon, 2 Mar 2026\r\nX-Spam: no\r\n" + raw)
    assert again.pk == first.pk
    assert WorkItem.objects.count() == 1
    other = post.take(raw.replace(b"link is down", b"roof is gone"))
    assert (other.state, other.why) == ("waiting", "same_name")
    assert WorkItem.objects.count() == 1


def test_an_answer_finds_its_thread_by_reference_then_token_then_number_old_ones_too(post):
    item = item_of(post.write())
    [receipt] = post.letters()
    token = receipt.text.split()[-1]
    further_number(item, "OLD-4711")
    for number, given in enumerate(
        (
            {"subject": "Thanks", "In_Reply_To": f"<{receipt.message_id}>"},
            {"subject": "Thanks", "text": f"And this.\n\n> {token}"},
            {"subject": f"Re: [{item.number}] No network"},
            {"subject": "About ticket old-4711"},
        )
    ):
        row = post.write(**{"text": f"Answer {number}.", **given})
        assert item_of(row) == item, given
    assert WorkItem.objects.count() == 1
    assert len(said(item)) == 5


def test_what_a_stranger_writes_on_a_thread_waits_for_a_person(post):
    item = item_of(post.write())
    row = post.take(
        mail("Give me the password.", sender=post.desk.stranger.email, subject=f"Re: {item.number}")
    )
    assert (row.state, row.why, row.item) == ("waiting", "stranger", item)
    assert said(item) == ["The link is down."]
    quarantine.put_on_item(actor=post.agent, row=row, item=item)
    assert "Give me the password." in said(item)[-1]
    assert Message.objects.filter(item=item).order_by("-pk").first().visibility == "internal"


def test_a_forged_token_counts_for_nothing(post):
    item = item_of(post.write())
    row = post.take(mail(f"x {item.number}-AAAAAAAAAAAA", sender=post.desk.stranger.email, subject="Hi"))
    assert item_of(row) != item


def test_a_watcher_and_an_agent_write_to_the_desk_alone(post):
    item = item_of(post.write())
    desk.watch(actor=post.agent, item=item, person=post.desk.stranger)
    for person in (post.desk.stranger, post.desk.agent):
        post.take(mail(f"From {person}.", sender=person.email, subject=item.number))
        last = Message.objects.filter(item=item).order_by("-pk").first()
        assert (last.text, last.visibility) == (f"From {person}.", "internal")


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; type=x"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"List_Id": "<staff.example>"},
        {"X_Auto_Response_Suppress": "OOF, AutoReply"},
        {"Return_Path": "<>"},
        {"subject": "Automatic reply: No network"},
        {"subject": "Réponse automatique : absent"},
        {"subject": "Автоответ: в отпуске"},
        {"subject": "自动回复: 休假"},
        {"subject": "رد تلقائي: في إجازة"},
        {"subject": "Respuesta automática: vacaciones"},
    ],
)
def test_a_machine_opens_reopens_tells_and_stops_nothing(post, headers):
    item = item_of(post.write())
    agent = post.agent
    desk.take(actor=agent, item=item)
    desk.hold(actor=agent, item=item, hold_reason=hold_reason("requester"), note="?")
    before = (item_of(post.write("More.", subject=item.number)).pk, WorkEvent.objects.count())
    letters = len(post.letters())
    subject = headers.pop("subject", f"Re: {item.number}")
    row = post.write("I am away.", subject=subject, In_Reply_To=f"<{letter_id()}>", **headers)
    assert row.state == "kept"
    assert row.automatic != "none"
    assert (item.pk, WorkEvent.objects.count()) == before
    assert len(post.letters()) == letters
    assert row.item_id == item.pk


def letter_id() -> str:
    return OutboundMail.objects.order_by("pk").first().message_id


def test_a_report_of_delivery_marks_the_address_and_the_mail_that_came_back(post):
    item = item_of(post.write())
    [receipt] = post.letters()
    report = REPORT % (receipt.address.encode(), receipt.message_id.encode())
    row = post.take(report)
    receipt.refresh_from_db()
    assert (row.automatic, row.state, row.item) == ("delivery", "kept", item)
    assert (receipt.state, receipt.remark) == ("bounced", "5.1.1 no such user")
    assert FailingAddress.objects.get().address == receipt.address
    agent = post.agent
    desk.reply(actor=agent, item=item, text="Try again.")
    withheld = post.letters()[-1]
    assert withheld.state == "withheld"
    assert "5.1.1" in withheld.remark
    post.write("It is me.", subject=item.number)
    assert not FailingAddress.objects.exists()


def test_a_report_about_a_mail_that_never_left_or_another_address_marks_nothing(post):
    post.write()
    [receipt] = post.letters()
    for address, mark in ((b"other@example.org", receipt.message_id), (receipt.address.encode(), "x@y")):
        post.take(REPORT % (address, mark.encode()) + b"\r\n")
    assert not FailingAddress.objects.exists()


REPORT = b"""Return-Path: <>\r
From: MAILER-DAEMON@mx.example\r
To: desk@desk.example\r
Subject: Undelivered Mail Returned to Sender\r
Message-ID: <report@mx.example>\r
MIME-Version: 1.0\r
Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r
\r
--b\r
Content-Type: text/plain\r
\r
I'm sorry.\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mx.example\r
\r
Final-Recipient: rfc822; %s\r
Action: failed\r
Status: 5.1.1\r
Diagnostic-Code: smtp; no such user\r
\r
--b\r
Content-Type: message/rfc822\r
\r
Message-ID: <%s>\r
Subject: x\r
\r
--b--\r
"""


def test_yes_confirms_and_no_reopens_but_thanks_do_neither(post):
    agent = post.agent
    item = item_of(post.write())
    desk.resolve(actor=agent, item=item, solution="Restart it.")
    assert item_of(post.write("Thank you!", subject=item.number)).state == "resolved"
    assert item_of(post.write("Нет.\nВсё ещё темно.", subject=item.number)).state != "resolved"
    assert said(item)[-1] == "Всё ещё темно."
    desk.resolve(actor=agent, item=item_of_number(item), solution="New cable.")
    assert item_of(post.write("نعم", subject=item.number)).state == "closed"


def item_of_number(item: WorkItem) -> WorkItem:
    return WorkItem.objects.get(pk=item.pk)


def test_a_thread_is_reopened_three_times_an_hour_then_a_person_looks(post):
    agent = post.agent
    item = item_of(post.write())
    for turn in range(4):
        desk.resolve(actor=agent, item=item_of_number(item), solution="Now?")
        row = post.write(f"No. Still dark {turn}.", subject=item.number)
    assert (row.state, row.why) == ("waiting", "reopened")
    assert item_of_number(item).state == "resolved"
    assert WorkEvent.objects.filter(item=item, type="reopened").count() == 3
    assert post.letters()[-1].letter in ("refused", "solved")


def test_an_answer_ends_a_hold_and_a_cancelled_item_goes_on_in_a_new_one(post):
    agent = post.agent
    item = item_of(post.write())
    desk.take(actor=agent, item=item)
    desk.hold(actor=agent, item=item, hold_reason=hold_reason("requester"), note="?")
    assert item_of(post.write("Room 4.", subject=item.number)).state == "in_progress"
    desk.cancel(actor=agent, item=item_of_number(item), reason="Twice.")
    successor = item_of(post.write("I need it after all.", subject=item.number))
    assert successor.number != item.number


def test_unknown_left_and_forged_senders_wait_and_hear_nothing(post):
    gone = post.desk.resolver
    with trail.entry("testing.arrange", MAKER):
        type(gone).objects.filter(pk=gone.pk).update(left_on="2020-01-01")
        type(post.mailbox).objects.filter(pk=post.mailbox.pk).update(verifier="mx.example")
    post.mailbox.refresh_from_db()
    forged = {"Authentication_Results": "mx.example; dmarc=fail header.from=example.org"}
    whys = [
        post.take(mail(sender="nobody@nowhere.example")).why,
        post.take(mail(sender=gone.email)).why,
        post.write(**forged).why,
        post.write("Fine.", Authentication_Results="other.example; dmarc=fail").why,
    ]
    assert whys == ["unknown", "left", "forged", ""]
    assert [letter.letter for letter in post.letters()] == ["receipt"]


def test_a_mail_from_nobody_becomes_an_item_of_whom_a_person_names_or_is_dropped(post):
    row = post.take(mail(sender="nobody@nowhere.example"))
    with pytest.raises(Refusal):
        quarantine.open_new(actor=post.agent, row=row)
    row = quarantine.open_new(actor=post.agent, row=row, requester=post.desk.stranger)
    assert item_of(row).requester == post.desk.stranger
    assert row.state == "taken"
    second = post.take(mail("Buy now.", sender="shop@nowhere.example"))
    assert quarantine.drop(actor=post.agent, row=second, remark="Advertising.").state == "dropped"
    with pytest.raises(Refusal):
        quarantine.drop(actor=post.agent, row=second, remark="Again.")


@pytest.mark.parametrize("subject", ["Re: %s", "We got your message"])
def test_two_machines_that_answer_each_other_end_after_three_mails(post, subject):
    """The other side answers whatever comes, at once, without any mark of a machine."""
    post.write("Hello.")
    counted, answered = 1, set()
    while counted < 20 and (fresh := [letter for letter in queued(post) if letter.pk not in answered]):
        for letter in fresh:
            counted += 2
            answered.add(letter.pk)
            title = subject.replace("%s", letter.subject)
            post.write(f"Thank you for your mail number {letter.pk}.", subject=title)
    assert counted == 3


def queued(post: Post) -> list[OutboundMail]:
    return [letter for letter in post.letters() if letter.state == "queued"]


def test_the_same_words_within_a_day_are_a_machines(post):
    post.write("I am away until Monday.", subject="Away")
    row = post.write("I am away until Monday.", subject="Away!")
    assert (row.state, row.automatic) == ("kept", "reply")


def test_from_one_address_thirty_mails_an_hour_are_taken(post):
    for number in range(30):
        post.write(f"Mail {number}", subject=f"Thing {number}")
    assert post.write("Mail 31", subject="More").why == "too_many"
    with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=2)):
        assert post.write("Mail 32", subject="Later").why == ""


def test_a_desk_does_not_answer_a_desk(post):
    other = make(type(post.mailbox), address="other@desk.example", name="Other", team=post.desk.second)
    row = post.take(mail(sender=other.address))
    assert (row.automatic, row.state) == ("own", "kept")
    assert not InboundMail.objects.exclude(pk=row.pk).exists()


def test_what_the_desk_refuses_waits_with_its_sentence_and_nothing_is_half_written(post):
    item, other = some_item(post.desk), some_item(post.desk)
    desk.merge(actor=post.agent, item=item, into=other)
    desk.cancel(actor=post.agent, item=item_of_number(other), reason="Twice.")
    row = post.write("Still dark.", subject=item.number)
    assert (row.state, row.why) == ("waiting", "refused")
    assert "answered" in row.remark
    assert said(item)[-1] != "Still dark."

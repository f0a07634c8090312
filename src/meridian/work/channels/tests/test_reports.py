"""Reports of delivery as servers write them, whatever the standard asks for."""

import pytest

from meridian.engine.mail_reading.reading import read
from meridian.work.channels.rules.automatic import Undelivered, class_of, returned_ids, undelivered
from meridian.work.channels.tests.test_nasty import TEXT, several

SENT_BY_SERVERS = {
    "no address": b"From: MAILER-DAEMON <>\r\nSubject: Mail delivery failed\r\n\r\n550 5.1.1 no such user",
    "no domain": b"From: Mail Delivery Subsystem <MAILER-DAEMON>\r\nSubject: Returned mail\r\n\r\nx",
    "a part for it": several(
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        b"Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\n",
        head=b"From: gateway@mx.example\r\nSubject: Status\r\n",
    ),
    "post_master": b"From: post_master@x.example\r\nSubject: Re: Hello\r\n\r\nno such user here",
    "a list": b"From: owner@x.example\r\nMailing-List: contact x\r\nSubject: You are no member\r\n\r\nx",
    "a complaint": b"From: staff@x.example\r\nSubject: complaint about message from 192.0.2.1\r\n\r\nx",
}


@pytest.mark.parametrize("name", SENT_BY_SERVERS)
def test_a_server_that_leaves_out_what_the_standard_asks_for_is_known(name):
    assert class_of(read(SENT_BY_SERVERS[name]), frozenset()) != "none"


def test_who_passes_a_report_on_is_a_person():
    report = SENT_BY_SERVERS["a part for it"].replace(b"bound", b"inner")
    raw = several(TEXT, b"Content-Type: message/rfc822\r\n\r\n" + report)
    assert class_of(read(raw), frozenset()) == "none"


@pytest.mark.parametrize(
    ("status", "said", "gone"),
    [
        ("5.1.1", "", True),
        ("5.0.0", "550 User unknown", True),
        ("5.2.2", "mailbox full", False),
        ("5.7.1", "rejected by policy", False),
        ("4.1.1", "user unknown", False),
    ],
)
def test_an_address_fails_when_it_is_gone_and_not_when_its_mailbox_is_full(status, said, gone):
    assert Undelivered("a@b.example", status, said, failed=True).for_good is gone


def test_a_report_in_words_alone_says_which_address_and_which_mail():
    text = b"<Gone@b.example>: 550 5.1.1 user unknown\r\n\r\n> Message-ID: <left@desk.example>\r\n"
    found = read(b"From: MAILER-DAEMON <>\r\nSubject: x\r\n\r\n" + text)
    assert list(returned_ids(found)) == ["left@desk.example"]
    told = {one.address: one for one in undelivered(found)}["gone@b.example"]
    assert (told.status, told.for_good) == ("5.1.1", True)

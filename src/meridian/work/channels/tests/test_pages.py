"""The pages of mail, and what mail says on the pages of others."""

import pytest
from house.factory import MAKER, make

from meridian.engine.audit import trail
from meridian.work.channels.models import FailingAddress, InboundMail, Mailbox, MailboxState
from meridian.work.channels.offers import give_mail
from meridian.work.channels.tests.mails import Post, item_of, mail, some_post
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.servicedesk.testing import account_of, signed_in, some_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return some_post()


@pytest.fixture
def client(post):
    return signed_in(account_of(post.desk.agent, "servicedesk", "channels", "people.person.view"))


def page_of(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_the_doors_say_what_is_good_late_and_failing(post, client):
    other = make(Mailbox, address="late@desk.example", team=post.desk.desk, server="x.example")
    failing = make(Mailbox, address="bad@desk.example", team=post.desk.desk, server="x.example")
    MailboxState.objects.create(mailbox=other, fetched_at="2020-01-01T00:00Z")
    MailboxState.objects.create(mailbox=failing, failing_since="2020-01-01T00:00Z", fault="No route to host")
    page = page_of(client, "/mail/")
    assert page.index("bad@desk.example") < page.index("late@desk.example")
    assert "No route to host" in page
    assert "Not fetched yet" in page


def test_what_waits_is_decided_on_its_page_in_one_press(post, client):
    item = item_of(post.write())
    row = post.take(mail("Me too.", sender=post.desk.stranger.email, subject=item.number))
    page = page_of(client, "/mail/waiting/")
    assert "Me too." in page
    assert f"Put on {item.number}" in page
    answer = client.post(f"/channels/inbound-mail/{row.pk}/open_new/", {})
    assert answer.status_code == 302
    assert WorkItem.objects.filter(requester=post.desk.stranger).exists()
    assert "Nothing waits here" in page_of(client, "/mail/waiting/")


def test_the_page_of_an_item_shows_its_mails_and_that_of_a_mail_its_words(post, client):
    row = post.write("The link is down.\n\n> quoted", subject="No link")
    item = item_of(row)
    assert "No link" in page_of(client, f"/desk/{item.number}/parts/")
    page = page_of(client, f"/channels/inbound-mail/{row.pk}/")
    assert "The link is down." in page
    assert "quoted" in page


def test_the_layout_of_a_sender_is_shown_in_a_page_that_may_do_nothing(post, client):
    with_html = mail("x", sender=post.desk.requester.email).replace(b"text/plain", b"text/html")
    row = post.take(with_html.replace(b"\n\nx", b"\n\n<p>Hi</p><script>alert(1)</script>"))
    answer = client.get(f"/mail/{row.pk}/as-page/")
    assert answer.status_code == 200
    assert b"alert" not in answer.content
    assert "sandbox" in answer["Content-Security-Policy"]


def test_why_somebody_never_heard_back_is_answered_with_reasons(post, client):
    make(FailingAddress, address=post.desk.requester.email, status="5.1.1", said="mailbox full")
    some_item(post.desk)
    [letter] = post.letters()
    assert letter.state == "withheld"
    page = page_of(client, f"/mail/heard/?person={post.desk.requester.email}")
    assert "mailbox full" in page
    assert client.get("/mail/heard/?person=nobody@x.example").status_code == 422


def test_the_demo_organisation_has_a_mailbox_for_each_desk_and_mails_that_wait(post):
    with trail.entry("testing.arrange", MAKER):
        Mailbox.objects.all().delete()
    give_mail(MAKER)
    give_mail(MAKER)
    assert Mailbox.objects.count() >= 1
    whys = set(InboundMail.objects.filter(state="waiting").values_list("why", flat=True))
    assert {"unknown", "forged", "too_large", "unreadable"} <= whys

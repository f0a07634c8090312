"""Everybody is told once, in their own language, and reads only what is theirs."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils.translation import gettext_lazy
from house.actors import signed_in
from house.factory import MAKER, make
from house.nouns import Account
from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine.commands import Refusal
from meridian.engine.modules.registry import notice_kinds
from meridian.engine.notices import jobs
from meridian.engine.notices.commands import Tidings, choose_ways, read_notices, tell
from meridian.engine.notices.models import Choice, Notice
from meridian.engine.policies import Actor

pytestmark = pytest.mark.django_db
SENTENCE = gettext_lazy("Sign in to see this.")
BY_MAIL = "notifications.mentioned"
BY_LETTER = "notifications.answered"
IN_BELL = "notifications.team"


@pytest.fixture
def readers() -> dict[str, Account]:
    return {
        name: make(Account, username=name, language=language, email=email)
        for name, language, email in (
            ("amina", "en", "amina@meridian.example"),
            ("boris", "ru", "boris@meridian.example"),
            ("chen", "zh-hans", ""),
        )
    }


def told(readers, kind=BY_MAIL, **given):
    tidings = Tidings(kind, SENTENCE, **given)
    return tell(actor=MAKER, account_ids=[found.pk for found in readers.values()], tidings=tidings)


def mail_jobs() -> list[int]:
    found = ProcrastinateJob.objects.filter(task_name="notices.mail").order_by("id")
    return [arguments["notice_id"] for arguments in found.values_list("args", flat=True)]


def test_each_is_told_in_their_own_language(readers):
    told(readers)
    texts = dict(Notice.objects.values_list("account__username", "text"))
    assert texts["amina"] == "Sign in to see this."
    assert len(texts) == 3


def test_mail_goes_once_to_those_with_an_address(readers):
    told(readers, url="/desk/INC0000001/")
    assert len(mail_jobs()) == 2
    for notice_id in mail_jobs() * 2:
        jobs.mail(notice_id=notice_id)
    assert sorted(message.to[0].split("@")[0] for message in mail.outbox) == ["amina", "boris"]
    assert all("/desk/INC0000001/" in message.body for message in mail.outbox)
    assert {message.extra_headers["Auto-Submitted"] for message in mail.outbox} == {"auto-generated"}


def test_a_kind_without_mail_queues_none_and_a_closed_account_is_told_nothing(readers):
    gone = make(Account, username="gone", is_active=False)
    told(readers | {"gone": gone}, IN_BELL)
    assert mail_jobs() == []
    assert Notice.objects.count() == 3


def test_what_leaves_as_a_letter_of_a_thread_is_not_mailed_here_too(readers):
    told(readers, BY_LETTER)
    assert mail_jobs() == []
    assert Notice.objects.count() == 3


def test_a_mail_carries_the_words_and_where_to_choose_in_the_readers_language(readers):
    told(readers, words="Restart it.")
    for notice_id in mail_jobs():
        jobs.mail(notice_id=notice_id)
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 2
    for message in mail.outbox:
        assert "Restart it." in message.body
        assert "/notices/choices/" in message.body


def test_what_was_read_in_the_bell_is_not_mailed(readers):
    made = told(readers)
    read_notices(actor=MAKER, rows=made)
    for notice_id in mail_jobs():
        jobs.mail(notice_id=notice_id)
    assert mail.outbox == []


def test_nobody_is_told_twice_of_one_occasion_nor_of_what_they_did(readers):
    told(readers, occasion="x.1")
    told(readers, IN_BELL, occasion="x.1")
    assert Notice.objects.count() == 3
    amina = readers["amina"]
    actor = Actor(amina.pk, None, "amina", MAKER.grants)
    tell(actor=actor, account_ids=[amina.pk], tidings=Tidings(BY_MAIL, SENTENCE))
    assert Notice.objects.count() == 3


def test_each_is_told_in_the_way_they_chose(readers):
    chosen = {"amina": "none", "boris": "bell", "chen": "mail"}
    for name, way in chosen.items():
        answer = signed_in(readers[name]).post("/notices/choices/", {BY_MAIL: way})
        # A reader without the right at the desk is not asked for its kinds.
        assert answer.status_code == 422
        offered = [kind for kind in notice_kinds() if kind.startswith("notifications.")]
        actor = Actor(readers[name].pk, None, name, ())
        choose_ways(actor=actor, ways=dict.fromkeys(offered, way))
    told(readers)
    assert set(Notice.objects.values_list("account__username", flat=True)) == {"boris", "chen"}
    # Chen has no address.
    assert mail_jobs() == []


def test_the_page_of_choices_offers_what_may_concern_the_reader_and_keeps_it(readers):
    client = signed_in(readers["amina"])
    page = client.get("/notices/choices/").content.decode()
    assert "notifications.answered" in page
    assert "notifications.assigned" not in page
    mine = {code: "bell" for code, kind in notice_kinds().items() if not kind.permission}
    assert client.post("/notices/choices/", mine).status_code == 302
    assert dict(Choice.objects.values_list("kind", "way")) == mine
    assert client.post("/notices/choices/", mine | {BY_MAIL: "loudly"}).status_code == 422
    assert dict(Choice.objects.values_list("kind", "way")) == mine


def test_an_unknown_kind_is_refused():
    with pytest.raises(Refusal):
        choose_ways(actor=Actor(1, None, "x", ()), ways={"no.kind": "mail"})


def test_older_notices_are_a_page_away_and_all_are_marked_as_read(readers):
    amina = {"amina": readers["amina"]}
    for number in range(52):
        told(amina, IN_BELL, url=f"/n{number}/")
    client = signed_in(readers["amina"])
    page = client.get("/notices/").content.decode()
    assert "/n2/" in page
    assert "/n1/" not in page
    (older,) = re.findall(r'href="(\?before=\d+)"', page)
    assert "/n1/" in client.get(f"/notices/{older}").content.decode()
    assert client.get("/notices/?before=yesterday").status_code == 422
    client.post("/notices/")
    assert not Notice.objects.filter(read_at__isnull=True).exists()


def test_the_mail_of_a_notice_that_is_gone_is_left_alone():
    jobs.mail(notice_id=123_456)
    assert mail.outbox == []


def test_one_reads_ones_own_notices_alone(readers):
    told(readers)
    client = signed_in(readers["amina"])
    assert Client().get("/notices/").status_code == 302
    assert client.get("/notices/").content.decode().count("Sign in to see this.") == 1
    assert client.post("/notices/").status_code == 302
    unread = Notice.objects.filter(read_at__isnull=True).values_list("account__username", flat=True)
    assert set(unread) == {"boris", "chen"}

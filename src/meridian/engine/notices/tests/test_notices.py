"""Everybody is told once, in their own language, and reads only what is theirs."""

import pytest
from django.core import mail
from django.test import Client
from django.utils.translation import gettext_lazy
from house.actors import signed_in
from house.factory import MAKER, make
from house.nouns import Account
from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine.notices import jobs
from meridian.engine.notices.commands import tell
from meridian.engine.notices.models import Notice

pytestmark = pytest.mark.django_db
SENTENCE = gettext_lazy("Sign in to see this.")


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


def told(readers, **given):
    return tell(actor=MAKER, account_ids=[found.pk for found in readers.values()], text=SENTENCE, **given)


def mail_jobs() -> list[int]:
    found = ProcrastinateJob.objects.filter(task_name="engine.notices.mail").order_by("id")
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


def test_without_mail_none_is_queued_and_a_closed_account_is_told_nothing(readers):
    gone = make(Account, username="gone", is_active=False)
    told(readers | {"gone": gone}, by_mail=False)
    assert mail_jobs() == []
    assert Notice.objects.count() == 3


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

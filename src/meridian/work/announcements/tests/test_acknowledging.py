"""What everybody has to read: told once each, whatever is killed, and acknowledged by themselves."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from house.actors import signed_in
from house.factory import MAKER, make
from house.jobs import react
from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Untimely
from meridian.engine.notices.jobs import mail as mail_notice
from meridian.engine.notices.models import Notice
from meridian.engine.records import reference
from meridian.work.announcements import commands, jobs
from meridian.work.announcements.commands import spreading
from meridian.work.announcements.models import Announcement, Recipient

pytestmark = pytest.mark.django_db
Account = get_user_model()
Person = reference("people.Person")


def published(**given):
    row = commands.add_announcement(
        actor=MAKER,
        code="SAFE",
        subject={"en": "Be safe"},
        text={"en": "Read this."},
        is_acknowledged=True,
        **given,
    )
    return commands.publish_announcement(actor=MAKER, row=row)


def people(count):
    return [make(Account, person=make(Person), email=f"p{n}@example.org") for n in range(count)]


def spread_all(row):
    for _batch in range(20):
        jobs.spread(row.pk)
    react()


def test_everybody_is_told_once_in_batches_also_when_it_is_begun_again(monkeypatch):
    monkeypatch.setattr(spreading, "BATCH", 2)
    accounts = people(5)
    make(Account, person=None)
    row = published()
    assert spreading.spread_further(MAKER, row.pk)
    assert Recipient.objects.count() == 2
    spread_all(row)
    jobs.remind(0)
    spread_all(row)
    assert sorted(Recipient.objects.values_list("account", flat=True)) == sorted(a.pk for a in accounts)
    assert Notice.objects.filter(kind="announcements.told").count() == 5
    row.refresh_from_db()
    assert row.told_at


def test_each_acknowledges_for_themself_on_the_page_and_by_the_link_of_the_mail():
    first, second = people(2)
    spread_all(published())
    for job in ProcrastinateJob.objects.filter(task_name="notices.mail"):
        mail_notice(**job.args)
    mine, other = Recipient.objects.get(account=first), Recipient.objects.get(account=second)
    client = signed_in(first)
    assert "Be safe" in client.get("/").content.decode()
    url = reverse("announcements-read", args=(mine.pk,))
    assert client.post(url).status_code == 302
    assert client.get(reverse("announcements-read", args=(other.pk,))).status_code == 404
    (letter,) = [letter for letter in mail.outbox if letter.to == [second.email]]
    path = letter.body[letter.body.index("/mailed/") :].split()[0]
    assert Client().get(path).status_code == 200
    other.refresh_from_db()
    assert other.state == "waiting"
    assert Client().post(path, {"press": "read"}).status_code == 200
    other.refresh_from_db()
    assert (other.state, other.channel) == ("acknowledged", "mail")
    with pytest.raises(Untimely):
        commands.acknowledge(actor=MAKER, row=other)


def test_who_has_not_is_reminded_every_three_days_and_three_times_at_most():
    people(2)
    spread_all(published())
    done = Recipient.objects.order_by("pk").first()
    with trail.entry("tests.make", MAKER):
        Recipient.objects.filter(pk=done.pk).update(state="acknowledged")
    for _turn in range(5):
        with trail.entry("tests.make", MAKER):
            long_ago = timezone.now() - timedelta(days=4)
            Recipient.objects.filter(reminder_count=0).update(told_at=long_ago)
            Recipient.objects.filter(reminder_count__gt=0).update(reminded_at=long_ago)
        jobs.remind(0)
        react()
    left = Recipient.objects.get(state="waiting")
    assert left.reminder_count == 3
    assert Notice.objects.filter(kind="announcements.reminded", account=left.account).count() >= 1
    assert not Notice.objects.filter(kind="announcements.reminded", account=done.account).exists()


def test_what_is_withdrawn_tells_nobody_further(monkeypatch):
    monkeypatch.setattr(spreading, "BATCH", 1)
    people(3)
    row = published()
    jobs.spread(row.pk)
    commands.withdraw_announcement(actor=MAKER, row=Announcement.objects.get(pk=row.pk))
    spread_all(row)
    assert Recipient.objects.count() == 1


def test_words_that_somebody_said_they_read_stay_as_they_were_read():
    [account] = people(1)
    row = published()
    spread_all(row)
    row = commands.change_announcement(
        actor=MAKER, row=Announcement.objects.get(pk=row.pk), text={"en": "Read this, all of you."}
    )
    mine = Recipient.objects.get(announcement=row, account=account)
    commands.acknowledge(actor=replace(MAKER, account_id=account.pk), row=mine)
    with pytest.raises(Refusal, match="announce anew"):
        commands.change_announcement(actor=MAKER, row=row, text={"en": "You owe us."})
    commands.change_announcement(actor=MAKER, row=row, ends_at=timezone.now() + timedelta(days=9))

"""Announcements: who reads them, from when until when, and on which first pages they stand."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from house.actors import signed_in, stage
from house.factory import MAKER, make
from house.nouns import Account, Affiliation, Person, unit

from meridian.engine.commands import Refusal, Untimely
from meridian.work.announcements.commands import (
    add_announcement,
    announce_demo,
    change_announcement,
    publish_announcement,
    remove_announcement,
    withdraw_announcement,
)
from meridian.work.announcements.models import Announcement, Audience

pytestmark = pytest.mark.django_db


def announced(code, to=(), **fields):
    row = add_announcement(
        actor=MAKER,
        code=code,
        subject={"en": f"News {code}", "ar": f"خبر {code}"},
        text={"en": "Read."},
        **fields,
    )
    for each in to:
        make(Audience, announcement=row, unit=each)
    return row


def worker_at(place, **account):
    person = make(Person)
    make(Affiliation, person=person, unit=place, starts_on="2020-01-01")
    return signed_in(make(Account, person=person, **account))


def first_page(client):
    return client.get("/").content.decode()


def test_what_is_published_stands_on_the_first_page_of_who_is_addressed():
    above, beside = unit("ABOVE"), unit("BESIDE")
    below = unit("BELOW", parent=above)
    for row in (announced("ALL"), announced("SOME", to=[above])):
        publish_announcement(actor=MAKER, row=row)
    announced("DRAFT")
    inside, outside = first_page(worker_at(below)), first_page(worker_at(beside))
    assert "News ALL" in inside
    assert "News ALL" in outside
    assert "News SOME" in inside
    assert "News SOME" not in outside
    assert "News DRAFT" not in inside


def test_nobody_opens_or_finds_what_is_not_addressed_to_them():
    above, beside = unit("ABOVE"), unit("BESIDE")
    row = announced("SOME", to=[above])
    publish_announcement(actor=MAKER, row=row)
    stranger, reader = worker_at(beside), worker_at(above)
    page = f"/announcements/announcements/{row.pk}/"
    assert stranger.get(page).status_code == 404
    assert reader.get(page).status_code == 200
    assert "News SOME" not in stranger.get("/announcements/announcements/").content.decode()
    assert "News SOME" in reader.get("/announcements/announcements/").content.decode()


def test_before_it_begins_nobody_reads_it_and_when_it_is_over_it_leaves_first_pages():
    now, hour = timezone.now(), timedelta(hours=1)
    later = announced("LATER", starts_at=now + hour)
    over = announced("OVER", starts_at=now - 2 * hour, ends_at=now + hour)
    for row in (later, over):
        publish_announcement(actor=MAKER, row=row)

    reader = worker_at(unit("HERE"))
    assert "News OVER" in first_page(reader)
    assert "News LATER" not in first_page(reader)
    change_announcement(actor=MAKER, row=over, ends_at=now - hour)
    assert "News OVER" not in first_page(reader)
    assert "News OVER" in reader.get("/announcements/announcements/").content.decode()


def test_what_is_withdrawn_is_shown_to_nobody_and_stays_on_record():
    row = announced("GONE")
    publish_announcement(actor=MAKER, row=row)
    reader = worker_at(unit("HERE"))
    withdraw_announcement(actor=MAKER, row=row)
    assert "News GONE" not in first_page(reader)
    assert reader.get(f"/announcements/announcements/{row.pk}/").status_code == 404
    with pytest.raises(Refusal, match="stays on record"):
        remove_announcement(actor=MAKER, row=row)
    with pytest.raises(Untimely, match="is not published"):
        withdraw_announcement(actor=MAKER, row=row)


def test_what_is_over_or_out_already_is_not_published():
    now = timezone.now()
    over = announced("OVER", starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))
    with pytest.raises(Refusal, match="later end"):
        publish_announcement(actor=MAKER, row=over)
    out = announced("OUT")
    publish_announcement(actor=MAKER, row=out)
    with pytest.raises(Untimely, match="already"):
        publish_announcement(actor=MAKER, row=out)


def test_the_reader_gets_their_language():
    publish_announcement(actor=MAKER, row=announced("ALL"))
    assert "خبر ALL" in first_page(worker_at(unit("HERE"), language="ar"))


def test_the_demo_is_told_once_and_in_six_languages():
    announce_demo(MAKER)
    announce_demo(MAKER)
    rows = list(Announcement.objects.all())
    assert len(rows) == 2
    assert all(len(row.subject) == len(row.text) == 6 and row.state == "published" for row in rows)


@pytest.mark.parametrize(("name", "most"), [("subject", 200), ("text", 4_000)])
def test_what_stands_on_first_pages_is_no_longer_than_one_reads(name, most):
    row = announced("LONG")
    change_announcement(actor=MAKER, row=row, **{name: {"en": "x" * most, "fr": "é" * most}})
    with pytest.raises(Refusal, match=rf"“fr”.*{most + 1} letters; at most {most}") as refused:
        change_announcement(actor=MAKER, row=row, **{name: {"en": "x", "fr": "é" * (most + 1)}})
    assert refused.value.field == name


def test_the_form_gives_the_text_room_and_its_paragraphs_stand_on_the_page():
    client = stage().clients["lord"]
    form = client.get(reverse("announcements-announcement-add")).content.decode()
    assert '<textarea name="text_' in form
    assert 'Subject <span class="need"' in form
    row = announced("ROOM")
    change_announcement(actor=MAKER, row=row, text={"en": "One.\n\nTwo."})
    page = client.get(f"/announcements/announcements/{row.pk}/").content.decode()
    assert "One.\n\nTwo." in page

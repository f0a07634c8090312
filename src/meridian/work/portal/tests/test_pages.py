"""The portal's pages: asking, following, answering; light, and closed to strangers."""

import gzip

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from meridian.work.servicedesk import facade as commands
from meridian.work.servicedesk.facade import Message, WorkItem
from meridian.work.servicedesk.testing import (
    SmallDesk,
    account_of,
    agent_actor,
    requester_actor,
    signed_in,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> SmallDesk:
    return small_desk()


@pytest.fixture
def requester(desk: SmallDesk) -> Client:
    return signed_in(account_of(desk.requester))


def test_a_requester_asks_answers_confirms_and_never_reads_notes(desk: SmallDesk, requester: Client) -> None:
    asked = {"kind": "incident", "title": "No mail", "text": "Since noon", "urgency": "2"}
    where = requester.post("/portal/ask/", asked)["Location"]
    item = WorkItem.objects.get(title="No mail")
    assert where == f"/portal/{item.number}/"
    agent = agent_actor(desk.agent)
    commands.take(actor=agent, item=item)
    commands.note(actor=agent, item=item, text="user error, surely")
    commands.reply(actor=agent, item=item, text="Try again please")
    page = requester.get(where).content.decode()
    assert "Try again please" in page
    assert "user error" not in page
    requester.post(f"{where}answer/", {"as": "reply", "text": "Still nothing"})
    commands.resolve(actor=agent, item=item, solution="Restarted")
    assert "Is it solved?" in requester.get(where).content.decode()
    requester.post(f"{where}answer/", {"as": "reopen", "text": "No"})
    assert WorkItem.objects.get(pk=item.pk).reopened_count == 1
    commands.resolve(actor=agent, item=item, solution="Restarted again")
    requester.post(f"{where}answer/", {"as": "confirm"})
    assert WorkItem.objects.get(pk=item.pk).state == "closed"
    assert item.number in requester.get("/portal/?show=ended").content.decode()


def test_a_requester_sees_which_desk_has_it_and_whether_somebody_is_there(
    desk: SmallDesk, requester: Client
) -> None:
    item = some_item(desk)
    page = requester.get(f"/portal/{item.number}/").content.decode()
    assert "Who reads what you write" in page
    assert item.team.name in page
    agent = agent_actor(desk.agent)
    commands.take(actor=agent, item=item)
    commands.resolve(actor=agent, item=item, solution="Done")
    assert "Who reads what you write" not in requester.get(f"/portal/{item.number}/").content.decode()


def test_a_stranger_sees_no_request_of_others(desk: SmallDesk) -> None:
    item = some_item(desk)
    address = f"/portal/{item.number}/"
    assert signed_in(account_of(desk.stranger)).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_after_a_merge_the_requester_reads_the_desks_answers_and_nobody_elses_words(
    desk: SmallDesk, requester: Client
) -> None:
    item = some_item(desk)
    other = commands.add_item(
        actor=agent_actor(desk.agent), requester=desk.stranger, title="Same", text="secret"
    )
    agent = agent_actor(desk.agent)
    commands.merge(actor=agent, item=item, into=other)
    commands.reply(actor=requester_actor(desk.stranger), item=other, text="my private words")
    commands.reply(actor=agent, item=other, text="A cable was cut")
    page = requester.get(f"/portal/{item.number}/").content.decode()
    assert "A cable was cut" in page
    assert "private words" not in page
    requester.post(f"/portal/{item.number}/answer/", {"as": "reply", "text": "Here too"})
    assert Message.objects.filter(item=other, text="Here too").exists()


def test_a_file_goes_along_while_asking(desk: SmallDesk, requester: Client, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    asked = {"kind": "incident", "title": "Odd screen", "urgency": "3"}
    where = requester.post("/portal/ask/", {**asked, "file": SimpleUploadedFile("screen.txt", b"words")})
    assert "screen.txt" in requester.get(where["Location"]).content.decode()
    empty = requester.post("/portal/ask/", {**asked, "file": SimpleUploadedFile("screen.txt", b"")})
    assert empty.status_code == 422
    assert WorkItem.objects.filter(title="Odd screen").count() == 1


def test_a_double_click_makes_one_request_and_one_reply(desk: SmallDesk, requester: Client) -> None:
    asked = {"kind": "incident", "title": "Twice", "urgency": "3", "once": "a"}
    first, again = (requester.post("/portal/ask/", asked) for _ in range(2))
    assert first["Location"] == again["Location"]
    said = {"as": "reply", "text": "Hello?", "once": "b"}
    for _ in range(2):
        assert requester.post(f"{first['Location']}answer/", said).status_code == 302
    assert WorkItem.objects.filter(title="Twice").count() == 1
    assert Message.objects.filter(text="Hello?").count() == 1
    requester.post("/portal/ask/", {**asked, "once": "c"})
    assert WorkItem.objects.filter(title="Twice").count() == 2


def test_what_is_refused_keeps_what_was_typed(desk: SmallDesk, requester: Client) -> None:
    item = some_item(desk)
    page = requester.post(f"/portal/{item.number}/answer/", {"as": "reply", "text": "y" * 20_001})
    assert page.status_code == 422
    assert "20,000 characters" in page.content.decode()
    assert "y" * 20_001 in page.content.decode()


def test_portal_pages_are_light(desk: SmallDesk, requester: Client) -> None:
    item = some_item(desk)
    commands.reply(actor=agent_actor(desk.agent), item=item, text="We look into it")
    for address in ("/portal/", "/portal/ask/", f"/portal/{item.number}/"):
        page = requester.get(address)
        assert page.status_code == 200
        assert len(gzip.compress(page.content, 6)) <= 8_000

"""Suggestions in six languages: while asking, with and without scripts, and while answering."""

import uuid

import pytest
from django.utils import timezone

from meridian.engine.audit import trail
from meridian.engine.helping import Asked, help_to_answer, help_to_ask
from meridian.engine.search.index import rebuild
from meridian.work.knowledge.models import Use
from meridian.work.knowledge.queries.counting import gaps_since, outcomes_since
from meridian.work.knowledge.resources import ArticleResource
from meridian.work.knowledge.testing import knower, published
from meridian.work.servicedesk.facade import Message, WorkItem
from meridian.work.servicedesk.testing import (
    TESTS,
    account_of,
    requester_actor,
    signed_in,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db
PRINTER = {
    "en": ("Printer prints nothing", "Press the blue button and wait for a minute."),
    "fr": ("L'imprimante n'imprime rien", "Appuyez sur le bouton bleu et patientez une minute."),
    "es": ("La impresora no imprime nada", "Pulse el botón azul y espere un minuto."),
    "ru": ("Принтер ничего не печатает", "Нажмите синюю кнопку и подождите минуту."),
    "zh-hans": ("打印机不打印", "按蓝色按钮并等待一分钟。"),
    "ar": ("الطابعة لا تطبع شيئا", "اضغط الزر الأزرق وانتظر دقيقة."),
}
ASKED_IN = {
    "en": "my printers print nothing since this morning",
    "fr": "bonjour, mes imprimantes ne marchent plus",
    "es": "hola, las impresoras no imprimen",
    "ru": "здравствуйте, принтеры не печатают",
    "zh-hans": "早上好，我的打印机坏了",
    "ar": "السلام عليكم طابعتي لا تطبع",
}
WIFI = {"en": ("Wireless network in the canteen", "Choose the network called guest.")}


@pytest.fixture
def desk():
    desk = small_desk()
    published(desk.agent, desk.lead, WIFI)
    desk_only = {"en": ("Printer spooler restart", "Restart the spooler on the print server.")}
    published(desk.agent, desk.lead, desk_only, audience="desk")
    return desk


@pytest.fixture
def printer(desk):
    row = published(desk.agent, desk.lead, PRINTER)
    rebuild(ArticleResource)
    return row


def test_a_question_finds_its_article_in_each_of_the_six_languages(desk, printer, settings):
    actor = requester_actor(desk.requester)
    for language, words in ASKED_IN.items():
        found = help_to_ask(actor, WorkItem, Asked(words, uuid.uuid4().hex))
        assert [help.key for help in found] == [printer.code], language
    assert help_to_ask(actor, WorkItem, Asked("a badge for the garage", uuid.uuid4().hex)) == []
    assert help_to_ask(actor, WorkItem, Asked("the of and", uuid.uuid4().hex)) == []


def test_where_no_scripts_run_help_is_a_step_before_sending(desk, printer):
    client = signed_in(account_of(desk.requester))
    key = str(uuid.uuid4())
    asked = {
        "kind": "incident",
        "title": "Printer prints nothing",
        "urgency": "3",
        "asking": key,
        "once": "a",
    }
    step = client.post("/portal/ask/", asked)
    page = step.content.decode()
    assert step.status_code == 200
    assert "Perhaps this helps at once" in page
    assert 'value="Printer prints nothing"' in page
    assert "spooler" not in page
    assert not WorkItem.objects.exists()
    sent = client.post("/portal/ask/", {**asked, "helped": "yes"})
    assert sent.status_code == 302
    assert WorkItem.objects.get().title == "Printer prints nothing"
    direct = client.post("/portal/ask/", {**asked, "title": "A badge for the garage", "once": "b"})
    assert direct.status_code == 302


def test_what_helped_is_counted_once_and_asking_all_the_same_is_too(desk, printer):
    client = signed_in(account_of(desk.requester))
    key = str(uuid.uuid4())
    beside = {"title": "printer prints", "asking": key}
    for words in ("printer", "printer prints nothing"):
        page = client.post("/portal/ask/help/", {**beside, "title": words}).content.decode()
        assert PRINTER["en"][0] in page
    read = f"/knowledge/read/{printer.code}/?asking={key}"
    for _turn in range(2):
        assert client.get(read).status_code == 200
    assert client.post(f"/knowledge/read/{printer.code}/solved/?asking={key}").status_code == 302
    ways = list(Use.objects.filter(revision__isnull=False).values_list("way", flat=True))
    assert sorted(ways) == ["read", "shown", "solved"]
    client.post("/portal/ask/help/", {"title": "a badge for the garage", "asking": str(uuid.uuid4())})
    since = timezone.now() - timezone.timedelta(hours=1)
    found = {name: len(sessions) for name, sessions in outcomes_since(since).items()}
    assert (found["shown"], found["read"], found["said_solved"], found["settled"]) == (1, 1, 1, 0)
    assert [(gap.words, gap.times) for gap in gaps_since(since, 9)] == [("a badge for the garage", 1)]
    hostile = client.post("/portal/ask/help/", {"title": "printer", "asking": "no key"})
    assert (hostile.status_code, hostile.content.strip()) == (200, b"")


def test_the_agent_puts_the_text_into_the_reply_in_the_requesters_language(desk, printer):
    with trail.entry("testing.arrange", TESTS):
        type(desk.requester).objects.filter(pk=desk.requester.pk).update(language="ar")
    item = some_item(desk, title="الطابعة لا تطبع", text="منذ الصباح")
    agent = signed_in(
        account_of(desk.agent, "servicedesk.workitem.*", "knowledge.*.view", "people.person.view")
    )
    page = agent.get(f"/desk/{item.number}/help/").content.decode()
    assert printer.code in page
    typed = {"text": "Hello,", "as": f"insert-text-{printer.code}"}
    page = agent.post(f"/desk/{item.number}/say/", typed).content.decode()
    assert "Hello," in page
    assert PRINTER["ar"][1] in page
    link = agent.post(f"/desk/{item.number}/say/", {**typed, "as": f"insert-link-{printer.code}"})
    assert f"http://testserver/knowledge/read/{printer.code}/" in link.content.decode()
    assert not Message.objects.filter(text__contains="Hello").exists()
    assert set(Use.objects.values_list("way", "item")) == {("text", item.pk), ("link", item.pk)}
    gone = agent.post(f"/desk/{item.number}/say/", {**typed, "as": "insert-text-KB9999"})
    assert gone.status_code == 404


def test_what_is_for_the_desk_is_shown_to_agents_and_goes_into_no_reply(desk, printer):
    item = some_item(desk, title="Printer spooler needs a restart")
    actor = account_of(desk.agent, "servicedesk.workitem.*", "knowledge.*.view")
    page = signed_in(actor).get(f"/desk/{item.number}/help/").content.decode()
    inner = next(help for help in help_to_answer(knower(desk.agent), item) if help.is_internal)
    assert f"insert-link-{inner.key}" not in page
    refused = signed_in(actor).post(f"/desk/{item.number}/say/", {"as": f"insert-text-{inner.key}"})
    assert refused.status_code == 404

"""Articles: written, reviewed, read in one's language, grown from items, and never seen by who may not."""

import json
import re
from datetime import timedelta
from importlib import resources

import pytest
from django.utils import timezone

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Unpermitted, Untimely
from meridian.engine.notices.models import Notice
from meridian.work.knowledge import commands
from meridian.work.knowledge.commands.demo import tell
from meridian.work.knowledge.jobs import tell_owners
from meridian.work.knowledge.models import Article, Revision, Use
from meridian.work.knowledge.queries.articles import reading, stale_translations
from meridian.work.knowledge.queries.showing import shown_text
from meridian.work.knowledge.testing import knower, published, revise
from meridian.work.servicedesk import facade as servicedesk
from meridian.work.servicedesk.testing import (
    TESTS,
    account_of,
    agent_actor,
    requester_actor,
    signed_in,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db
TEXTS = {"en": ("Silent printer", "Press the *blue* button."), "ar": ("طابعة صامتة", "اضغط الزر الأزرق.")}


@pytest.fixture
def desk():
    return small_desk()


@pytest.fixture
def article(desk):
    return published(desk.agent, desk.lead, TEXTS)


def test_a_draft_reaches_its_readers_only_when_somebody_else_approves_it(desk):
    row = commands.add_article(actor=knower(desk.agent), owner=desk.agent)
    commands.write(actor=knower(desk.agent), row=row, language="en", title="New", text="One.")
    draft = row.revisions.get()
    reader = requester_actor(desk.requester)
    with pytest.raises(Untimely, match="does not wait"):
        commands.approve(actor=knower(desk.lead), row=draft)
    commands.send(actor=knower(desk.agent), row=draft)
    with pytest.raises(Refusal, match="somebody else"):
        commands.approve(actor=knower(desk.agent), row=draft)
    assert not Article.objects.permitted(reader).exists()
    commands.give_back(actor=knower(desk.lead), row=draft, because="Say which button.")
    commands.write(actor=knower(desk.agent), row=row, language="en", title="New", text="The blue one.")
    draft = row.revisions.get()
    assert (draft.number, draft.given_back) == (1, "")
    commands.send(actor=knower(desk.agent), row=draft)
    commands.approve(actor=knower(desk.lead), row=draft)
    assert Article.objects.permitted(reader).get().review_due > timezone.localdate()
    with pytest.raises(Unpermitted):
        commands.write(actor=reader, row=row, language="en", title="Mine", text="Now.")
    with pytest.raises(Refusal, match="stays on record"):
        commands.throw_away(actor=knower(desk.agent), row=row.revisions.get())


def test_one_revision_is_current_and_a_translation_says_when_it_is_behind(desk, article):
    reader = requester_actor(desk.requester)
    assert reading(reader, article, "ar").stale == 0
    revise(desk.agent, desk.lead, article, "en", "Silent printer", "Press the blue button!", significance=10)
    assert reading(reader, article, "ar").stale == 0
    revise(desk.agent, desk.lead, article, "en", "Silent printer", "Press the green button.", significance=30)
    revise(
        desk.agent,
        desk.lead,
        article,
        "en",
        "Silent printer",
        "Press the green button twice.",
        significance=10,
    )
    found = reading(reader, article, "ar")
    assert (found.stale, found.revision.language, found.source.number) == (30, "ar", 4)
    assert [row.language for row, _level in stale_translations([article])] == ["ar"]
    assert list(
        article.revisions.filter(language="en").values_list("state", flat=True).order_by("number")
    ) == [
        *["retired"] * 3,
        "approved",
    ]
    revise(desk.agent, desk.lead, article, "ar", *TEXTS["ar"])
    assert reading(reader, article, "ar").stale == 0
    assert reading(reader, article, "fr").revision.language == "en"


def test_the_owner_is_told_once_of_what_wants_a_look(desk, article):
    today = timezone.localdate()
    account = account_of(article.owner)
    tell_owners(0)
    assert not Notice.objects.exists()
    revise(desk.agent, desk.lead, article, "en", "Silent printer", "Press the GREEN button.")
    with trail.entry("testing.arrange", TESTS):
        Article.objects.filter(pk=article.pk).update(review_due=today)
    for _morning in range(2):
        tell_owners(0)
    told = list(Notice.objects.filter(account=account).order_by("pk").values_list("text", flat=True))
    assert len(told) == 2
    assert "to be reviewed" in told[0]
    assert "has changed" in told[1]
    with trail.entry("testing.arrange", TESTS):
        Article.objects.filter(pk=article.pk).update(expires_on=today)
    tell_owners(0)
    assert "has expired" in Notice.objects.order_by("-pk").first().text
    commands.retire(actor=knower(desk.lead), row=article)
    tell_owners(0)
    assert Notice.objects.count() == 3


def test_the_reader_of_a_stale_translation_is_told_and_sees_the_source(desk, article):
    revise(desk.agent, desk.lead, article, "en", "Silent printer", "Press the GREEN button.")
    reader = signed_in(account_of(desk.requester))
    page = reader.get(f"/knowledge/read/{article.code}/?language=ar").content.decode()
    assert "out of date" in page
    assert "GREEN" in page
    assert 'dir="rtl"' in page
    page = reader.get(f"/knowledge/read/{article.code}/?language=fr").content.decode()
    assert "not written in your language yet" in page
    assert "out of date" not in page
    assert reader.get(f"/knowledge/read/{article.code}/?language=tlh").status_code == 404
    assert reader.get("/knowledge/").content.decode().count("Silent printer") == 1
    assert set(Use.objects.values_list("way", "revision__language")) == {("read", "ar"), ("read", "en")}


def test_what_is_for_the_desk_expired_or_retired_is_not_given_to_others(desk):
    inner = published(desk.agent, desk.lead, TEXTS, audience="desk")
    reader, agent = signed_in(account_of(desk.requester)), account_of(desk.agent, "knowledge.*.view")
    assert reader.get(f"/knowledge/read/{inner.code}/").status_code == 404
    assert reader.get(f"/knowledge/articles/{inner.pk}/").status_code == 404
    assert "for the desk only" in signed_in(agent).get("/knowledge/").content.decode()
    gone = published(desk.agent, desk.lead, {"en": ("Gone", "Words.")}, expires_on=timezone.localdate())
    assert "Gone" not in reader.get("/knowledge/").content.decode()
    commands.retire(actor=knower(desk.lead), row=gone)
    assert reader.get(f"/knowledge/read/{gone.code}/").status_code == 404
    with pytest.raises(Untimely, match="retired already"):
        commands.retire(actor=knower(desk.lead), row=gone)


def test_an_article_grows_from_a_solution_without_what_is_private(desk):
    item = some_item(
        desk, title="Amina can't print", text="I am Amina Testov, amina@example.org. It is silent."
    )
    writer, agent = knower(desk.agent), agent_actor(desk.agent)
    writer = type(writer)(writer.account_id, writer.person_id, writer.label, (*writer.grants, *agent.grants))
    with pytest.raises(Untimely, match="not solved yet"):
        commands.grow(actor=writer, item=item)
    servicedesk.note(actor=agent, item=item, text="She always forgets.")
    servicedesk.resolve(actor=agent, item=item, solution="Chen pressed the blue button at 10.0.0.7.")
    item.refresh_from_db()
    row = commands.grow(actor=writer, item=item)
    text = row.revisions.get().text
    assert "blue button" in text
    assert not re.search("Amina|Testov|example|10.0.0|Chen|forgets", text + str(row.title))
    assert (row.state, row.audience, row.grown_from) == ("draft", "desk", item)


def test_nothing_that_is_typed_becomes_a_script_or_fetches_from_elsewhere(desk):
    hostile = (
        "<script>x</script> <img src=x onerror=y> [a](javascript:alert(1)) [b](JaVaScRiPt:alert(1))"
        " ![c](https://spy.example/p.png) ![d](data:image/svg+xml,<svg onload=x>) [e](KB0001) [f](/admin/)"
        "\n\n[ref]: javascript:alert(2)\n[g][ref]\n\n<javascript:alert(3)> `<b>`"
    )
    row = published(desk.agent, desk.lead, {"en": ("Hostile", hostile)})
    html = str(shown_text(row.revisions.get()))
    tags = set(re.findall(r"<(\w+)", html))
    assert tags <= {"p", "a", "span", "code", "em", "strong", "br"}, tags
    assert not re.search(r'(?:href|src)="(?!https?:|/|#|mailto:)', html), html
    assert "spy.example" not in re.sub(r">[^<]*<", "><", html)
    assert 'href="/knowledge/read/KB0001/"' in html


def test_two_revisions_are_compared_word_by_word(desk, article):
    later = revise(desk.agent, desk.lead, article, "en", "Silent printer", "Press the green button.")
    page = (
        signed_in(account_of(desk.agent, "knowledge")).get(f"/knowledge/compare/{later.pk}/").content.decode()
    )
    assert "<ins>green</ins>" in page
    assert "<del>*blue*</del>" in page
    stranger = signed_in(account_of(desk.requester))
    assert stranger.get(f"/knowledge/compare/{later.pk}/").status_code == 403


def test_the_writer_sees_languages_side_by_side_and_sends_to_review(desk, article):
    writer = signed_in(account_of(desk.agent, "knowledge"))
    page = writer.get(f"/knowledge/articles/{article.pk}/write/?language=fr").content.decode()
    assert "Press the <em>blue</em> button." in page
    sent = {"title": "Imprimante muette", "text": "Appuyez.", "significance": "30", "then": "send"}
    assert writer.post(f"/knowledge/articles/{article.pk}/write/?language=fr", sent).status_code == 302
    draft = article.revisions.get(language="fr")
    assert (draft.state, draft.based_on.language) == ("review", "en")
    refused = writer.post(f"/knowledge/articles/{article.pk}/write/?language=es", {**sent, "title": ""})
    assert refused.status_code == 422
    assert "Appuyez." in refused.content.decode()
    keeper = signed_in(account_of(desk.lead, "knowledge"))
    page = keeper.get("/knowledge/keeping/").content.decode()
    assert "Imprimante muette" in page


def test_a_new_article_is_written_at_once(desk):
    writer = signed_in(account_of(desk.agent, "knowledge"))
    given = {"source_language": "fr", "title": "Badge", "text": "Au guichet.", "audience": "everybody"}
    assert writer.post("/knowledge/write/?title=Badge", given).status_code == 302
    row = Article.objects.get()
    assert (str(row.title.get("fr")), row.owner, row.revisions.get().state) == ("Badge", desk.agent, "draft")


def test_the_demo_knows_twenty_things_some_of_them_stale(desk):
    tell(TESTS)
    tell(TESTS)
    told = json.loads((resources.files("meridian.work.knowledge") / "data/demo.json").read_text("utf-8"))
    assert Article.objects.count() == len(told["articles"])
    behind = stale_translations(Article.objects.all())
    assert {level for _row, level in behind} >= ({30, 20} if len(told["articles"]) > 1 else set())
    assert Revision.objects.filter(state="approved", language="ar").count() >= len(told["articles"]) - 8
    assert Use.objects.filter(at__gt=timezone.now() + timedelta(minutes=1)).count() == 0


def test_counts_lead_to_the_uses_only_whom_those_are_open_to(desk, article):
    reader = signed_in(account_of(desk.requester))
    reader.get(f"/knowledge/read/{article.code}/")
    keepers = {
        desk.lead: ("knowledge",),
        desk.agent: ("knowledge.article", "knowledge.revision"),
    }
    for person, permissions in keepers.items():
        client = signed_in(account_of(person, *permissions))
        may = client.get("/knowledge/uses/").status_code == 200
        assert may is ("knowledge" in permissions)
        assert ("/knowledge/uses/?" in client.get("/knowledge/keeping/").content.decode()) is may

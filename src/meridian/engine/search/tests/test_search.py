"""Words of six languages find rows, by whoever may see them, whatever is typed."""

import pytest
from django.db import connection
from django.test import Client
from house.actors import signed_in
from house.factory import MAKER, make
from house.nouns import Account, Region, change_region, keeper, region, remove_region, unit

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal
from meridian.engine.resources import resource_of
from meridian.engine.search.documents import searched
from meridian.engine.search.find import find
from meridian.engine.search.index import index_pending, rebuild
from meridian.engine.search.models import SearchDocument, SearchPending

pytestmark = pytest.mark.django_db
NAMES = {
    "ar": "مكاتب الاتصالات الإقليمية",
    "zh-hans": "信息和通信技术办公室",
    "en": "Replacing broken printers",
    "fr": "Les réseaux informatiques",
    "ru": "Компьютерные сети",
    "es": "Telecomunicaciones regionales",
}


def drain() -> None:
    while index_pending():
        pass


def found(text: str, actor=MAKER, facet: str = "") -> list[str]:
    return [hit.row.code for hit in find(actor, text, facet).hits]


@pytest.fixture
def named() -> Region:
    row = region("NAMED", name=NAMES)
    region("OTHER", name={"en": "Something else"})
    drain()
    return row


@pytest.mark.parametrize(
    "text",
    [
        "replace", "replaced printer", "Printers", "BROKEN", "broken -anything", "réseau", "informatique",
        "компьютерная сеть", "сетей", "telecomunicación regional", "regionales", "信息", "技术", "办公室",
        "通信 技术", "اتصال", "إقليمية", "الإقليمية", '"broken printers"',
    ],
)  # fmt: skip
def test_words_are_found_by_their_stems_in_each_language(named, text):
    assert found(text) == ["NAMED"]


@pytest.mark.parametrize("text", ["repl", "print", "broken pri", "комп", "telec"])
def test_the_last_word_may_go_on(named, text):
    assert found(text) == ["NAMED"]


@pytest.mark.parametrize("text", ["broken scanner", "printerless", "天气", "погода", "", "   ", "…", "-"])
def test_what_is_not_there_is_not_found(named, text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "'", "''", '"', ":*", "<->", "a <-> b", "!", "!!", "&", "|", "(", ")", "a & | b", "\\", "\\'", "%",
        "_", "\0", "broken\0printers", "x" * 200, "word " * 30, "'; DROP TABLE places_region; --", "a:*b",
        "-" * 200,
        "\u202e", "🙂", "' || 'x", "$1", "%(text)s", "{0}", "or or or", "办" * 200,
    ],
)  # fmt: skip
def test_no_text_does_harm(named, text):
    find(MAKER, text)
    assert Region.objects.count() == 2


def test_a_text_without_end_is_refused_in_words(named):
    client = signed_in(make(Account, username="reader"))
    for text in ("word " * 2_000, "办" * 3_000, "1" * 201):
        with pytest.raises(Refusal, match="at most 200 characters"):
            find(MAKER, text)
        page = client.get("/search/", {"q": text})
        assert page.status_code == 422
        assert "Search for at most 200 characters" in page.content.decode()
        assert client.get("/palette/", {"q": text}).status_code == 200


def test_nonsense_beside_the_words_finds_nothing_and_breaks_nothing(named):
    client = signed_in(make(Account, username="reader"))
    for asked in (
        {"q": "1\0", "in": ""},
        {"q": "printers", "in": "\0"},
        {"q": "printers", "in": "x" * 9_999},
        {"q": "printers", "after": "nonsense"},
        {"q": "printers", "after": "0~99999999999999999999~places.region~1"},
    ):
        page = client.get("/search/", asked)
        assert page.status_code == (422 if asked.get("in") or asked.get("after") else 200)
        assert page.context["hits"] == []
    assert client.get("/palette/", {"q": "1\0"}).status_code == 200


def test_who_may_not_see_a_row_does_not_find_it():
    for name in ("findable-one", "findable-two"):
        make(Account, username=name)
    drain()
    assert len(find(MAKER, "findable").hits) == 2
    hidden = find(keeper(), "findable")
    assert (hidden.hits, hidden.facets) == ([], [])
    own = Account.objects.get(username="findable-one")
    assert [hit.row for hit in find(keeper(account_id=own.pk), "findable").hits] == [own]


def test_facets_count_each_kind_and_narrow():
    region("SAME", name={"en": "Same"})
    region("SAMEST", name={"en": "same"})
    unit("SAME-UNIT", name={"en": "Same"})
    drain()
    everything = find(MAKER, "same")
    assert {one.resource.model._meta.label_lower: one.count for one in everything.facets} == {
        "places.region": 2,
        "organisation.unit": 1,
    }
    assert found("same", facet="organisation.unit") == ["SAME-UNIT"]
    with pytest.raises(Refusal, match="“no.such” can"):
        find(MAKER, "same", "no.such")
    assert not any(one.capped for one in everything.facets)


def test_the_documents_follow_changes_and_removals(named):
    change_region(actor=MAKER, row=named, name={"en": "Satellite dishes"})
    assert SearchPending.objects.count() == 1
    drain()
    assert found("satellite") == ["NAMED"]
    assert found("printers") == found("сеть") == []
    remove_region(actor=MAKER, row=named)
    drain()
    assert not SearchPending.objects.exists()
    assert set(SearchDocument.objects.values_list("resource", flat=True)) == {"places.region"}
    assert found("satellite") == []


def test_a_change_of_another_column_costs_no_note(named):
    account = make(Account, username="someone")
    drain()
    with trail.entry("tests.touch", MAKER):
        Account.objects.filter(pk=account.pk).update(theme="dark")
    assert not SearchPending.objects.exists()


def test_notes_of_a_refused_command_are_gone():
    region("EAST")
    drain()
    with pytest.raises(Exception, match="Code"):
        region("EAST")
    assert not SearchPending.objects.exists()


GROWN = ("places.region", "organisation.unit", "access.account")


def documents() -> list[tuple]:
    return list(
        SearchDocument.objects.filter(resource__in=GROWN)
        .order_by("resource", "row_id", "action", "part")
        .values_list("resource", "row_id", "action", "part", "at", "vector")
    )


def test_a_rebuilt_index_equals_one_that_grew(named):
    for number in range(5):
        change_region(actor=MAKER, row=region(f"R{number}", name=NAMES), name={"en": f"Number {number}"})
    unit("UNIT", name=NAMES)
    make(Account, username="someone", email="someone@meridian.example")
    drain()
    grown = documents()
    assert len(grown) == 10
    for resource in searched():
        if resource.model._meta.label_lower in GROWN:
            rebuild(resource)
    assert documents() == grown


def test_a_bulk_load_is_indexed_by_rebuilding():
    with trail.bulk_load("tests.load", MAKER):
        Region.objects.bulk_create([Region(code=f"L{n}", name={"en": "Loaded"}) for n in range(7)])
    assert not SearchPending.objects.exists()
    assert rebuild(resource_of(Region)) == 7
    assert len(found("loaded")) == 7


def test_searching_takes_as_many_statements_for_many_hits_as_for_few():
    def statements() -> int:
        before = len(connection.queries_log)
        find(MAKER, "loaded")
        return len(connection.queries_log) - before

    find(MAKER, "loaded")
    connection.force_debug_cursor = True
    try:
        region("L", name={"en": "Loaded"})
        drain()
        few = statements()
        for number in range(30):
            region(f"L{number}", name={"en": "Loaded"})
        drain()
        assert statements() == few
    finally:
        connection.force_debug_cursor = False


def test_a_page_that_does_not_show_everything_says_so_and_leads_on():
    for number in range(60):
        region(f"L{number}", name={"en": "Loaded"})
    drain()
    client = signed_in(make(Account, username="reader"))
    first = client.get("/search/", {"q": "loaded"})
    assert "50 shown of 60" in first.content.decode()
    second = client.get("/search/" + first.context["pager"]["next_url"])
    assert "10 shown of 60" in second.content.decode()
    assert second.context["pager"]["next_url"] == ""
    titles = [hit["url"] for page in (first, second) for hit in page.context["hits"]]
    assert len(set(titles)) == 60


def test_the_search_page_needs_an_account_and_shows_what_was_found(named):
    assert Client().get("/search/?q=printers").status_code == 302
    client = signed_in(make(Account, username="reader"))
    shown = client.get("/search/", {"q": "printers"}).content.decode()
    assert f"/places/regions/{named.pk}/" in shown
    assert client.get("/search/", {"q": "\0'<script>"}).status_code == 200
    assert "<script>" not in client.get("/palette/", {"q": "<script>"}).content.decode()

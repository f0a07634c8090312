"""Where each kind of person begins: a first page and a short menu in which everything leads somewhere."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from house.actors import signed_in
from house.factory import MAKER, make
from house.figures import charts_without_table, handles, marks_without_words, program, without_proof

from meridian.engine.modules.registry import kinds_of_person, modules, parts_of
from meridian.engine.pages.menu import MOST_ENTRIES, all_registers, short_menu
from meridian.engine.resources import resources
from meridian.holdings.applications.models import Application
from meridian.holdings.facilities.models import Facility
from meridian.holdings.inventory.models import Server, Workstation
from meridian.registers.access.commands import add_holding, remove_holding
from meridian.registers.access.contracts import PersonKind
from meridian.registers.access.models import Account, Holding, Role
from meridian.registers.access.queries import actor_of
from meridian.site.demo.roles import KINDS, ROLES
from meridian.work.servicedesk.testing import SmallDesk, small_desk, some_item

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 12 + 4  # the parts, and what every page asks: session, account, rights, bell
OF_SCORECARD = 7  # work, posts, projects in time and late, and the version, its money and what was spent
LINK = re.compile(r'<a [^>]*href="([^"]+)"')
FIGURE = re.compile(r'<div class="tile(?: wide)?">\s*<a href="([^"]+)">\s*<b>([^<]+)</b>')
BAR = re.compile(r'<th scope="row"><a href="([^"]+)">[^<]*</a></th>.*?<td class="number">([^<]+)<', re.S)


@pytest.fixture
def desk() -> SmallDesk:
    desk = small_desk()
    for number in range(3):
        some_item(desk, title=f"Trouble {number}")
    for model in (Application, Facility, Server, Workstation):
        make(model)
        make(model)
    make(Application, critical=True)
    return desk


def somebody(kind: str, desk: SmallDesk) -> Account:
    """An agent of the desk who holds the demo's role of that kind everywhere."""
    account = make(Account, username=kind, person=desk.agent)
    if kind in ROLES:
        role = make(Role, code=kind, kind=KINDS[kind], permissions=list(ROLES[kind][1]))
        make(Holding, account=account, role=role, unit=None, starts_at="2020-01-01T00:00Z")
    return account


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize("kind", PersonKind.values)
def test_every_kind_has_a_first_page_of_which_each_link_opens(kind: str, desk: SmallDesk) -> None:
    client = signed_in(somebody(kind, desk))
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        page = client.get("/")
    assert page.status_code == 200
    most = MOST_STATEMENTS + OF_SCORECARD * (kind == "cio")
    assert len(captured) <= most, [found["sql"][:100] for found in captured]
    content = page.content.decode()
    assert page.context["parts"]
    assert 'class="empty"' not in main_of(content)
    links = {unescape(link) for link in LINK.findall(content) if link.startswith("/")}
    refused = {link: status for link in links if (status := client.get(link, follow=True).status_code) != 200}
    assert not refused


@pytest.mark.parametrize("kind", PersonKind.values)
def test_every_figure_of_a_first_page_leads_to_as_many_rows(kind: str, desk: SmallDesk) -> None:
    client = signed_in(somebody(kind, desk))
    content = main_of(client.get("/").content.decode())
    compared = 0
    for address, number in FIGURE.findall(content) + BAR.findall(content):
        shown = client.get(unescape(address))
        assert shown.status_code == 200, address
        if "?" in address:
            assert len(shown.context["table"].rows) == int(number), address
            compared += 1
    if kind not in ("staff", "planner", "budget"):
        assert compared >= 2


@pytest.mark.parametrize("kind", PersonKind.values)
def test_every_figure_of_a_first_page_is_proved(kind: str, desk: SmallDesk) -> None:
    client = signed_in(somebody(kind, desk))
    page = client.get("/").content
    assert not without_proof(page)
    assert not charts_without_table(page) + marks_without_words(page)
    for address, _label in handles(page.decode()):
        told = program(client, address)
        assert told["differs"] == "", address
        assert told["rows_unseen"] == 0, address


@pytest.mark.parametrize("kind", PersonKind.values)
def test_no_menu_is_longer_than_can_be_seen_at_once(kind: str) -> None:
    placed = [page.menu_of for module in modules() for page in module.pages]
    placed += [resource.menu_of for resource in resources()]
    assert sum(kind in places for places in placed) + 2 <= MOST_ENTRIES
    assert parts_of("first_page", kind), "a kind of person without a first page"


def test_a_menu_names_only_kinds_that_there_are() -> None:
    known = set(kinds_of_person())
    assert known == set(PersonKind.values)
    for resource in resources():
        assert set(resource.menu_of) <= known
        assert resource.in_menu or not resource.menu_of, f"{resource} is among no registers"


@pytest.mark.parametrize("kind", PersonKind.values)
def test_menu_and_registers_hold_what_opens_and_nothing_else(kind: str, desk: SmallDesk) -> None:
    account = somebody(kind, desk)
    client, actor = signed_in(account), actor_of(account)
    registers = {entry.url for section in all_registers(actor) for entry in section.entries}
    menu = [entry.url for entry in short_menu(actor)]
    assert len(menu) == len(set(menu)) <= MOST_ENTRIES
    assert set(menu[1:-1]) <= registers
    page = client.get("/registers/").content.decode()
    for url in registers:
        assert client.get(url).status_code == 200, url
        assert f'href="{url}"' in page


def test_whoever_holds_nothing_is_not_lost(desk: SmallDesk) -> None:
    account = make(Account, username="newcomer", person=None)
    client = signed_in(account)
    assert actor_of(account).kind == "staff"
    page = client.get("/")
    assert page.status_code == 200
    assert "All registers" in page.content.decode()
    role = make(Role, code="custom", permissions=["places.*.view"])
    add_holding(actor=MAKER, account=account, role=role, unit=None)
    assert actor_of(account).kinds == ("staff",)


def test_several_kinds_are_switched_and_the_choice_is_kept(desk: SmallDesk) -> None:
    account = somebody("planner", desk)
    role = make(Role, code="budget", kind="budget", permissions=list(ROLES["budget"][1]))
    make(Holding, account=account, role=role, unit=None, starts_at="2020-01-01T00:00Z")
    client = signed_in(account)
    assert actor_of(account).kinds == ("planner", "budget", "staff")
    page = client.get("/").content.decode()
    assert page.count('name="kind"') == 3
    answer = client.post("/account/first-page/", {"kind": "budget"})
    assert answer["Location"] == "/"
    assert "Money by fund" not in page
    account.refresh_from_db()
    assert (account.first_page, actor_of(account).kind) == ("budget", "budget")
    assert 'href="/budgets/"' in signed_in(account).get("/registers/").content.decode()
    refused = client.post("/account/first-page/", {"kind": "cio"})
    assert refused.status_code == 422
    account.refresh_from_db()
    assert account.first_page == "budget"


def test_a_kind_whose_role_is_gone_is_no_longer_shown(desk: SmallDesk) -> None:
    account = somebody("cio", desk)
    signed_in(account).post("/account/first-page/", {"kind": "cio"})
    account.refresh_from_db()
    assert actor_of(account).kind == "cio"
    remove_holding(actor=MAKER, row=Holding.objects.get(account=account))
    assert actor_of(account).kind == "staff"


def test_registers_are_found_by_words(desk: SmallDesk) -> None:
    client = signed_in(somebody("operator", desk))
    page = main_of(client.get("/registers/", {"q": "site"}).content.decode())
    assert 'href="/places/sites/"' in page
    assert 'href="/access/roles/"' not in page
    nothing = client.get("/registers/", {"q": "unicorn"}).content.decode()
    assert "No register has these words" in nothing
    assert 'href="/search/?q=unicorn"' in nothing
    fragment = client.get("/registers/", {"q": "site"}, headers={"HX-Target": "section#registers"})
    assert b"<html" not in fragment.content


def test_the_palette_finds_what_the_menu_leaves_out(desk: SmallDesk) -> None:
    client = signed_in(somebody("staff", desk))
    found = client.get("/palette/", {"q": "duty"}).content.decode()
    assert "/places/duty-stations/" in found
    assert "/operation/jobs/" not in client.get("/palette/", {"q": "jobs"}).content.decode()


def test_delegates_reach_every_published_table_on_the_page_and_as_a_file(desk: SmallDesk) -> None:
    client = signed_in(somebody("delegate", desk))
    links = {unescape(link) for link in LINK.findall(client.get("/").content.decode())}
    tables = {link for link in links if re.fullmatch(r"/reports/tables/[\w-]+/", link)}
    assert len(tables) >= 13
    for table in tables:
        assert client.get(table).status_code == 200
    assert client.get("/reports/tables/unicorns/").status_code == 404
    assert Client().get("/reports/tables/").status_code == 302

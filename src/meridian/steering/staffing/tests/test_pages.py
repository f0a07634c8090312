"""The pages on posts: what they count, whom they refuse, and what a form writes."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from house.actors import signed_in, stage
from house.factory import make

from meridian.engine.policies import system_actor
from meridian.engine.tables.catalogue import Dataset
from meridian.registers.organisation.facade import ensure_root
from meridian.steering.staffing.commands import act_on_post
from meridian.steering.staffing.models import (
    DriverAmount,
    Establishment,
    JobTitle,
    Post,
    PostAction,
    Role,
    StaffingNorm,
)
from meridian.steering.staffing.offers import load_posts

DATA = Path(__file__).parents[2] / "budgets" / "data"
ACTOR = system_actor("tests")
PAGES = ("table", "chart", "changes", "gap")
pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return stage()


@pytest.fixture
def papers(house):
    assert ensure_root(actor=ACTOR) == house.here.pk
    load_posts(DATA / "baseline_2010", Dataset("aaaabbbb", "baseline_2010"), ACTOR)
    load_posts(DATA / "programme_2020", Dataset("ccccdddd", "programme_2020"), ACTOR)


def office() -> Establishment:
    return Establishment.objects.get(code="aaaabbbb:office")


def shown(client: Client, address: str) -> str:
    """The page, without the spaces that stand between its elements."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r">\s+<", "><", answer.content.decode())


@pytest.mark.parametrize("page", [*PAGES, "mapping"])
def test_pages_teach_when_there_is_nothing(house, page):
    shown(house.clients["lord"], f"/staffing/{page}/")


@pytest.mark.parametrize("page", PAGES)
def test_who_may_not_see_posts_is_refused(papers, house, page):
    address = f"/staffing/{page}/?of={office().pk}"
    assert house.clients["stranger"].get(address).status_code == 403
    assert house.clients["anonymous"].get(address).status_code == 302
    unseen, unknown = house.clients["elsewhere"].get(address), address.replace("of=", "of=9999")
    assert unseen.status_code == house.clients["elsewhere"].get(unknown).status_code == 422
    assert house.clients["right"].get(address).status_code == 200


@pytest.mark.parametrize(("day", "posts"), [("2010-01-01", 161), ("2010-12-31", 161), ("2011-01-01", 184)])
def test_the_boxes_of_the_chart_equal_the_table(papers, house, day, posts):
    query = f"?of={office().pk}&on={day}"
    table = shown(house.clients["lord"], f"/staffing/table/{query}")
    rows = re.findall(r'<tr class="(line|subtotal|total)[^"]*"><th scope="row">(.*?)</th>(.*?)</tr>', table)
    last = [(kind, int(re.findall(r'<td class="number">([^<]*)<', cells)[-1])) for kind, _name, cells in rows]
    assert last[-1] == ("total", posts)
    chart = shown(house.clients["lord"], f"/staffing/chart/{query}")
    boxes = [int(count) for count in re.findall(r'class="count">(\d+)<', chart)]
    assert sorted(boxes) == sorted(count for _kind, count in last)
    listed = [int(count) for count in re.findall(r"<b>(\d+)</b><br>", chart)]
    assert sorted(listed) == sorted(boxes)


def test_a_division_narrows_the_table_to_its_posts(papers, house):
    query = f"?of={office().pk}&on=2011-01-01&unit_code=infrastructure_management&grade=P-3"
    page = shown(house.clients["lord"], f"/staffing/table/{query}")
    numbers = re.findall(r'href="/staffing/posts/\d+/">', page)
    assert len(numbers) == 15


def test_changes_name_each_action(papers, house):
    page = shown(house.clients["lord"], f"/staffing/changes/?of={office().pk}&on=2011-01-01&since=2010-01-01")
    assert page.count("data-label") or "Establish" in page
    assert "<b>161</b>" in page
    assert "<b>184</b>" in page


@pytest.mark.parametrize("query", ["on=yesterday", "on=2011-01-01&since=2012-01-01"])
def test_a_day_that_is_none_is_refused(papers, house, query):
    answer = house.clients["lord"].get(f"/staffing/changes/?{query}")
    assert answer.status_code == 422


def test_the_gap_compares_model_and_posts(house):
    role = make(Role, code="agent", name={"en": "Desk agent"})
    make(StaffingNorm, role=role, driver="users", per_post=100, minimum_posts=2)
    title = make(JobTitle, name="Help desk assistant", role=role)
    post = make(Post, title=title, starts_on=date(2020, 1, 1))
    make(DriverAmount, establishment=post.establishment, driver="users", amount=250, starts_on="2020-01-01")
    page = shown(house.clients["lord"], f"/staffing/gap/?of={post.establishment.pk}&on=2020-06-01")
    assert "Desk agent" in page
    assert "2 posts short" in page


def test_a_form_acts_on_a_post_and_a_refusal_writes_nothing(house):
    post = make(Post)
    address = f"/staffing/posts/{post.pk}/act/"
    client = house.clients["lord"]
    assert client.get(address).status_code == 200
    given = {
        "kind": "reclassify",
        "effective_on": "2021-01-01",
        "reason": "More duties",
        "version": post.version,
    }
    refused = client.post(address, given | {"grade": post.grade})
    assert refused.status_code == 422
    assert "has this already" in refused.content.decode()
    assert PostAction.objects.filter(post=post).count() == 1
    assert client.post(address, given | {"grade": "P-4"}).status_code == 302
    assert "P-3 → P-4" in shown(client, f"/staffing/posts/{post.pk}/")
    assert client.post(address, given | {"grade": "P-5"}).status_code == 409


def test_who_only_reads_cannot_act(house):
    post = make(Post)
    answer = house.clients["auditor"].post(f"/staffing/posts/{post.pk}/act/", {"kind": "abolish"})
    assert answer.status_code == 403


def test_a_proposed_role_is_confirmed_by_a_button(house):
    make(Role, code="network", name={"en": "Network engineer"})
    title = make(JobTitle, name="Netwrk enginer II")
    client = house.clients["lord"]
    assert 'value="network"' in shown(client, "/staffing/mapping/")
    assert client.post(f"/staffing/mapping/{title.pk}/", {"role": "network"}).status_code == 302
    title.refresh_from_db()
    assert title.role.code == "network"
    assert client.post(f"/staffing/mapping/{title.pk}/", {"role": "cook"}).status_code == 404
    for name in ("stranger", "auditor"):
        assert house.clients[name].post(f"/staffing/mapping/{title.pk}/", {"role": ""}).status_code == 403


def test_queries_of_the_table_do_not_grow_with_posts(papers, house, django_assert_max_num_queries):
    client = signed_in(house.accounts["lord"])
    address = f"/staffing/table/?of={office().pk}&on=2011-01-01"
    client.get(address)
    with django_assert_max_num_queries(20):
        client.get(address)


def test_a_post_that_is_gone_offers_no_action(house):
    post = make(Post)
    act_on_post(actor=ACTOR, row=post, kind="abolish", effective_on=date(2024, 1, 1), changes={})
    assert "/act/" not in shown(house.clients["lord"], f"/staffing/posts/{post.pk}/")

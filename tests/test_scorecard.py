"""The scorecard: what modules offer to it stands among the statistics and on the first page."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.utils import timezone
from house.actors import Stage, signed_in, stage
from house.factory import MAKER, make
from house.figures import handles, program

from meridian.registers.access.models import Account, Holding, Role
from meridian.registers.organisation.models import Unit
from meridian.site.demo.roles import KINDS, ROLES
from meridian.steering.budgets import commands as budgets
from meridian.steering.staffing.models import Post
from meridian.work.projects.models import Project
from meridian.work.servicedesk.testing import small_desk, some_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Stage:
    house = stage()
    desk, today = small_desk(), timezone.localdate()
    some_item(desk, title="Mail is slow")
    for days, state in ((-1, "in_progress"), (0, "in_progress"), (9, "in_progress"), (-1, "draft")):
        ends_on = today + timedelta(days=days)
        make(Project, {Unit: house.here}, state=state, starts_on=today - timedelta(days=99), ends_on=ends_on)
    for starts_on in (today, today + timedelta(days=1)):
        make(Post, {Unit: house.here}, starts_on=starts_on)
    version = budgets.add_version(actor=MAKER, period_kind="year", start_year=2026)
    for amount in ("1000.25", "2000.25"):
        fund = "regular_budget" if amount == "1000.25" else "peacekeeping"
        budgets.add_line(
            actor=MAKER, budget_version=version, unit=house.here, fund=fund, base_usd=Decimal(amount)
        )
    return house


def test_the_scorecard_counts_and_leads_to_its_rows(house):
    client = house.clients["lord"]
    answer = client.get("/statistics/")
    page = answer.content.decode()
    assert "measured in the house" in page
    # A long number has the room of two: it never lies over its neighbour.
    assert page.count('class="tile wide"') == sum(
        len(tile.number) > 7 for tile in answer.context["scorecard"].context["tiles"]
    )
    tiles = answer.context["scorecard"].context["tiles"]
    figures = {str(tile.label): (tile.number, tile.url) for tile in tiles}
    numbers = {label: number for label, (number, _url) in figures.items()}
    assert numbers.pop(next(label for label in numbers if label.startswith("USD, "))) == "3,001"
    assert numbers == {
        "open requests in time": "1",
        "open requests late": "0",
        "posts that stand": "1",
        "USD booked as spent of it": "0",
        "projects on time": "2",
        "projects late": "1",
    }
    for label, (number, url) in figures.items():
        shown = client.get(url)
        assert shown.status_code == 200, url
        if not label.startswith("USD"):
            assert len(shown.context["table"].rows) == int(number), url
    scorecard = page[: page.index("Indicators by location group")]
    proved = handles(scorecard)
    assert len(proved) == len(figures)
    for url, label in proved:
        assert program(client, url)["differs"] == "", label


def test_the_scorecard_stands_first_for_the_head_of_all_ict_and_shows_nobody_what_is_not_theirs(house):
    role = make(Role, code="cio", kind=KINDS["cio"], permissions=list(ROLES["cio"][1]))
    chief = make(Account, username="chief-of-all")
    make(Holding, account=chief, role=role, unit=None, starts_at="2020-01-01T00:00Z")
    page = signed_in(chief).get("/").content.decode()
    assert "Scorecard" in page
    assert "projects late" in page
    reader = make(Account, username="reader")
    role = make(Role, code="reader", permissions=["reports.report.view"])
    make(Holding, account=reader, role=role, unit=None, starts_at="2020-01-01T00:00Z")
    assert "Scorecard" not in signed_in(reader).get("/statistics/").content.decode()


def test_posts_by_category_are_those_of_today(house):
    role = make(Role, code="planner", kind=KINDS["planner"], permissions=list(ROLES["planner"][1]))
    planner = make(Account, username="planner")
    make(Holding, account=planner, role=role, unit=None, starts_at="2020-01-01T00:00Z")
    page = signed_in(planner).get("/").content.decode()
    part = page[page.index("Posts that stand today, by category") :]
    (url, count), *others = re.findall(
        r'<th scope="row"><a href="([^"]+)">.*?<td class="number">([^<]+)<', part, re.S
    )
    assert (count, others) == ("1", [])
    assert len(signed_in(planner).get(unescape(url)).context["table"].rows) == 1

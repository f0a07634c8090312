"""The grid at its full size: what it shows, what it saves, and what it keeps of what was typed."""

import re
from decimal import ROUND_HALF_UP, Decimal
from html import unescape

import pytest
from house.confirming import confirmed
from house.factory import make

from meridian.engine.audit import trail
from meridian.engine.audit.models import Entry
from meridian.steering.budgets import commands
from meridian.steering.budgets.models import Activity, BudgetLine, Fund
from meridian.steering.budgets.tests.test_pages import ACTOR, address, cells, house, line, verb_of

__all__ = ["house", "line"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def full(house):
    """A version of 833 lines, some of which differ only in their activity."""
    version = commands.add_version(actor=ACTOR, period_kind="year", start_year=2027)
    activities = [value for value, _label in Activity.choices]
    units = [make(type(house.here), parent=house.here) for _ in range(34)]
    facts = [(unit, fund, activity) for unit in units for fund in Fund.values for activity in activities][
        :833
    ]
    with trail.entry("tests.fill", ACTOR):
        BudgetLine.objects.bulk_create(
            BudgetLine(budget_version=version, unit=unit, fund=fund, activity=activity, base_usd=1000)
            for unit, fund, activity in facts
        )
    return version


def sent_back(page: str, **typed: str) -> dict[str, str]:
    """What a browser posts of the grid: everything it shows, and what was typed."""
    inputs = re.findall(r'<input [^>]*?name="([a-z_]+-\d+|shown)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in inputs} | typed


def test_a_full_grid_shows_where_it_is_and_totals_everything(house, full, django_assert_max_num_queries):
    client = house.clients["lord"]
    client.get(address(full))
    with django_assert_max_num_queries(24):
        answer = client.get(address(full))
    page = answer.content.decode()
    assert "Lines 1–150 of 833" in page
    assert "Total of all 833 lines" in page
    assert "833,000" in page
    assert len(page.encode()) < 420_000
    last = client.get(f"{address(full)}?from=751").content.decode()
    assert "Lines 751–833 of 833" in last
    assert "833,000" in last
    assert client.get(f"{address(full)}?from=soon").status_code == 422
    assert client.get(f"{address(full)}?fund=gold").status_code == 422


def test_lines_that_look_alike_are_told_apart(house, full):
    page = house.clients["lord"].get(address(full)).content.decode()
    labels = re.findall(r'name="base_usd-\d+"[^>]*aria-label="([^"]*)"', page)
    assert len(labels) == 150
    assert len(set(labels)) == 150
    assert "Data centres, labour" in page


def test_only_what_changed_is_saved_and_every_page_can_be_reached(house, full, django_assert_max_num_queries):
    client, line = house.clients["lord"], full.lines.order_by("unit__code", "fund", "pk").first()
    page = client.get(address(full)).content.decode()
    form = sent_back(page, **{f"base_usd-{line.pk}": "2,500.50", "reason": "More lines", "then": "151"})
    assert len(form) < 1000
    with django_assert_max_num_queries(40):
        answer = client.post(address(full, "save/"), form)
    assert answer["Location"].endswith("?from=151")
    assert [row.version for row in full.lines.exclude(pk=line.pk)] == [1] * 832
    line.refresh_from_db()
    assert (line.base_usd, line.version) == (Decimal("2500.50"), 2)
    entry = Entry.objects.filter(command="budgets.budgetline.change_many").latest("pk")
    assert entry.reason == "More lines"
    unchanged = client.post(address(full, "save/"), sent_back(page), follow=True).content.decode()
    assert "Nothing was changed" in unchanged


@pytest.mark.parametrize(
    ("language", "typed"), [("fr", "1\u202f234,50"), ("ar", "١٬٢٣٤٫٥٠"), ("en", "1,234.50")]
)
def test_cells_pastes_and_percentages_are_read_as_their_page_prints_them(house, line, language, typed):
    version, client = line.budget_version, house.clients["lord"]
    options = {"headers": {"accept-language": language}}
    client.post(address(version, "save/"), cells(line, base_usd=typed, change_reason="x"), **options)
    line.refresh_from_db()
    assert line.base_usd == Decimal("1234.50")
    page = client.get(address(version), **options).content.decode()
    same = client.post(address(version, "save/"), sent_back(page), follow=True, **options)
    assert same.status_code == 200
    line.refresh_from_db()
    assert line.version == 2
    pasted = f"{house.here.code}\tregular_budget\t\t{typed}\t\t\t\tagain"
    client.post(address(version, "paste/"), {"pasted": pasted.replace("1", "2")}, **options)
    percent = {"fr": "2,5 %", "ar": "٢٫٥٪", "en": "2.5"}[language]
    confirmed(
        client, verb_of(version, "recost"), {"inflation_percent": percent, "together": "order"}, **options
    )
    line.refresh_from_db()
    assert line.inflation_usd == (line.base_usd * Decimal("0.025")).quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_what_could_mean_two_figures_is_refused_at_its_cell(house, line):
    version, client = line.budget_version, house.clients["lord"]
    french = {"headers": {"accept-language": "fr"}}
    answer = client.post(address(version, "save/"), cells(line, base_usd="1.234"), **french)
    assert answer.status_code == 422
    assert 'value="1.234"' in answer.content.decode()
    typed = {"inflation_percent": "beaucoup", "exchange_percent": "1,5", "together": "order"}
    answer = client.post(verb_of(version, "recost"), typed, **french)
    assert answer.status_code == 422
    assert 'value="1,5"' in answer.content.decode()
    answer = client.post(
        address(version, "paste/"), {"pasted": "HQ\tregular_budget\t\t1.234\t\t\t\tx"}, **french
    )
    assert answer.status_code == 422
    assert "1.234" in answer.content.decode()
    line.refresh_from_db()
    assert (line.base_usd, line.version) == (1000, 1)


def test_every_faulty_cell_is_marked_and_no_other_is_lost(house, full):
    client, lines = house.clients["lord"], list(full.lines.order_by("unit__code", "fund", "pk")[:4])
    page = client.get(address(full)).content.decode()
    typed = {
        f"base_usd-{lines[0].pk}": "many",
        f"other_usd-{lines[1].pk}": "5",
        f"technical_usd-{lines[2].pk}": "7",
        f"change_reason-{lines[2].pk}": "Fine",
        f"base_usd-{lines[3].pk}": "1,001",
    }
    answer = client.post(address(full, "save/"), sent_back(page, **typed))
    assert answer.status_code == 422
    told = answer.content.decode()
    assert told.count('aria-invalid="true"') == 3
    for words in ("“many” is no number", "a change needs its reason", "Another base needs a reason"):
        assert words in told
    for name, text in typed.items():
        assert re.search(rf'name="{name}" value="{text}"', told)
    assert not full.lines.exclude(version=1).exists()
    mended = {f"base_usd-{lines[0].pk}": "900", f"change_reason-{lines[1].pk}": "So", "reason": "New prices"}
    assert client.post(address(full, "save/"), sent_back(told, **mended)).status_code == 302
    assert full.lines.exclude(version=1).count() == 4


def test_a_change_by_somebody_else_is_shown_and_nothing_else_is_lost(house, full):
    client, (one, other) = house.clients["lord"], full.lines.order_by("unit__code", "fund", "pk")[:2]
    page = client.get(address(full)).content.decode()
    commands.change_line(actor=ACTOR, row=one, base_usd=Decimal(3), change_reason="Theirs")
    typed = {f"base_usd-{one.pk}": "4", f"base_usd-{other.pk}": "5", "reason": "Mine"}
    answer = client.post(address(full, "save/"), sent_back(page, **typed))
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "here stands “3” now" in told
    assert f'name="change_reason-{one.pk}" value="Theirs"' in told
    assert client.post(address(full, "save/"), sent_back(told, reason="Mine")).status_code == 302
    assert [line.base_usd for line in full.lines.filter(pk__in=(one.pk, other.pk)).order_by("base_usd")] == [
        4,
        5,
    ]
    gone = client.get(address(full)).content.decode()
    commands.remove_line(actor=ACTOR, row=one)
    told = client.post(address(full, "save/"), sent_back(gone, **{f"base_usd-{one.pk}": "77"}))
    assert told.status_code == 422
    assert "You typed: 77" in told.content.decode()


def test_a_line_of_another_unit_is_shown_without_inputs(house, line):
    commands.add_line(
        actor=ACTOR, budget_version=line.budget_version, unit=house.elsewhere, fund="regular_budget"
    )
    role_at_here = house.clients["right"].get(address(line.budget_version)).content.decode()
    assert f"base_usd-{line.pk}" in role_at_here
    assert role_at_here.count('name="base_usd-') == 1


@pytest.mark.parametrize(
    "shown", ["[]", '{"1":[]}', '{"1":[1,"NaN","0","0","0","x"]}', "{" * 5000, '{"x":1}']
)
def test_a_damaged_form_is_refused_in_words(house, line, shown):
    answer = house.clients["lord"].post(address(line.budget_version, "save/"), {"shown": shown})
    assert answer.status_code == 422
    assert "came back damaged" in answer.content.decode()


def test_a_paste_that_could_mean_two_lines_is_refused(house, line):
    commands.add_line(
        actor=ACTOR,
        budget_version=line.budget_version,
        unit=house.here,
        fund="regular_budget",
        function="infrastructure",
    )
    pasted = f"{house.here.code}\tregular_budget\t\t70\t\t\t\twhy"
    answer = house.clients["lord"].post(address(line.budget_version, "paste/"), {"pasted": pasted})
    assert answer.status_code == 422
    assert "could mean any of 2 lines" in answer.content.decode()

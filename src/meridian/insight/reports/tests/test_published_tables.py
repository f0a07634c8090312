"""The organisation's own paper: each printed figure equals a second, plain reading of the files."""

import contextlib
import json
import shutil
from decimal import Decimal

import pytest
from django.db import connection

from meridian.engine.policies import system_actor
from meridian.engine.printing.as_json import value_of
from meridian.engine.printing.formats import print_table
from meridian.engine.reading.data_files import BadCell
from meridian.engine.reading.printed import read_back
from meridian.engine.tables.adding import re_add
from meridian.engine.tables.catalogue import NotLoaded, printed_tables
from meridian.engine.tables.table import RowKind
from meridian.insight.reports.commands import load_folder
from meridian.insight.reports.models import Load
from meridian.insight.reports.queries import dataset_of, table_of
from meridian.insight.reports.tests import slow_reader
from meridian.insight.reports.tests.slow_reader import BIENNIA, OFFICE, PROGRAMME

MONEY = {
    OFFICE: (
        "projects-by-biennium",
        "funds-by-biennium",
        "objects-by-biennium",
        "benefits",
        "budget-by-fund",
    ),
    PROGRAMME: ("programme-resources", "programme-changes"),
}
FUNDS = ("regular_budget", "extrabudgetary", "peacekeeping", "peacekeeping_support_account")
ACTOR = system_actor("tests")
pytestmark = pytest.mark.django_db


def load(folder):
    dataset = dataset_of(folder)
    load_folder(actor=ACTOR, directory=folder, dataset=dataset)
    return dataset


def printed(name, folder, language="en"):
    return table_of(name, load(folder), language)


def figures(table):
    return {row.key: list(row.values) for row in table.rows}


def test_projects_by_biennium():
    table = printed("projects-by-biennium", OFFICE)
    expected = slow_reader.projects()
    wanted = {key: [line[column] for column in (*BIENNIA, "total")] for key, line in expected.items()}
    found = figures(table)
    three = [wanted[key] for key in expected if key not in ("office_strengthening", "total")]
    assert found.pop("transformation") == [sum(column) for column in zip(*three, strict=True)]
    assert found == wanted
    assert [row.key for row in table.rows][-3:] == ["transformation", "office_strengthening", "total"]
    assert [column.key for column in table.columns] == [*BIENNIA, "total"]


def test_funds_by_biennium_add_and_stay_within_a_step_of_the_key():
    table = printed("funds-by-biennium", OFFICE)
    found, exact = figures(table), slow_reader.funds_exact()
    whole = slow_reader.projects()["total"]
    assert found["total"] == [whole[column] for column in (*BIENNIA, "total")]
    for place in range(4):
        assert sum(found[fund][place] for fund in exact) == found["total"][place]
    for fund, line in exact.items():
        assert sum(found[fund][:3]) == found[fund][3]
        for column, value in zip((*BIENNIA, "total"), found[fund], strict=True):
            assert abs(value - Decimal(line[column].numerator) / line[column].denominator) < Decimal("0.1")
    assert list(found) == ["regular_budget", "peacekeeping_support_account", "extrabudgetary", "total"]


def test_objects_by_biennium():
    expected = slow_reader.objects()
    wanted = {key: [line[column] for column in (*BIENNIA, "total")] for key, line in expected.items()}
    assert figures(printed("objects-by-biennium", OFFICE)) == wanted


def test_budget_by_fund():
    table = printed("budget-by-fund", OFFICE)
    expected = slow_reader.entities()
    wanted = {key: [line.get(column, 0) for column in (*FUNDS, "total")] for key, line in expected.items()}
    assert figures(table) == wanted
    assert [column.key for column in table.columns] == [*FUNDS, "total"]


def test_benefits():
    table = printed("benefits", OFFICE)
    wanted = {
        key: [low, high, *(s[0] for s in shares.values()), *(s[1] for s in shares.values())]
        for key, (low, high, shares) in slow_reader.benefits().items()
    }
    assert figures(table) == wanted
    assert [column.key for column in table.columns][:3] == ["low", "high", "staff_labour_share_low"]


def test_programme_resources():
    table = printed("programme-resources", PROGRAMME)
    expected, found = slow_reader.resources(), figures(table)
    assert set(found) == set(expected)
    for key, line in found.items():
        for column, value in zip(table.columns, line, strict=True):
            fund, year = column.key.rsplit("_", 1)
            assert value == expected[key].get((fund, year), 0), (key, column.key)


def test_programme_changes():
    found = figures(printed("programme-changes", PROGRAMME))
    by_component, by_object = slow_reader.changes("component"), slow_reader.changes("major_object")
    whole = by_object.pop("total")
    assert found.pop("total") == whole
    assert found.pop("components") == [*whole[:-2], None, None]
    del by_component["total"]
    assert found == by_component | by_object


@pytest.mark.parametrize(("folder", "name"), [(folder, name) for folder in MONEY for name in MONEY[folder]])
def test_every_table_adds_in_every_format_and_language(folder, name, tmp_path):
    dataset = load(folder)
    for form, language in (
        ("xlsx", "fr"),
        ("docx", "ru"),
        ("pdf", "ar"),
        ("html", "zh"),
        ("csv", "es"),
        ("json", "en"),
    ):
        table = table_of(name, dataset, language)
        assert re_add(table) == []
        path = tmp_path / f"{name}.{form}"
        path.write_bytes(print_table(table, form, language))
        read = read_back(path)
        assert re_add(read, table.columns) == [], form
        assert [row.values for row in read.rows] == [row.values for row in table.rows], form


def test_json_has_the_agreed_shape():
    value = json.loads(json.dumps(value_of(printed("funds-by-biennium", OFFICE))))
    assert list(value) == ["name", "unit", "columns", "rows"]
    assert value["columns"] == [*BIENNIA, "total"]
    assert [list(row) for row in value["rows"]] == [["key", "level", "values"]] * 4
    assert value["rows"][-1] == {"key": "total", "level": 0, "values": [8535.4, 50697.6, 81442.3, 140675.3]}


def test_a_folder_is_loaded_once_and_a_changed_one_is_another(tmp_path):
    first = load(OFFICE)
    count = Load.objects.count()
    assert load_folder(actor=ACTOR, directory=OFFICE, dataset=first) == {}
    assert Load.objects.count() == count
    other = copied(tmp_path, "project_costs.csv", "383.2", "1383.2", 1)
    assert load(other) != first
    assert figures(table_of("projects-by-biennium", first, "en"))["total"][0] == Decimal("8535.4")
    assert figures(printed("projects-by-biennium", other))["total"][0] == Decimal("9535.4")


def copied(tmp_path, file, old, new, times=-1):
    folder = tmp_path / "folder"
    shutil.copytree(OFFICE, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, times), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("project_costs.csv", "383.2", "many", ("project_costs.csv", "line 2", "usd_thousand", "many")),
        ("project_costs.csv", "2010-2011", "2011-2012", ("line 2", "biennium", "even year")),
        ("project_costs.csv", "usd_thousand", "amount", ("line 1", "usd_thousand", "no such column")),
        ("project_costs.csv", "383.2", "383.2000001", ("line 2", "decimals")),
        ("ict_budget_by_fund.csv", ",regular_budget,", ",coffee_fund,", ("line 2", "fund", "coffee_fund")),
        ("funding_shares.csv", ",62", ",61", ("line 4", "share_percent", "99 per cent")),
        ("benefits.csv", "25.3", "15.3", ("line 2", "high_usd_million_per_year", "below")),
    ],
)
def test_a_faulty_cell_is_named_and_nothing_is_posted(tmp_path, file, old, new, words):
    folder = copied(tmp_path, file, old, new)
    with pytest.raises(BadCell) as caught:
        load(folder)
    assert all(word in str(caught.value) for word in (file, *words)), str(caught.value)
    assert Load.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_posting")
        assert cursor.fetchone() == (0,)


def test_a_table_without_rows_says_so():
    with pytest.raises(NotLoaded, match="baseline_2010"):
        printed("programme-changes", OFFICE)


GRADES = (
    "USG",
    "ASG",
    "D-2",
    "D-1",
    "P-5",
    "P-4",
    "P-3",
    "P-2/1",
    "GS-PL",
    "GS-OL",
    "SS",
    "TC",
    "FS",
    "NPO",
    "LL",
)
CATEGORIES = (
    *(
        "assistant_secretary_general",
        "director",
        "professional",
        "field_service_and_project",
        "general_service",
    ),
    *("local", "volunteer", "contractor"),
)
POST_CATEGORIES = ("professional_and_higher", "general_service", "other")


def in_order(keys, order):
    places = [order.index(key) for key in keys if key in order]
    return places == sorted(places)


def every_table():
    """Each named table of either data set, as it can be asked for."""
    found = {}
    for folder in (OFFICE, PROGRAMME):
        dataset = load(folder)
        for name in printed_tables():
            with contextlib.suppress(NotLoaded):
                found[name] = table_of(name, dataset, "en")
    return found


def test_ranks_stand_in_their_order_and_subtotals_under_the_key_of_their_group_in_every_table():
    tables = every_table()
    assert set(tables) == set(printed_tables())
    assert len(tables) >= 13
    ranked = 0
    for name, table in tables.items():
        for keys in ([row.key for row in table.rows], [column.key for column in table.columns]):
            for order in (GRADES, CATEGORIES, POST_CATEGORIES):
                assert in_order(keys, order), (name, keys)
                ranked += sum(key in order for key in keys) > 1
        sums = [row for row in table.rows if row.kind is RowKind.SUBTOTAL]
        assert "subtotal" not in {row.key for row in table.rows}, name
        assert len({row.key for row in sums}) == len(sums), name
    assert ranked >= 6
    assert {row.key for row in tables["posts-2011"].rows if row.kind is RowKind.SUBTOTAL} >= {
        "enterprise_management"
    }


def test_a_grade_that_was_listed_out_of_rank_stands_in_its_place(tmp_path):
    copy = tmp_path / OFFICE.name
    shutil.copytree(OFFICE, copy)
    for file in ("posts_approved.csv", "personnel_by_category.csv"):
        head, *lines = (copy / file).read_text().splitlines()
        (copy / file).write_text("\n".join([head, *reversed(lines)]) + "\n")
    dataset = load(copy)
    approved = table_of("posts-approved", dataset, "en")
    assert in_order([column.key for column in approved.columns], GRADES)
    assert approved.columns[0].key == "ASG"
    persons = table_of("personnel", dataset, "en")
    assert [column.key for column in persons.columns] == [*CATEGORIES, "total"]


def test_what_the_paper_prints_otherwise_is_named_beside_the_figure_and_in_json():
    table = printed("objects-by-biennium", OFFICE)
    shown = value_of(table)["notes"]
    assert [(note["figures"], note["text"]) for note in shown] == [
        (
            [{"row": "contractual_services", "column": "2010-2011"}],
            "A/65/491, table 19 prints 278.1; the tables of the projects add to 278.2.",
        ),
        (
            [{"row": "general_operating_expenses", "column": "2010-2011"}],
            "A/65/491, table 19 prints 1\u00a0705.0; the tables of the projects add to 1\u00a0704.9.",
        ),
    ]
    page = print_table(table, "html", "en").decode()
    assert "prints 278.1; the tables of the projects add to 278.2." in page
    assert "notes" not in value_of(printed("projects-by-biennium", OFFICE))


def test_another_data_set_has_no_footnote_of_the_paper(tmp_path):
    copy = tmp_path / OFFICE.name
    shutil.copytree(OFFICE, copy)
    file = copy / "project_costs.csv"
    text = file.read_text()
    assert "contractual_services,2010-2011,68.7" in text
    file.write_text(
        text.replace("contractual_services,2010-2011,68.7", "contractual_services,2010-2011,68.8")
    )
    notes = value_of(table_of("objects-by-biennium", load(copy), "en"))["notes"]
    assert [note["figures"][0]["row"] for note in notes] == ["general_operating_expenses"]

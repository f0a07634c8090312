"""The organisation's own papers, read again by the slowest means, give the printed tables."""

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest

from meridian.engine.policies import system_actor
from meridian.engine.printing.as_json import value_of
from meridian.engine.reading.data_files import BadCell
from meridian.engine.tables.catalogue import Dataset, NotLoaded, printed_tables
from meridian.steering.establishment.facade import YEAR_AFTER
from meridian.steering.staffing.models import Headcount, Post, PostAction
from meridian.steering.staffing.offers import load_posts
from meridian.steering.staffing.queries.states import states_on

DATA = Path(__file__).parents[2] / "budgets" / "data"
OFFICE, PROGRAMME = DATA / "baseline_2010", DATA / "programme_2020"
ACTOR = system_actor("tests")
pytestmark = pytest.mark.django_db


def loaded(folder: Path, key: str = "0123456789abcdef") -> Dataset:
    dataset = Dataset(key, folder.name)
    load_posts(folder, dataset, ACTOR)
    return dataset


RANKS = [
    *("USG", "ASG", "D-2", "D-1", "P-5", "P-4/3", "P-4", "P-3", "P-2/1", "P-2"),
    *("GS-PL", "GS-OL", "SS", "TC", "FS", "NPO", "LL", "UNV"),
    *("assistant_secretary_general", "director", "professional", "field_service_and_project"),
    *("general_service", "local", "volunteer", "contractor"),
]


def printed(name: str, dataset: Dataset) -> dict:
    return value_of(printed_tables()[name].table(dataset))


def read(path: Path) -> list[dict[str, str]]:
    with path.open() as stream:
        return list(csv.DictReader(stream))


def slowly(path: Path, down: str, across: str, value: str) -> tuple[list[str], list[list]]:
    """Columns and rows as a person would write them: subtotals after each division, the total last."""
    rows = read(path)
    columns = sorted(dict.fromkeys(row[across] for row in rows), key=RANKS.index)
    units = list(dict.fromkeys(row[down] for row in rows))

    def line(chosen: list[str]) -> list[int]:
        counts = [
            sum(int(row[value]) for row in rows if row[down] in chosen and row[across] == column)
            for column in columns
        ]
        return [*counts, sum(counts)]

    result = []
    for index, unit in enumerate(units):
        division = unit.split("/")[0] if "/" in unit else None
        result.append([unit, 2 if division else 1, line([unit])])
        following = units[index + 1] if index + 1 < len(units) else ""
        if division and following.split("/")[0] != division:
            members = [found for found in units if found.startswith(division + "/")]
            result.append([division, 1, line(members)])
    result.append(["total", 0, line(units)])
    return [*columns, "total"], result


def shown(table: dict) -> tuple[list[str], list[list]]:
    return table["columns"], [[row["key"], row["level"], row["values"]] for row in table["rows"]]


@pytest.mark.parametrize(
    ("name", "file", "across", "value", "total"),
    [
        ("posts-approved", "posts_approved.csv", ("unit", "grade"), "posts", 161),
        ("posts-2011", "posts_proposed_2011.csv", ("unit", "grade"), "posts", 184),
        ("personnel", "personnel_by_category.csv", ("entity", "category"), "persons", 4219),
    ],
)
def test_a_table_equals_its_paper(name, file, across, value, total):
    table = printed(name, loaded(OFFICE))
    assert shown(table) == slowly(OFFICE / file, *across, value)
    assert table["rows"][-1]["values"][-1] == total
    assert all(type(figure) is int for row in table["rows"] for figure in row["values"])


def test_the_changes_between_the_stages_lead_from_one_to_the_other():
    dataset = loaded(OFFICE)
    table = printed("post-changes-2011", dataset)
    changes: Counter = Counter()
    for file, sign in (("posts_approved.csv", -1), ("posts_proposed_2011.csv", 1)):
        for row in read(OFFICE / file):
            changes[row["unit"], row["grade"]] += sign * int(row["posts"])
            changes["total", row["grade"]] += sign * int(row["posts"])
    divisions = {unit.split("/")[0] for unit, _grade in changes if "/" in unit}
    for row in table["rows"]:
        if row["key"] not in divisions:
            expected = [changes[row["key"], grade] for grade in table["columns"][:-1]]
            assert row["values"] == [*expected, sum(expected)], row["key"]
    assert table["rows"][-1]["values"][-1] == 184 - 161
    assert {row["key"] for row in table["rows"]} == {unit for unit, _grade in changes} | divisions


def test_programme_posts_follow_the_listed_actions():
    dataset = loaded(PROGRAMME)
    before = Counter({row["grade"]: int(row["posts"]) for row in read(PROGRAMME / "posts_2019.csv")})
    change: Counter = Counter()
    for row in read(PROGRAMME / "post_changes_2020.csv"):
        if row["action"] != "transfer_in":
            change[row["from_grade"]] -= int(row["posts"])
        if row["to_grade"]:
            change[row["to_grade"]] += int(row["posts"])
    table = printed("programme-posts", dataset)
    assert table["columns"] == ["2019", "change", "2020"]
    lines = {row["key"]: row["values"] for row in table["rows"]}
    assert list(lines) == [*sorted(before, key=RANKS.index), "total"]
    for grade, count in before.items():
        assert lines[grade] == [count, change[grade], count + change[grade]]
    assert lines["total"] == [172, 11, 183]


def test_component_posts_follow_the_listed_actions():
    counts: Counter = Counter()
    for row in read(PROGRAMME / "posts_2019_by_component.csv"):
        counts[row["component"], row["category"]] += int(row["posts"])
    category = {row["grade"]: row["category"] for row in read(PROGRAMME / "posts_2019.csv")}
    for row in read(PROGRAMME / "post_changes_2020.csv"):
        if row["action"] != "transfer_in":
            counts[row["from_component"], category[row["from_grade"]]] -= int(row["posts"])
        if row["to_grade"]:
            counts[row["to_component"], category[row["to_grade"]]] += int(row["posts"])
    table = printed("component-posts", loaded(PROGRAMME))
    assert table["columns"] == ["professional_and_higher", "general_service", "other", "total"]
    for row in table["rows"][:-1]:
        expected = [counts[row["key"], column] for column in table["columns"][:-1]]
        assert row["values"] == [*expected, sum(expected)]
    assert table["rows"][-1]["values"][-1] == 183


def test_relocated_posts_are_where_the_paper_says():
    loaded(PROGRAMME)
    states = states_on(Post.objects.all(), YEAR_AFTER).values()
    abroad = Counter((state.duty_station, state.grade) for state in states if state.duty_station)
    assert abroad == {
        ("Vienna", "P-5"): 1,
        ("Bangkok", "P-5"): 1,
        ("Valencia", "LL"): 1,
        ("Valencia", "P-3"): 1,
    }


def test_a_second_import_changes_nothing():
    dataset = loaded(OFFICE)
    before = Post.objects.count(), PostAction.objects.count(), Headcount.objects.count()
    assert load_posts(OFFICE, dataset, ACTOR) == {"posts": 184, "post actions": before[1], "headcounts": 36}
    assert (Post.objects.count(), PostAction.objects.count(), Headcount.objects.count()) == before


def test_the_columns_of_a_post_are_its_last_state():
    loaded(PROGRAMME)
    states = states_on(Post.objects.all(), YEAR_AFTER)
    standing = Post.objects.filter(standing="standing")
    assert set(states) == set(standing.values_list("pk", flat=True))
    for post in standing:
        state = states[post.pk]
        assert (post.unit_code, post.grade, post.category) == (state.unit_code, state.grade, state.category)


def test_two_data_sets_of_one_name_stand_beside_each_other(tmp_path):
    first = loaded(OFFICE, "baseline_2010-0000aaaa")
    copy = altered(tmp_path, OFFICE, "posts_approved.csv", "TC,1", "TC,2")
    second = loaded(copy, "baseline_2010-1111bbbb")
    totals = [printed("posts-approved", found)["rows"][-1]["values"][-1] for found in (first, second)]
    assert totals == [161, 162]


def test_a_table_without_rows_says_so():
    with pytest.raises(NotLoaded):
        printed("posts-approved", loaded(PROGRAMME))


def altered(tmp_path: Path, folder: Path, file: str, old: str, new: str) -> Path:
    copy = tmp_path / folder.name
    shutil.copytree(folder, copy)
    text = (copy / file).read_text()
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1))
    return copy


@pytest.mark.parametrize(
    ("folder", "file", "old", "new", "line", "column"),
    [
        (OFFICE, "posts_approved.csv", "P-5,1", "P-5,one", 3, "posts"),
        (OFFICE, "posts_approved.csv", "P-5,1", "P-5,-1", 3, "posts"),
        (OFFICE, "posts_proposed_2011.csv", "unit,grade", "unit,rank", 1, "grade"),
        (OFFICE, "personnel_by_category.csv", "director,6", "director,6.5", 3, "persons"),
        (PROGRAMME, "post_changes_2020.csv", "redeploy,", "promote,", 2, "action"),
        (PROGRAMME, "post_changes_2020.csv", "GS-OL,,,1,", "GS-OL,,,99,", 10, "posts"),
        (
            PROGRAMME,
            "posts_2019.csv",
            "D-1,professional_and_higher,5",
            "D-1,professional_and_higher,6",
            1,
            "posts",
        ),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_loaded(tmp_path, folder, file, old, new, line, column):
    copy = altered(tmp_path, folder, file, old, new)
    with pytest.raises(BadCell) as fault:
        loaded(copy)
    assert (fault.value.line, fault.value.column) == (line, column)
    assert Post.objects.count() == 0


def test_an_altered_paper_gives_altered_tables(tmp_path):
    copy = altered(tmp_path, OFFICE, "posts_approved.csv", "TC,1", "TC,4\nnew_division/first,P-4,2")
    dataset = loaded(copy)
    assert shown(printed("posts-approved", dataset)) == slowly(
        copy / "posts_approved.csv", "unit", "grade", "posts"
    )
    assert printed("posts-2011", dataset)["rows"][-1]["values"][-1] == 184
    assert Post.objects.filter(standing="abolished").exists()

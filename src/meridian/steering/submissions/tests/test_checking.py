"""What must hold of a checked submission: every fault named with its place, and none invented."""

import random
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from meridian.engine.printing.formats import print_table
from meridian.engine.tables.specification import Axis, TableSpec, Unit
from meridian.steering.submissions.cli import check_submission
from meridian.steering.submissions.rules.checking import as_value, check, check_grid
from meridian.steering.submissions.rules.grid import Unreadable, figure, read_text

DATA = Path(__file__).parents[2] / "budgets" / "data"


def found(path: Path) -> set[tuple[str, str, object, object, str]]:
    return {
        (one["row"], one["column"], one["stated"], one["expected"], one["rule"])
        for one in (as_value(finding) for finding in check(path).findings)
    }


def written(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_published_shares_by_function_are_swapped_in_both_groups():
    headquarters, missions = "headquarters_and_offices", "missions"
    column = "share_percent_as_published"
    assert found(DATA / "baseline_2010") == {
        (f"{headquarters} / management_and_administration", column, 13, 29, "share"),
        (f"{headquarters} / solution_delivery", column, 29, 13, "share"),
        (f"{missions} / management_and_administration", column, 5, 8, "share"),
        (f"{missions} / solution_delivery", column, 8, 5, "share"),
    }


def test_no_false_alarm_on_the_programme_of_2020():
    assert check(DATA / "programme_2020").is_clean


BUDGET = """object,2010-2011,2012-2013,2014-2015,total,share_percent
posts,10.5,20,30,60.5,5.6
travel,5,6,12,23,2.1
subtotal,15.5,26,42,83.5,7.7
supplies,"1,000.5",6,(12),994.5,92.3
total,1016.0,32,30,1078,100
"""


def test_a_sound_table_has_no_finding(tmp_path):
    assert check(written(tmp_path, BUDGET)).is_clean


@pytest.mark.parametrize(
    ("right", "wrong", "finding"),
    [
        ("6,12,23", "6,12,24", ("travel", "total", 24, 23, "total_column")),
        ("15.5,26", "15.5,27", ("subtotal", "2012-2013", 27, 26, "subtotal_row")),
        ("32,30,1078", "32,31,1078", ("total", "2014-2015", 31, 30, "total_row")),
        ("23,2.1", "23,2.2", ("travel", "share_percent", 2.2, 2.1, "share")),
        ("1078,100", "1078,101", ("total", "share_percent", 101, 100, "share")),
        ("20,30,60.5", "2o,30,60.5", ("posts", "2012-2013", "2o", None, "number")),
    ],
)
def test_one_fault_is_one_finding(tmp_path, right, wrong, finding):
    assert right in BUDGET
    assert found(written(tmp_path, BUDGET.replace(right, wrong))) == {finding}


def test_a_wrong_fact_shows_in_its_row_and_its_column(tmp_path):
    path = written(tmp_path, BUDGET.replace("posts,10.5,20", "posts,10.5,21"))
    assert {(row, column) for row, column, *_ in found(path)} == {
        ("posts", "total"),
        ("subtotal", "2012-2013"),
        ("total", "2012-2013"),
    }


def test_growth_in_amounts_and_in_per_cent_with_decimal_commas(tmp_path):
    text = (
        "component;2019;2020;change;growth_percent\n"
        "one;100,0;110,0;10,0;10,0\n"
        "two;1 200,5;1 300,5;99,0;8,4\n"
        "total;1 300,5;1 410,5;110,0;8,5\n"
    )
    assert found(written(tmp_path, text)) == {
        ("two", "change", 99, 100, "growth_amount"),
        ("two", "growth_percent", 8.4, 8.3, "growth"),
    }


def test_variance_of_a_performance_report_counts_backwards(tmp_path):
    text = (
        "Support account\n(thousands of United States dollars)\n\n"
        "Category,Apportionment,Expenditure,Variance,%\n"
        "Posts,113 383.7,107 745.7,5 638.0,5.0\n"
        "Non-post,33 551.5,28 242.5,5 309.0,15.8\n"
        "Total,146 935.2,135 988.2,10 947.0,7.4\n"
    )
    assert found(written(tmp_path, text)) == {("Total", "%", 7.4, 7.5, "growth")}


def test_long_tables_have_totals_in_any_of_their_labels(tmp_path):
    text = (
        "entity,fund,usd_thousand\nhq,regular,10\nhq,extra,20\nhq,total,30\n"
        "field,regular,5\nfield,extra,7\nfield,total,12\n"
        "total,regular,15\ntotal,extra,28\ntotal,total,42\n"
    )
    assert found(written(tmp_path, text)) == {("total / extra", "usd_thousand", 28, 27, "total_row")}


def test_levels_name_the_parent_that_is_not_the_sum_of_its_children(tmp_path):
    text = (
        "key,level,label,2010,2011\nall,0,All,31,12\na,1,Division A,11,5\nu1,2,Unit 1,5,2\n"
        "u2,2,Unit 2,6,4\nb,1,Division B,20,6\nu3,2,Unit 3,20,6\n"
    )
    assert found(written(tmp_path, text)) == {("a / Division A", "2011", 5, 6, "level")}


def test_shares_of_a_parent_and_of_the_top(tmp_path):
    head = "key,level,amount,share_percent\n"
    of_top = "all,0,200,100\na,1,50,25\nu1,2,20,10\nu2,2,30,16\nb,1,150,75\nu3,2,150,75\n"
    of_parent = "all,0,200,100\na,1,50,25\nu1,2,20,40\nu2,2,30,61\nb,1,150,75\nu3,2,150,100\n"
    assert found(written(tmp_path, head + of_top)) == {("u2", "share_percent", 16, 15, "share")}
    assert found(written(tmp_path, head + of_parent)) == {("u2", "share_percent", 61, 60, "share")}


def test_a_pasted_table_is_checked_too():
    (grid,) = read_text("unit\tposts\na\t1\nb\t2\ntotal\t4\n", "pasted").grids
    (finding,) = check_grid(grid).findings
    assert (finding.line, finding.stated, finding.expected) == (4, 4, 3)


def test_the_column_law_of_a_programme_budget(tmp_path):
    head = (
        "component,appropriation,technical_adjustments,other_changes,total_change,change_percent,estimate\n"
    )
    rows = "a,1903.2,0,236.8,236.8,12.4,2140.0\nb,5764.4,0,(360.8),(360.8),-6.3,5403.6\n"
    tail = "c,7019.7,31.4,204.0,235.4,3.4,7255.2\ntotal,14687.3,31.4,80.0,111.4,0.8,14798.7\n"
    assert found(written(tmp_path, head + rows + tail)) == {("c", "estimate", 7255.2, 7255.1, "total_column")}


@pytest.mark.parametrize(
    ("sentence", "findings"),
    [
        ("Travel amounts to 23.0 million.", set()),
        ("Travel amounts to 25.0 million.", {("travel", "total", 25, 23, "text")}),
        ("For 2012-2013, travel is put at 7 million.", {("travel", "2012-2013", 7, 6, "text")}),
        ("In A/65/491 of 2010, travel was discussed on 14 pages in 3 places.", set()),
        ("The total is 1,079 million.", {("total", "total", 1079, 1078, "text")}),
        (
            "Travel has a share of 2.1 per cent, posts of 5.7 per cent.",
            {("posts", "share_percent", 5.7, 5.6, "text")},
        ),
        ("Nothing in the table answers to 17 desks.", set()),
    ],
)
def test_figures_of_the_text_are_compared_with_the_table(tmp_path, sentence, findings):
    written(tmp_path, BUDGET.replace("object,", "usd million,"))
    written(tmp_path, f"# Costs\n\n{sentence}\n", "table.md")
    assert found(tmp_path) == findings


def test_workbooks_are_checked_on_every_sheet_at_their_lines(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["unit", "posts"])
    sheet = book.create_sheet("Costs")
    for row in (["Costs of 2010"], [], ["unit", "cost"], ["a", 0.1], ["b", 0.2], ["total", 0.4]):
        sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    (finding,) = check(tmp_path / "book.xlsx").findings
    assert as_value(finding) == {
        "file": "book.xlsx [Costs]",
        "row": "total",
        "line": 6,
        "column": "cost",
        "stated": 0.4,
        "expected": 0.3,
        "rule": "total_row",
    }


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6), st.sampled_from(["csv", "xlsx"]))
def test_what_the_house_prints_passes_and_one_changed_cell_does_not(tmp_path_factory, seed, form):
    source = random.Random(seed)
    down = tuple(f"row {letter}" for letter in "abcdef")
    specification = TableSpec(
        name="printed",
        title="Printed",
        unit=Unit("USD thousand", 1, 1),
        down=Axis(down),
        across=Axis(("2010", "2012-2013")),
        groups={"row a": ("one",), "row b": ("one",), "row d": ("two",), "row e": ("two",)},
    )
    amounts = [
        (row, column, Decimal(source.randint(-9999, 99999)) / 10)
        for row in down
        for column in ("2010", "2012-2013")
    ]
    path = tmp_path_factory.mktemp("printed") / f"printed.{form}"
    path.write_bytes(print_table(specification.lay_out(amounts), form))
    assert check(path).is_clean
    if form == "csv":
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        cells = lines[-1].split(",")
        cells[-1] = str(Decimal(cells[-1]) + 1)
        path.write_text("\n".join([*lines[:-1], ",".join(cells)]))
        assert {finding.row for finding in check(path).findings} == {"total / Total"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234.5", "1234.5"),
        ("(1\u00a0234.5)", "-1234.5"),
        ("–", "0"),
        ("12.5%", "12.5"),
        ("1,234,567", "1234567"),
        ("−3", "-3"),
        ("17.2a", "17.2"),
    ],
)
def test_figures_are_read_as_they_are_printed(text, value):
    assert figure(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "2010-2011", "12o5", "A/65/491", "P-4", "1.2.3"])
def test_what_is_no_figure_is_not_read_as_one(text):
    assert figure(text) is None


def test_what_is_no_table_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(Unreadable, match="no file"):
        check(tmp_path / "absent.csv")
    with pytest.raises(Unreadable, match="no table"):
        check(tmp_path)
    (tmp_path / "broken.xlsx").write_bytes(b"PK nothing")
    with pytest.raises(Unreadable, match="no whole XLSX workbook"):
        check(tmp_path / "broken.xlsx")
    (tmp_path / "binary.csv").write_bytes(b"a\0b")
    with pytest.raises(Unreadable, match="no text"):
        check(tmp_path / "binary.csv")
    with pytest.raises(Unreadable, match="headings and rows"):
        check(written(tmp_path, "", "empty.csv"))


def test_what_a_workbook_does_not_say_is_a_finding_and_not_an_empty_cell(tmp_path):
    book = openpyxl.Workbook()
    for row in (["object", "2019", "total"], ["posts", 10, "=B2"], ["travel", "#REF!", 5], ["total", 15, 15]):
        book.active.append(row)
    book.save(tmp_path / "table.xlsx")
    assert {
        (found.line, found.column)
        for found in check(tmp_path / "table.xlsx").findings
        if found.rule == "number"
    } == {
        (2, "total"),
        (3, "2019"),
    }


def test_a_quoted_line_break_leaves_the_numbers_of_lines_true():
    (grid,) = read_text('object,2019\n"posts\nall",1\ntravel,2\n', "pasted").grids
    assert [line.number for line in grid.lines] == [2, 4]


def test_the_command_prints_findings_and_faults(tmp_path):
    runner = CliRunner()
    path = str(DATA / "baseline_2010" / "budget_by_function.csv")
    assert runner.invoke(check_submission, [path]).output.endswith("Discrepancies: 4.\n")
    assert '"findings": [' in runner.invoke(check_submission, [path, "--json"]).output
    sound = str(DATA / "baseline_2010" / "funding_shares.csv")
    assert runner.invoke(check_submission, [sound]).output == "Everything adds up.\n"
    refused = runner.invoke(check_submission, [str(tmp_path / "absent.csv")])
    assert refused.exit_code == 1
    assert "There is no file or folder" in refused.output

"""A checker that can't read says so: every cell is read, whatever its notation, or named as unread."""

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from meridian.kernel.notation import print_amount, print_number, print_percent
from meridian.steering.submissions.cli import check_submission
from meridian.steering.submissions.rules.checking import Report, check

LANGUAGES = ("en", "fr", "es", "ru", "zh-hans", "ar")
TOTALS = {
    "en": [
        "Total",
        "Total missions",
        "Missions total",
        "Grand total",
        "Total, missions",
        "Overall total missions",
    ],
    "fr": ["Total", "Total général", "Total des missions"],
    "es": ["Total", "Total general", "Total de misiones"],
    "ru": ["Итого", "Всего по миссиям", "Итого расходов"],
    "zh-hans": ["共计", "合计", "特派团共计"],
    "ar": ["المجموع", "المجموع الكلي", "المجموع للبعثات"],
}
SUBTOTALS = [
    "Subtotal",
    "Subtotal missions",
    "Sub-total posts",
    "Sous-total missions",
    "小计",
    "Промежуточный итог",
]
READ = {
    "1'000": 1000, "1’000.5": "1000.5", "US$ 5": 5, "$5": 5, "USD 5": 5, "5 USD": 5, "€ 5": 5, "–1000": -1000,
    "−5": -5, "1E+03": 1000, "1.5e3": 1500, "١٬٠٠٠": 1000, "١٠٠٠": 1000, "۱۰۰۰": 1000, "１０００": 1000,
    "(1,000)": -1000, "( 5 )": -5, "1 000": 1000, "1\u00a0000": 1000, "1\u202f000": 1000, "1\u2009000": 1000,
    "+5": 5, "5-": -5, "\u200e-5": -5, "1,234,567.5": "1234567.5", "17.2a": "17.2", "12 a/": 12, "5*": 5,
    "—": 0,
}  # fmt: skip
UNREAD = (
    "#REF!", "#DIV/0!", "#N/A", "#VALUE!", "=B2+B3", "=SUM(B2:B3)", "1.234.5", "1,23,4", "1 23 4", "10%%",
    "٣5", "--5", "5..0", "1,2,3.4", "1 000,5", "US$ US$ 5", "5 000 00",
)  # fmt: skip
WORDS = ("12o5", "about 5", "5 million", "see note", "tbd", "10k")


def report(folder: Path, text: str, encoding: str = "utf-8") -> Report:
    path = folder / "table.csv"
    path.write_bytes(text.encode(encoding))
    return check(path)


def named(found: Report) -> set[tuple[int, str, str]]:
    return {(cell.line, cell.column, cell.text) for cell in found.unread}


@pytest.mark.parametrize("text", READ)
def test_a_figure_in_any_notation_is_added(tmp_path: Path, text: str):
    value = Decimal(READ[text])
    rows = f"unit\tcost\na\t{text}\nb\t1\nc\t7.5\n"
    assert report(tmp_path, f"{rows}total\t{value + Decimal('8.5')}\n").is_clean
    wrong = report(tmp_path, f"{rows}total\t{value + Decimal('9.5')}\n")
    assert [(one.line, one.expected) for one in wrong.findings] == [(5, value + Decimal("8.5"))]
    assert wrong.unread == []


@pytest.mark.parametrize("text", [*UNREAD, *WORDS])
def test_a_cell_among_figures_that_has_no_reading_is_named(tmp_path: Path, text: str):
    found = report(tmp_path, f"unit\tcost\na\t{text}\nb\t1.5\nc\t2.5\ntotal\t9.5\n")
    assert named(found) == {(2, "cost", text)}
    assert all(cell.why and cell.file == "table.csv" for cell in found.unread)


@pytest.mark.parametrize("text", [text for text in UNREAD if text != "1 000,5"])
def test_a_column_of_nothing_but_unread_figures_is_not_taken_for_labels(tmp_path: Path, text: str):
    found = report(tmp_path, f"unit\tkind\tcost\tnote\na\tx\t{text}\tfirst\nb\ty\t{text}\tsecond\n")
    assert named(found) == {(2, "cost", text), (3, "cost", text)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_each_language_prints_is_read_and_added(tmp_path: Path, language: str):
    parts = [Decimal("1234567.5"), Decimal("-98765.4"), Decimal("1000.1"), Decimal("0.2")]
    shares = [Decimal("60.5"), Decimal("39.5")]
    for show in (print_number, print_amount):
        shown = [show(part, language) for part in [*parts, sum(parts)]]
        rows = "\n".join(
            f"{label}\t{text}" for label, text in zip(["a", "b", "c", "d", "total"], shown, strict=True)
        )
        assert report(tmp_path, f"unit\tcost\n{rows}\n").is_clean
        wrong = show(sum(parts) + 1, language)
        found = report(tmp_path, f"unit\tcost\n{rows.replace(shown[-1], wrong)}\n")
        assert [one.expected for one in found.findings] == [sum(parts)]
        assert found.unread == []
    percents = "\n".join(
        f"{label}\t{print_percent(share, language)}" for label, share in zip("ab", shares, strict=True)
    )
    assert report(
        tmp_path, f"unit\tshare\n{percents}\ntotal\t{print_percent(Decimal(100), language)}\n"
    ).is_clean


@pytest.mark.parametrize("label", [*(label for labels in TOTALS.values() for label in labels), *SUBTOTALS])
def test_a_total_is_known_by_its_word_with_a_name_beside_it(tmp_path: Path, label: str):
    rows = "unit\tcost\nAlpha\t1\nBeta\t2\nGamma\t4\n"
    assert report(tmp_path, f"{rows}{label}\t7\n").is_clean
    assert [(one.line, one.expected) for one in report(tmp_path, f"{rows}{label}\t8\n").findings] == [(5, 7)]


def test_headings_of_two_rows_are_one(tmp_path: Path):
    heads = "\t2019\t\t2020\t\nunit\tposts\tcost\tposts\tcost\n"
    found = report(tmp_path, f"{heads}a\t1\t10\t2\t20\nb\t1\t30\t2\t40\ntotal\t2\t40\t4\t61\n")
    assert [(one.column, one.stated, one.expected) for one in found.findings] == [("2020 cost", 61, 60)]
    assert found.unread == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_an_encoding_hides_nothing(tmp_path: Path, encoding: str):
    found = report(tmp_path, "unité;coût\nRéserve;1 000,5\nŒuvre;2,5\ntotal;1 004,0\n", encoding)
    assert [(one.line, one.column, one.expected) for one in found.findings] == [
        (4, "coût", Decimal("1003.0"))
    ]


def test_two_decimal_signs_in_one_table_are_not_both_believed(tmp_path: Path):
    found = report(tmp_path, "unit\tcost\na\t1,5\nb\t2,5\nc\t3.5\ntotal\t7,5\n")
    assert named(found) == {(4, "cost", "3.5")}


def test_a_figure_outside_of_the_headings_is_named(tmp_path: Path):
    found = report(tmp_path, "5.5\t6.5\nunit\tcost\na\t1\t99\nb\t2\ntotal\t3\n")
    assert named(found) == {(1, "1", "5.5"), (1, "2", "6.5"), (3, "3", "99")}


def test_a_file_without_a_table_among_others_is_named(tmp_path: Path):
    (tmp_path / "bare.csv").write_text("1\t2\n3\t4\n")
    found = check_folder(tmp_path, "unit\tcost\na\t1\ntotal\t1\n")
    assert {cell.file for cell in found.unread} == {"bare.csv"}


def check_folder(folder: Path, text: str) -> Report:
    (folder / "table.csv").write_text(text)
    return check(folder)


def test_labels_with_digits_are_no_figures(tmp_path: Path):
    text = (
        "code\tunit\tperiod\tnote\tcost\n1.2.3\tUnit 1\t2010-2011\tA/65/491\t1\n1.2.4\tP-4\t2011-2012\t–\t2\n"
    )
    assert report(tmp_path, text).is_clean


def test_a_workbook_names_formulas_without_values_errors_and_dates_by_sheet_and_line(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.title = "First"
    book.active.append(["unit", "cost"])
    sheet = book.create_sheet("Costs")
    for row in (
        ["unit", "2019", "2020"],
        ["a", 1, "=B2"],
        ["b", "#REF!", 2],
        ["c", "1'000", "US$ 5"],
        ["total", 1001, 7],
    ):
        sheet.append(row)
    book.save(tmp_path / "table.xlsx")
    found = check(tmp_path / "table.xlsx")
    assert {(cell.sheet, cell.line, cell.column) for cell in found.unread} == {
        ("Costs", 2, "2020"),
        ("Costs", 3, "2019"),
    }


def test_the_command_ends_with_1_and_says_what_was_found_and_what_was_not_read(tmp_path: Path):
    run = CliRunner().invoke
    path = tmp_path / "table.csv"
    path.write_text("unit\tcost\na\t1\nb\t#REF!\nc\t3\ntotal\t9\n")
    told = run(check_submission, [str(path)])
    assert told.exit_code == 1
    assert "table.csv, line 3, cost: “#REF!” is not read: an error of the workbook" in told.output
    assert "adds up" not in told.output
    shown = run(check_submission, [str(path), "--json"])
    assert shown.exit_code == 1
    assert json.loads(shown.output)["unread"] == [
        {
            "file": "table.csv", "sheet": "", "line": 3, "column": "cost", "text": "#REF!",
            "why": "an error of the workbook stands where a figure should",
        }
    ]  # fmt: skip
    path.write_text("unit\tcost\na\t1\nb\t2\ntotal\t9\n")
    assert run(check_submission, [str(path)]).exit_code == 1
    path.write_text("unit\tcost\na\t1\nb\t2\ntotal\t3\n")
    sound = run(check_submission, [str(path), "--json"])
    assert (sound.exit_code, json.loads(sound.output)) == (0, {"findings": [], "unread": []})

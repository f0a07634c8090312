"""A corpus of bad files: each is read right, or refused with its place, in bounded time and memory."""

import datetime
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from meridian.engine.sheets import limits
from meridian.engine.sheets.cells import Kind, column_of, letters
from meridian.engine.sheets.faults import Unreadable
from meridian.engine.sheets.reading import read_sheets
from meridian.engine.sheets.table import read_table
from meridian.engine.sheets.tests.samples import HEAD, far_columns, packed, swollen_string, workbook

WORDS = some.text(some.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)


def rows(name: str, content: bytes) -> list[list[str]]:
    table = read_table(name, content)
    assert table.faults == []
    return [[cell.text for cell in line.cells.values()] for line in table.lines]


def faults(name: str, content: bytes) -> list[tuple[int, str, str]]:
    """Line, column and sentence of whatever is wrong with a file."""
    try:
        found = read_table(name, content).faults
    except Unreadable as fault:
        found = [fault]
    return [(fault.line, fault.column, str(fault)) for fault in found]


def made(fill, sheets=("S",)) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in sheets:
        fill(book.create_sheet(name))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


TABLE = [["code", "name"], ["007", "Zürich; №"], ["B", "東京"]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_separator_and_unicode_encoding_is_read(separator, encoding, end):
    text = end.join(separator.join(f'"{cell}"' for cell in row) for row in TABLE) + end
    assert rows("x.csv", text.encode(encoding)) == TABLE[1:]


def test_the_separator_that_a_spreadsheet_declares_is_taken_and_lines_stay_true():
    assert faults("x.csv", b"sep=;\ncode;name\nA\n")[0][0] == 3


@pytest.mark.parametrize("encoding", ["latin-1", "cp1251", "gbk"])
def test_an_encoding_that_cannot_be_told_is_refused_with_its_line(encoding):
    text = {"latin-1": "Zürich", "cp1251": "Москва", "gbk": "东京"}[encoding]
    (fault,) = faults("x.csv", f"code,name\nA,a\nB,{text}\n".encode(encoding))
    assert fault[0] == 3
    assert "UTF-8" in fault[2]


@pytest.mark.parametrize("content", [b"code,name\nA\0,bc\nD,e\n", b"a\0bc", b"a\0b"])
def test_a_stray_zero_byte_does_not_make_another_encoding(content):
    assert "NUL" in faults("x.csv", content)[0][2]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("", 0, "", "nothing"),
        ("\n\n  ,\n", 0, "", "nothing"),
        ("code,code\nA,b\n", 1, "", "2 columns are headed “code”"),
        ("code,,name\nA,x,b\n", 2, "2", "no heading"),
        ("code,name\nA\n", 2, "", "fewer cells (1)"),
        ("code,name\nA,b,c\n", 2, "3", "no heading"),
        ('code,name\n"A\nB",b\nC\n', 4, "", "fewer cells (1)"),
        ('code,name\nA,"b\n', 2, "", "quotation mark"),
        ('code,name\nA,"b"c\n', 2, "", "quotation mark"),
        ("code,name\nA,b\0\n", 2, "", "NUL"),
        ("code\n" + "x" * (limits.MOST_CELL_CHARACTERS + 1), 2, "", "characters"),
        ("," * (limits.MOST_CELLS * 4 + 1), 0, "", "filled cells"),
        ("code\n" + "x\n" * (limits.MOST_ROWS + 1), 0, "", "lines"),
        (",".join(map(str, range(limits.MOST_COLUMNS + 1))), 1, "", "at most"),
    ],
    ids=range(14),
)
def test_a_text_that_is_no_certain_table_is_refused_with_its_place(text, line, column, words):
    (fault,) = faults("x.csv", text.encode())
    assert fault[:2] == (line, column)
    assert words in fault[2]


def test_trailing_separators_and_blank_lines_are_no_fault():
    assert rows("x.csv", b"code,name,,\n\nA,b,,\n,,,\nC,d\n") == [["A", "b"], ["C", "d"]]


def test_quoted_line_breaks_leave_the_numbers_of_lines_true():
    table = read_table("x.csv", b'code,name\n"A\nB",b\n\nC,d\n')
    assert [line.number for line in table.lines] == [2, 5]


@given(some.lists(some.tuples(WORDS, WORDS), min_size=1, max_size=5), some.sampled_from(",;\t|"))
def test_what_is_quoted_is_read_back_as_it_was(pairs, separator):
    quoted = [[f'"{word.replace(chr(34), chr(34) * 2)}"' for word in pair] for pair in pairs]
    text = "\n".join(separator.join(row) for row in [["one", "two"], *quoted])
    found = [
        [cell.text for cell in row.cells.values()] for row in read_sheets("x.csv", text.encode())[0].rows
    ]
    assert found == [["one", "two"], *map(list, pairs)]


def test_cells_of_a_workbook_have_their_kinds():
    def fill(sheet):
        sheet.append(["text", "number", "padded", "share", "day", "instant", "time", "truth"])
        day, instant = datetime.date(2026, 1, 31), datetime.datetime(2026, 1, 31, 12, 30)  # noqa: DTZ001
        sheet.append(["007", 0.1 + 0.2, 7, 0.25, day, instant, datetime.time(9, 5), True])
        sheet["C2"].number_format, sheet["D2"].number_format = "000", "0.0%"

    line = read_table("x.xlsx", made(fill)).lines[0]
    assert [(cell.text, cell.kind) for cell in line.cells.values()] == [
        ("007", Kind.TEXT),
        ("0.3", Kind.NUMBER),
        ("007", Kind.NUMBER),
        ("0.25", Kind.NUMBER),
        ("2026-01-31", Kind.DATE),
        ("2026-01-31T12:30:00", Kind.DATE),
        ("09:05:00", Kind.DATE),
        ("true", Kind.BOOLEAN),
    ]
    assert line.cells["share"].is_percent


@pytest.mark.parametrize(
    ("value", "words"), [("=1+1", "formula"), ("#REF!", "#REF!"), ("#DIV/0!", "#DIV/0!"), ("#N/A", "#N/A")]
)
def test_a_formula_without_value_and_an_error_are_named_with_their_place(value, words):
    def fill(sheet):
        sheet.append(["code", "amount"])
        sheet.append(["A", 1])
        sheet.append([None, None])
        sheet.append(["B", value])

    (fault,) = faults("x.xlsx", made(fill))
    assert fault[:2] == (4, "amount")
    assert words in fault[2]


def test_a_formula_is_read_by_the_value_that_the_workbook_keeps():
    found = rows("x.xlsx", workbook(f'{HEAD}<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'))
    assert found == [["2"]]


def test_merged_cells_are_refused_with_their_range():
    def fill(sheet):
        for row in TABLE:
            sheet.append(row)
        sheet.merge_cells("A2:A3")

    assert "A2:A3" in faults("x.xlsx", made(fill))[0][2]


def test_of_several_sheets_one_must_be_named_and_blank_ones_do_not_count():
    def fill(sheet):
        if sheet.title != "Blank":
            sheet.append(["code"])
            sheet.append([sheet.title])

    content = made(fill, ("Blank", "One", "Two"))
    assert "One, Two" in faults("x.xlsx", content)[0][2]
    assert [line.cells["code"].text for line in read_table("x.xlsx", content, "Two").lines] == ["Two"]
    with pytest.raises(Unreadable, match="One, Two"):
        read_table("x.xlsx", content, "Three")
    assert "nothing" in faults("x.xlsx", made(fill, ("Blank",)))[0][2]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no whole XLSX"),
        (b"PK\x03\x04 cut", "no whole XLSX"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "password"),
        (packed({"a.txt": "a"}), "no whole XLSX"),
        (workbook(HEAD)[:-40], "no whole XLSX"),
        (workbook("<row"), "no whole XLSX"),
        (workbook(HEAD + '<row r="2"><c r="A2" t="s"><v>9</v></c></row>'), "no whole XLSX"),
        (workbook(HEAD + '<row r="1"><c r="A1"><v>9</v></c></row>'), "no whole XLSX"),
        (workbook(HEAD + '<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>2</v></c></row>'), "no whole XLSX"),
        (workbook(HEAD, after="<a>" * 100 + "</a>" * 100), "no whole XLSX"),
        (workbook(HEAD, prologue='<!DOCTYPE x [<!ENTITY a "aaaa">]>'), "no whole XLSX"),
        (far_columns(10), "at most 1000 cells"),
        (swollen_string(limits.MOST_UNPACKED_BYTES + 1), "swells"),
        (swollen_string(limits.RATIO_COUNTS_FROM_BYTES + 1), "swells"),
        (swollen_string(limits.MOST_CELL_CHARACTERS + 1), "characters"),
        (workbook(HEAD + '<row r="2">' + "<c/>" * limits.MOST_CELLS + "</row>"), "swells"),
        (workbook(HEAD + '<row r="2"><c r="A2" t="inlineStr"><is><t>_x0000_</t></is></c></row>'), "no text"),
    ],
    ids=range(17),
)
def test_a_damaged_or_hostile_workbook_is_refused_in_words(content, words):
    assert words in faults("x.xlsx", content)[0][2]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("{}", 1, "list of objects"),
        ("[1]", 1, "object in braces"),
        ('[\n{"a": 1},\n{"a": }]', 3, "whole JSON"),
        ('[\n{"a": 1}\n', 3, "list of objects"),
        ('[{"a": 1}] x', 1, "list of objects"),
        ('[\n{"a": 1, "a": 2}]', 2, "twice"),
        ('[{"a": NaN}]', 1, "NaN"),
        ('[{"a": ' + "[" * 100_000 + "]" * 100_000 + "}]", 1, "nested"),
        ('[{"a": [1e999]}]', 1, "beyond"),
        ("[" + "[]," * (limits.MOST_CELLS * 2 + 1) + "]", 0, "filled cells"),
        ('[\n\n{"a": "\\ud800"}]', 3, "no text"),
        ('[{"a": "\\u0000"}]', 1, "no text"),
    ],
    ids=range(12),
)
def test_json_that_is_no_list_of_rows_is_refused_with_its_line(text, line, words):
    (fault,) = faults("x.json", text.encode())
    assert fault[0] == line
    assert words in fault[2]


def test_numbers_in_json_keep_every_digit():
    table = read_table("x.json", b'[{"a": 12345678901234567890.10, "b": null, "c": true, "d": {"e": [1]}}]')
    assert [cell.text for cell in table.lines[0].cells.values()] == [
        "12345678901234567890.10",
        "",
        "true",
        '{"e": [1]}',
    ]


@given(some.integers(1, 20_000))
def test_letters_of_columns_read_back(number):
    assert column_of(f"{letters(number)}12") == number

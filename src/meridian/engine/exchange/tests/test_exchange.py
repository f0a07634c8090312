"""What goes out comes in again; what comes in is taken whole or not at all."""

import datetime
import io
import json

import openpyxl
import pytest
from house.factory import MAKER, make
from house.nouns import Account, Affiliation, Country, Holding, Person, Region, keeper, region, unit
from hypothesis import given, settings
from hypothesis import strategies as some

from meridian.engine.audit.models import Entry
from meridian.engine.commands import Refusal
from meridian.engine.exchange.files import read_file, write_rows
from meridian.engine.exchange.transfer import export_rows, import_rows
from meridian.engine.exchange.values import headings
from meridian.engine.resources import resource_of
from meridian.kernel.formula_guard import STARTS

REGIONS = resource_of(Region)
CATEGORY = Affiliation._meta.get_field("category").flatchoices[0][0]
HOSTILE = [
    "=1+1", "+cmd", "-2+3", "@SUM(A1)", "-5", "+5.5", "'=1", "''-x", "'quoted", "\tx", "\rx", 'say "x"',
    "a,b", "a;b", "one\ntwo", "one\r\ntwo", "007", "1e3", "1.50", "A \u00b7 B", '{"a": [1]}', "_x0041_",
    "_x0041_x0042_", "\x01x0041_", "<r>rich</r>", "<r><t>x</t></r>", "&amp;", "\u202eabc", "\ufeffmark",
    "\ufffe", "\u2028", "\U0001f600", " x ", "true", "2026-01-31", "#REF!", "sep=;", "中文", "سلام",
    "x" * 20_000,
]  # fmt: skip
TEXTS = some.text(some.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
TEXTS |= some.sampled_from(HOSTILE)


def taken_back(kind: str, content: bytes) -> list[list[str]]:
    table = read_file(f"x.{kind}", content)
    assert table.faults == []
    return [[cell.text for cell in line.cells.values()] for line in table.lines]


@settings(max_examples=60)
@given(some.lists(some.tuples(TEXTS, TEXTS), max_size=4))
@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_a_file_gives_back_what_was_put_in(kind, rows):
    rows = [["key", *row] for row in rows]
    content = b"".join(write_rows(kind, ["id", "one", "two"], rows))
    assert taken_back(kind, content) == rows


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_a_file_gives_back_every_hostile_text(kind):
    rows = [["key", text, text] for text in HOSTILE]
    assert taken_back(kind, b"".join(write_rows(kind, ["id", "one", "two"], rows))) == rows


def test_a_written_workbook_is_one_for_other_programs_too():
    content = b"".join(write_rows("xlsx", ["one", "two"], [["007", " =1 "], ["", "<&>\n"]]))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert list(sheet.values) == [("one", "two"), ("007", " =1 "), (None, "<&>\n")]
    assert sheet["A2"].number_format == "@"


@given(some.sampled_from(STARTS), some.text("ab(1", max_size=5))
def test_no_spreadsheet_takes_a_text_for_a_formula(start, rest):
    content = b"".join(write_rows("csv", ["name"], [[f"{start}x{rest}"]])).decode("utf-8-sig")
    cell = content.splitlines()[1:] and content[content.index("\n") + 1 :].lstrip('"')
    assert cell.startswith("'")


def test_a_text_too_long_for_a_workbook_is_refused_and_not_cut():
    rows = [["key", "x" * 32_768]]
    with pytest.raises(Refusal, match="Cell B2"):
        write_rows("xlsx", ["one", "two"], rows)
    assert taken_back("csv", b"".join(write_rows("csv", ["one", "two"], rows))) == rows


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rows.exe", b"x"), ("rows", b""), ("rows.json", b"{}"), ("rows.json", b"[1]"), ("rows.json", b"["),
        ("rows.csv", b"\xff\xfe\x00"), ("rows.xlsx", b"PK\x03\x04 no"), ("rows.xlsx", b""), ("rows.csv", b""),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_with_a_sentence(name, content):
    with pytest.raises(Refusal) as refused:
        read_file(name, content)
    assert refused.value.field == "file"


def line(code: str, **names: str) -> dict[str, str]:
    return {"code": code} | {f"name.{language}": text for language, text in names.items()}


def take(*lines: dict[str, str], dry: bool = False, actor=MAKER, tried: str = ""):
    table = read_file("x.json", json.dumps(lines).encode())
    return import_rows(REGIONS, actor, table, dry=dry, tried=tried)


def state() -> tuple:
    return list(Region.objects.order_by("code").values_list("code", "name", "version")), Entry.objects.count()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_an_export_taken_in_again_changes_nothing(kind):
    region("EAST", name={"en": "=East", "ar": "شرق", "zh-hans": "东"})
    region("WEST")
    before = state()
    content = b"".join(write_rows(kind, headings(REGIONS), export_rows(REGIONS, MAKER, {})))
    report = import_rows(REGIONS, MAKER, read_file(f"x.{kind}", content), dry=False)
    assert (report.lines, report.unchanged, report.faults) == (2, 2, [])
    assert state() == before


@pytest.mark.django_db
def test_lines_add_and_change_and_stand_under_one_entry():
    region("EAST")
    entries = Entry.objects.count()
    report = take(line("EAST", en="New", fr="Nouveau"), line("WEST", en="West"))
    assert (report.added, report.changed, report.unchanged, report.written) == (1, 1, 0, True)
    assert dict(Region.objects.get(code="EAST").name) == {"en": "New", "fr": "Nouveau"}
    assert Entry.objects.count() == entries + 1
    assert Entry.objects.latest("id").command == "places.region.import"


@pytest.mark.django_db
def test_a_dry_run_reports_the_same_and_writes_nothing():
    region("EAST")
    before = state()
    lines = [line("EAST", en="New"), line("WEST", en="West")]
    report = take(*lines, dry=True)
    assert (report.added, report.changed, report.written) == (1, 1, False)
    assert state() == before
    earnest = take(*lines)
    assert (earnest.added, earnest.changed) == (report.added, report.changed)


@pytest.mark.django_db
def test_one_bad_line_writes_nothing_and_is_named():
    before = state()
    report = take(line("ONE", en="One"), line("TWO"), line("T" * 60, en="Long"), line("FOUR", en="Four"))
    assert len(report.faults) == 2
    assert {fault.column for fault in report.faults} == {"name", "code"}
    assert not report.written
    assert state() == before


@pytest.mark.django_db
def test_an_unknown_column_is_named_before_anything_is_tried():
    report = take({"code": "ONE", "colour": "red", "name.en": "One"})
    assert "colour" in report.faults[0].sentence
    assert not Region.objects.exists()


@pytest.mark.django_db
def test_whoever_may_not_add_takes_nothing_in():
    before = state()
    report = take(line("ONE", en="One"), actor=keeper("places.region.view"))
    assert len(report.faults) == 1
    assert state() == before


def test_an_unknown_column_in_any_line_is_named_with_what_is_near():
    report = take(line("ONE", en="One"), line("TWO", en="Two") | {"nam.fr": "Deux"})
    (fault,) = report.faults
    assert fault.column == "nam.fr"
    assert "name.fr" in fault.sentence


@pytest.mark.django_db
def test_the_dry_run_names_each_cell_before_and_after():
    region("EAST", name={"en": "East", "fr": "Est"})
    report = take(line("EAST", en="New"), line("WEST", en="West"), dry=True)
    assert [(one.line, one.row, one.column, one.old, one.new) for one in report.differences] == [
        (1, "EAST", "name.en", "East", "New"),
        (1, "WEST", "", "", ""),
    ]


@pytest.mark.django_db
def test_a_column_that_the_file_lacks_is_left_alone():
    region("EAST", name={"en": "East", "fr": "Est"})
    take(line("EAST", en="New"))
    assert dict(Region.objects.get(code="EAST").name) == {"en": "New", "fr": "Est"}


@pytest.mark.django_db
def test_a_run_does_what_was_tried_or_says_that_it_would_not():
    region("EAST")
    tried = take(line("EAST", en="New"), dry=True).mark
    take(line("EAST", en="Between"))
    before = state()
    stale = take(line("EAST", en="New"), tried=tried)
    assert (stale.is_stale, stale.written) == (True, False)
    assert state() == before
    assert take(line("EAST", en="New"), tried=stale.mark).written
    assert str(Region.objects.get(code="EAST").name) == "New"


@pytest.mark.django_db
def test_a_key_twice_in_a_file_is_refused():
    before = state()
    report = take(line("ONE", en="One"), line("ONE", en="Uno"))
    assert [fault.column for fault in report.faults] == ["code"]
    assert state() == before


@pytest.mark.django_db
def test_a_file_without_the_column_of_the_key_is_refused():
    report = take({"name.en": "One"})
    assert "code" in report.faults[0].sentence
    assert not Region.objects.exists()


@pytest.mark.django_db
def test_rows_without_a_key_of_one_field_are_not_added_twice():
    person, here = make(Person), unit("HERE")
    line = {"person": person.number, "unit": "HERE", "starts_on": "2026-01-01", "category": CATEGORY}
    file = read_file("x.json", json.dumps([line]).encode())
    first, again = (import_rows(resource_of(Affiliation), MAKER, file, dry=False) for _ in range(2))
    assert (first.faults, first.added, again.added, again.unchanged) == ([], 1, 0, 1)
    assert Affiliation.objects.filter(person=person, unit=here).count() == 1


@pytest.mark.django_db
def test_a_row_that_may_not_be_seen_answers_like_one_that_does_not_exist():
    theirs, mine = unit("THEIRS"), unit("MINE")
    hidden = make(Account, username="hidden")
    role = make(Holding.role.field.related_model, code="reader", permissions=["places"])
    make(Holding, account=hidden, role=role, unit=theirs, starts_at="2026-01-01T00:00Z")
    actor = keeper("access.holding", "organisation.unit", "access.role", path=mine.path)
    answers = []
    for username in ("hidden", "nobody"):
        line = {
            "account": username,
            "role": "reader",
            "unit": "THEIRS",
            "starts_at": "2026-01-01T00:00:00+00:00",
        }
        report = import_rows(
            resource_of(Holding), actor, read_file("x.json", json.dumps([line]).encode()), dry=True
        )
        assert (report.unchanged, report.added) == (0, 0)
        answers.append([(fault.column, fault.sentence.replace(username, "")) for fault in report.faults])
    assert answers[0] == answers[1]


@pytest.mark.django_db
def test_a_reference_is_read_by_its_key_and_never_by_the_number_of_another_row():
    region("A · B")
    other = region("A")
    countries = resource_of(Country)
    for text, found in (("A · B", "A · B"), ("A · something", "A"), (str(other.pk), None)):
        file = read_file("x.json", json.dumps([{"code": "XX", "name.en": "X", "region": text}]).encode())
        report = import_rows(countries, MAKER, file, dry=False)
        assert [fault.column for fault in report.faults] == ([] if found else ["region"])
        if found:
            assert Country.objects.get(code="XX").region.code == found


@pytest.mark.parametrize("value", [datetime.date(2026, 3, 1), True, 1234567890123456789, 0.25])
@pytest.mark.django_db
def test_a_cell_that_a_spreadsheet_made_something_else_of_is_no_text(value):
    book = openpyxl.Workbook()
    book.active.append(["code", "name.en"])
    book.active.append([value, "One"])
    book.active["A2"].number_format = "0%" if value == 0.25 else book.active["A2"].number_format
    stream = io.BytesIO()
    book.save(stream)
    report = import_rows(REGIONS, MAKER, read_file("x.xlsx", stream.getvalue()), dry=True)
    (fault,) = report.faults
    assert (fault.line, fault.column) == (2, "code")
    assert "Text" in fault.sentence

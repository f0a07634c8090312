"""What goes out comes in again; what comes in is taken whole or not at all."""

import pytest
from house.factory import MAKER
from house.nouns import Region, keeper, region
from hypothesis import given, settings
from hypothesis import strategies as some

from meridian.engine.audit.models import Entry
from meridian.engine.commands import Refusal
from meridian.engine.exchange.files import FORMULA_STARTS, read_rows, write_rows
from meridian.engine.exchange.transfer import export_rows, import_rows
from meridian.engine.exchange.values import headings
from meridian.engine.resources import resource_of

REGIONS = resource_of(Region)
TEXTS = some.text(
    some.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff"), max_size=12
) | some.sampled_from(
    ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "-5", "+5.5", 'say "x"', "a,b", "'quoted", "中文", "سلام"]
)


@settings(max_examples=40)
@given(some.lists(some.tuples(TEXTS, TEXTS), max_size=4))
@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_a_file_gives_back_what_was_put_in(kind, rows):
    rows = [("key", *row) for row in rows]
    content = b"".join(write_rows(kind, ["id", "one", "two"], map(list, rows)))
    found = [
        tuple(line.get(name, "") for name in ("id", "one", "two")) for line in read_rows(f"x.{kind}", content)
    ]
    assert found == rows


@given(some.sampled_from(FORMULA_STARTS), some.text("ab(1", max_size=5))
def test_no_spreadsheet_takes_a_text_for_a_formula(start, rest):
    content = b"".join(write_rows("csv", ["name"], [[f"{start}x{rest}"]])).decode("utf-8-sig")
    cell = content.splitlines()[1:] and content[content.index("\n") + 1 :].lstrip('"')
    assert cell.startswith("'")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rows.exe", b"x"), ("rows", b""), ("rows.json", b"{}"), ("rows.json", b"[1]"), ("rows.json", b"["),
        ("rows.csv", b"\xff\xfe\x00"), ("rows.xlsx", b"PK\x03\x04 no"), ("rows.xlsx", b""),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_with_a_sentence(name, content):
    with pytest.raises(Refusal) as refused:
        read_rows(name, content)
    assert refused.value.field == "file"


def line(code: str, **names: str) -> dict[str, str]:
    return {"code": code} | {f"name.{language}": text for language, text in names.items()}


def take(*lines: dict[str, str], dry: bool = False, actor=MAKER):
    return import_rows(REGIONS, actor, list(lines), dry=dry)


def state() -> tuple:
    return list(Region.objects.order_by("code").values_list("code", "name", "version")), Entry.objects.count()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_an_export_taken_in_again_changes_nothing(kind):
    region("EAST", name={"en": "=East", "ar": "شرق", "zh-hans": "东"})
    region("WEST")
    before = state()
    content = b"".join(write_rows(kind, headings(REGIONS), export_rows(REGIONS, MAKER, {})))
    report = take(*read_rows(f"x.{kind}", content))
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
    assert [fault.line for fault in report.faults] == [3, 4]
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

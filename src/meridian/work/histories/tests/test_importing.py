"""A slice of the real log goes through the database: nothing is lost, nothing is told twice."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from house.actors import signed_in

from meridian.engine.audit.models import Entry
from meridian.engine.numbering import Series, next_number
from meridian.engine.policies import system_actor
from meridian.engine.resources.registry import resources
from meridian.work.histories.cli import VERBS
from meridian.work.histories.commands import import_log, make_findable
from meridian.work.histories.models import Intake, QuarantinedLine
from meridian.work.histories.queries.incident import incident_figures
from meridian.work.histories.rules import LOG_FILE, NotTheLog, figures, read_log
from meridian.work.histories.tests.test_rules import outcome_of
from meridian.work.items.contracts.happenings import EventRow
from meridian.work.items.facade import taken_numbers
from meridian.work.servicedesk.contracts import ItemHistory
from meridian.work.servicedesk.facade import WorkItem, check_folds, load_history
from meridian.work.servicedesk.testing import account_of, small_desk

pytestmark = pytest.mark.django_db
ACTOR = system_actor("tests")
INCIDENTS = 60
MODELS = {f"{one.module()}.{one.noun()}": one.model for one in resources()}


class Awake:
    """A house whose database runs already."""

    def prepare_database(self, *, may_migrate: bool = False) -> None:
        pass


def run(group: str, name: str, *words: Any) -> Result:
    return CliRunner().invoke(VERBS[f"{group} {name}"], [str(word) for word in words], obj=Awake())


@pytest.fixture(scope="session")
def words() -> list[list[str]]:
    """The header and the first incidents of the real log, among them the one out of order (0000137)."""
    with zipfile.ZipFile(LOG_FILE) as archive, archive.open(archive.namelist()[0]) as file:
        lines = csv.reader(io.TextIOWrapper(file, encoding="utf-8", newline=""))
        header = next(lines)
        incidents = islice(groupby(lines, key=lambda line: line[0]), INCIDENTS)
        return [header, *(row for _number, rows in incidents for row in rows)]


def write(path: Path, words: list[list[str]]) -> Path:
    path.write_text("".join(",".join(row) + "\n" for row in words), encoding="utf-8")
    return path


@pytest.fixture
def log(tmp_path: Path, words: list[list[str]]) -> Path:
    """The slice with two faults more: a state that there isn't, and an impact that is no number."""
    rows = [list(row) for row in words]
    rows[2][1], rows[3][20] = "-100", "high"
    return write(tmp_path / "log.csv", rows)


def items() -> Any:
    return MODELS["servicedesk.workitem"].objects


def test_every_row_is_replayed_or_quarantined_and_the_figures_come_out_of_the_database(log: Path) -> None:
    counts, is_new = import_log(actor=ACTOR, path=log)
    incidents = list(read_log(log))
    aside = [put for incident in incidents for put in incident.quarantined]
    assert is_new
    assert counts.cases == items().count() == INCIDENTS
    assert counts.read == counts.loaded + counts.quarantined
    assert counts.read == len(log.read_text().splitlines()) - 1
    assert counts.quarantined == len(aside) == QuarantinedLine.objects.count() >= 3
    stored = QuarantinedLine.objects.get(line=4)
    assert "can't be read" in stored.reason
    assert stored.content == log.read_text().splitlines()[3]
    assert check_folds(INCIDENTS) == (INCIDENTS, [])
    assert incident_figures() == figures(outcome_of(incident) for incident in incidents)
    assert list(Entry.objects.values_list("command", flat=True)).count("histories.log.load") == 1


def test_a_second_import_changes_nothing_and_a_longer_file_adds_what_is_new(
    log: Path, tmp_path: Path, words: list[list[str]]
) -> None:
    shorter = write(tmp_path / "shorter.csv", [row for row in words if row[0] != words[-1][0]])
    first, _is_new = import_log(actor=ACTOR, path=shorter)
    events = MODELS["servicedesk.workevent"].objects.count()
    assert import_log(actor=ACTOR, path=shorter) == (first, False)
    assert MODELS["servicedesk.workevent"].objects.count() == events
    longer, is_new = import_log(actor=ACTOR, path=log)
    assert is_new
    assert longer.cases == 1
    assert longer.read == longer.loaded + longer.quarantined
    known = QuarantinedLine.objects.filter(reason="The incident is here already.")
    assert known.values("number").distinct().count() == INCIDENTS - 1
    assert items().count() == INCIDENTS


def test_own_numbers_lead_to_the_items_and_are_never_given_again(log: Path) -> None:
    import_log(actor=ACTOR, path=log)
    item = items().get(number="INC0000045")
    assert [number.alias for number in item.numbers.all()] == ["0000045"]
    assert str(item.requester) == "Caller 2403"
    assert str(item.team) == "Group 56"
    assert item.title == "Category 55, Subcategory 170, Symptom 72"
    assert item.state == "closed"
    assert not taken_numbers(WorkItem, [next_number(Series("INC"))])


def test_a_number_that_leads_elsewhere_already_gives_way(log: Path) -> None:
    desk = small_desk()
    opened = EventRow(datetime(2026, 3, 1, tzinfo=UTC), "opened", {"title": ["", "Here before"]})
    before = ItemHistory(requester=desk.requester.pk, events=[opened], number="INC0000045")
    load_history(actor=ACTOR, histories=[before])
    import_log(actor=ACTOR, path=log)
    assert items().get(number="INC0000045").title == "Here before"
    assert [number.alias for number in items().get(number="LOG0000045").numbers.all()] == ["0000045"]


def test_what_was_imported_is_in_search_queue_and_pages(log: Path) -> None:
    import_log(actor=ACTOR, path=log)
    make_findable(lambda _rows: None)
    person = small_desk().agent
    client = signed_in(account_of(person, "servicedesk.workitem.*", "histories.*.view"))
    pages = {
        "/desk/INC0000045/": "Group 56",
        "/desk/0000045/": "INC0000045",
        "/search/?q=Symptom+72": "INC0000045",
        "/desk/?view=all&state=closed": "INC00000",
        "/histories/quarantined-lines/": "none of the process",
        "/histories/intakes/": "log.csv",
    }
    for address, text in pages.items():
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        assert text in answer.content.decode(), address


def marked_zip(flags: int = 0, method: int = 0) -> bytes:
    """An archive that says in both its headers that it has a password, or is packed in some way."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("log.csv", "number\n")
    content = bytearray(packed.getvalue())
    for start in (0, content.index(b"PK\x01\x02") + 2):
        content[start + 6] |= flags
        content[start + 8] = method
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("text.zip", b"Dear colleague,\n", "instead of 'number'"),
        ("picture.zip", bytes(range(256)), "neither a ZIP archive nor a text"),
        ("half.zip", LOG_FILE.read_bytes()[:200_000], "half.zip is damaged or cut off"),
        ("empty.csv", b"", "0 columns instead of 36"),
        ("secret.zip", marked_zip(flags=1), "secret.zip can't be unpacked"),
        ("strange.zip", marked_zip(method=97), "strange.zip can't be unpacked"),
    ],
)
def test_another_file_is_one_sentence_and_nothing_is_written(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    refused = run("import", "incident-log", tmp_path / name)
    assert refused.exit_code == 1
    assert sentence in refused.output
    assert "Traceback" not in refused.output
    assert not Intake.objects.exists()


def test_a_file_cut_inside_of_a_row_leaves_nothing_behind(log: Path) -> None:
    text = log.read_text()
    log.write_text(text[: text.rindex("\n", 0, -1) + 60])
    refused = run("import", "incident-log", log)
    assert refused.exit_code == 1
    assert "ends inside of a row" in refused.output
    assert not items().exists()
    assert not MODELS["people.person"].objects.exists()
    with pytest.raises(NotTheLog):
        list(read_log(log))


def test_the_shell_imports_once_and_reports(log: Path) -> None:
    nothing = run("report", "incident-log", "--json")
    assert nothing.exit_code == 1
    assert "No incident log has been imported" in nothing.output
    missing = run("import", "incident-log", log.with_name("missing.zip"))
    assert "There is no file" in missing.output
    first = json.loads(run("import", "incident-log", log, "--json").stdout)
    assert (first["imported"], first["cases"]) == (True, INCIDENTS)
    again = run("import", "incident-log", log)
    assert "was imported before, so nothing changed" in again.output
    answer = json.loads(run("report", "incident-log", "--json").stdout)
    assert answer["rows"] == first["read"]
    assert list(answer) == [
        *("incidents", "rows", "never_reassigned", "reassigned_3_or_more", "bounced", "reopened"),
        *("sla_missed", "waited", "ci_linked", "by_phone", "median_hours", "p90_hours", "peak_hour_share"),
    ]

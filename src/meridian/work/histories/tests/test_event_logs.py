"""Logs of other desks go through the database: shipped ones to their counts, broken ones line by line."""

import gzip
import json
import lzma
import re
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from house.actors import signed_in

from meridian.engine.resources.registry import resources
from meridian.work.histories.cli import VERBS
from meridian.work.histories.commands.grown_cases import HERE
from meridian.work.histories.models import Intake, Log, LoggedCase, QuarantinedLine
from meridian.work.servicedesk.facade import check_folds
from meridian.work.servicedesk.testing import account_of, small_desk

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent.parent / "conformance"
MODELS = {f"{one.module()}.{one.noun()}": one.model for one in resources()}
MAPPING = """
format: csv
kind: incident
number: No
at: {attribute: When, pattern: "%d.%m.%Y %H:%M", zone: Europe/Berlin}
state: [Status, Sub]
states: {"Open/": new, "Open/Work": in_progress, "Wait/Vendor": waiting, "Done/": closed}
group: Team
country: Land
line: Line
subject: Topic
requester: Mail
impact: Impact
"""
HEADER = "No;When;Status;Sub;Team;Land;Line;Topic;Mail;Impact"
ROWS = (
    "007;01.03.2024 10:00;Done;;T1;de;L1;Printer;agent@small.example;High",
    "007;01.03.2024 08:00;Open;;T1;de;L1;Printer;agent@small.example;High",
    '007;01.03.2024 09:00;Wait;Vendor;T2;fr;L1;"Printer\nburns";agent@small.example;High',
    "8;01.03.2024 08:00;Open;Work;T1;de;L1;;who@elsewhere.example;?",
    "8;01.03.2024 08:30;Gone;;T1;de;L1;;;",
    "8;yesterday;Done;;T1;de;L2;;;",
    ";01.03.2024 08:30;Done;;;;;;;",
    "9;01.03.2024 08:30",
)


class Awake:
    """A house whose database runs already."""

    def prepare_database(self, *, may_migrate: bool = False) -> None:
        pass


def run(name: str, *words: Any) -> Result:
    return CliRunner().invoke(VERBS[name], [str(word) for word in words], obj=Awake())


def taken(*words: Any) -> dict[str, Any]:
    answer = run("import event-log", *words, "--json")
    assert answer.exit_code == 0, answer.output
    found: dict[str, Any] = json.loads(answer.stdout)
    assert found["read"] == found["loaded"] + found["quarantined"]
    return found


def flow(*words: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("report flow", *words, "--json").stdout)
    return found


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "map.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "old.csv"
    path.write_text("\n".join([HEADER, *ROWS]) + "\n", encoding="utf-8")
    return path


def test_lines_are_loaded_or_put_aside_with_their_reason(log: Path, mapping: Path) -> None:
    found = taken(log, "--mapping", mapping)
    assert (found["cases"], found["read"], found["loaded"], found["quarantined"]) == (2, 8, 4, 4)
    assert QuarantinedLine.objects.count() == 4
    said = dict(QuarantinedLine.objects.values_list("line", "reason"))
    assert said == {
        7: "The mapping leads the state “Gone/” nowhere.",
        8: "The time can't be read: “yesterday” is no instant as the mapping describes it.",
        9: "The line has no “No”, which is the number.",
        10: "The line has 2 columns instead of 10.",
    }
    assert flow() == {
        "log": "old.csv",
        "cases": 2,
        "events": 4,
        "changes_country": 50.0,
        "bounces_country": 50.0,
        "stays_in_one_line": 100.0,
        "waited": 50.0,
        "median_hours": 1.0,
    }
    assert check_folds(10) == (2, [])


def test_old_numbers_and_addresses_lead_to_items_and_people(log: Path, mapping: Path) -> None:
    desk = small_desk()
    taken(log, "--mapping", mapping)
    item = LoggedCase.objects.get(number="007").item
    assert [one.alias for one in item.numbers.all()] == ["007"]
    assert (item.state, item.title, item.impact, item.reassigned_count) == ("closed", "Printer", 2, 2)
    assert item.opened_at.isoformat() == "2024-03-01T07:00:00+00:00"
    other = LoggedCase.objects.get(number="8")
    assert (other.requester, other.item.state) == ("who@elsewhere.example", "in_progress")
    client = signed_in(account_of(desk.agent, "servicedesk.workitem.*", "histories.*.view"))
    pages = {
        "/desk/007/": "Printer",
        "/search/?q=007": item.number,
        "/search/?q=who@elsewhere.example": "8",
        "/histories/quarantined-lines/": "nowhere",
    }
    for address, text in pages.items():
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        assert text in answer.content.decode(), address


def test_the_same_log_packed_in_any_way_changes_nothing(log: Path, mapping: Path, tmp_path: Path) -> None:
    taken(log, "--mapping", mapping)
    content = log.read_bytes()
    (tmp_path / "old.csv.gz").write_bytes(gzip.compress(content))
    (tmp_path / "old.csv.xz").write_bytes(lzma.compress(content))
    with zipfile.ZipFile(tmp_path / "old.csv.zip", "w") as archive:
        archive.writestr("deep/old.csv", content)
    for ending in ("", ".gz", ".xz", ".zip"):
        again = taken(tmp_path / f"old.csv{ending}", "--mapping", mapping)
        assert (again["imported"], again["cases"], again["loaded"]) == (False, 2, 4)
    assert (Log.objects.count(), Intake.objects.count(), LoggedCase.objects.count()) == (1, 1, 2)
    assert "nothing changed" in run("import event-log", log, "--mapping", mapping).output
    with log.open("a", encoding="utf-8") as file:
        file.write("10;02.03.2024 08:00;Open;;;;;;;\n")
    longer = taken(log, "--mapping", mapping)
    assert (longer["cases"], longer["loaded"], longer["quarantined"]) == (1, 1, 8)
    assert longer["reasons"][HERE] == 4
    assert longer["grown"] == 0
    elsewhere = taken(log, "--mapping", mapping, "--name", "another desk")
    assert elsewhere["cases"] == 3
    assert flow()["log"] == "another desk"
    for name in ("old", "old.csv", "old.csv.gz"):
        assert flow("--log", name)["cases"] == 3


def test_what_a_later_file_says_anew_of_cases_that_are_here_is_folded_in(log: Path, mapping: Path) -> None:
    taken(log, "--mapping", mapping)
    item = LoggedCase.objects.get(number="007").item
    with log.open("a", encoding="utf-8") as file:
        file.write("007;01.03.2024 07:30;Open;Work;T1;it;L1;;;\n")
        file.write("007;01.03.2024 11:00;Open;Work;T1;de;L1;;;\n")
        # The same words again are one line more than there is an event.
        file.write(f"{ROWS[0]}\n")
    answer = run("import event-log", log, "--mapping", mapping)
    assert "0 cases and 1 that were here and tell more now" in answer.output
    assert re.search(rf" 4  {re.escape(HERE)}", answer.output)
    item.refresh_from_db()
    assert (item.state, item.event_count, item.reopened_count) == ("in_progress", 6, 1)
    assert item.opened_at.isoformat() == "2024-03-01T06:30:00+00:00"
    case = LoggedCase.objects.get(number="007")
    assert (case.events, float(case.hours), case.bounces_country) == (6, 3.5, True)
    assert (Log.objects.count(), LoggedCase.objects.count()) == (1, 2)
    assert check_folds(10) == (2, [])


def test_an_old_mail_address_leads_to_the_person_who_has_it(log: Path, mapping: Path) -> None:
    desk = small_desk()
    account_of(desk.agent)
    mail = desk.agent.email
    text = log.read_text(encoding="utf-8").replace("agent@small.example", mail.upper())
    log.write_text(text, encoding="utf-8")
    mapping.write_text(f"{MAPPING}owner: Mail\n", encoding="utf-8")
    taken(log, "--mapping", mapping)
    item = LoggedCase.objects.get(number="007").item
    assert (item.requester_id, item.assignee_id) == (desk.agent.pk, desk.agent.pk)
    stranger = LoggedCase.objects.get(number="8").item
    assert stranger.assignee_id is None
    assert stranger.requester_id not in (desk.agent.pk, desk.requester.pk)


def test_an_items_history_tells_the_words_of_the_log(log: Path, mapping: Path) -> None:
    desk = small_desk()
    mapping.write_text(f"{MAPPING}owner: Mail\n", encoding="utf-8")
    log.write_text(log.read_text(encoding="utf-8").replace(";fr;", ";<b>fr</b>;"), encoding="utf-8")
    taken(log, "--mapping", mapping)
    client = signed_in(account_of(desk.agent, "servicedesk.workitem.*"))
    page = client.get("/desk/007/", follow=True).content.decode()
    assert page.count("In the earlier system") == 3
    for words in (
        "state: <bdi>Wait/Vendor</bdi>",
        "line of support: <bdi>L1</bdi>",
        "country: <bdi>de</bdi>",
    ):
        assert words in page
    assert "owner: <bdi>agent@small.example</bdi>" in page
    assert "country: <bdi>&lt;b&gt;fr&lt;/b&gt;</bdi>" in page


def test_checking_tells_the_same_and_writes_nothing(log: Path, mapping: Path) -> None:
    found = taken(log, "--mapping", mapping, "--check")
    assert (found["imported"], found["cases"], found["loaded"], found["quarantined"]) == (False, 2, 4, 4)
    assert not Log.objects.exists()


@pytest.mark.parametrize(
    ("file", "shipped", "cases", "events"),
    [
        ("helpdesk_italian.csv.xz", "helpdesk-italian", 4_580, 21_348),
        ("running-example.xes", "running-example", 6, 42),
        ("roadtraffic100traces.xes.xz", "road-traffic", 100, 390),
    ],
)
def test_shipped_logs_have_their_known_counts(file: str, shipped: str, cases: int, events: int) -> None:
    found = taken(DATA / file, "--mapping", shipped)
    assert (found["cases"], found["loaded"], found["quarantined"]) == (cases, events, 0)
    told = flow("--log", file.removesuffix(".xz"))
    assert (told["cases"], told["events"]) == (cases, events)
    assert check_folds(50)[1] == []


@pytest.mark.parametrize(
    ("wrong", "right", "sentence"),
    [
        ("number: No", "number: Number", "old.csv's header has no “Number”"),
        ("country: Land", "country: Lnd", "Did you mean “Land”?"),
        ('Open/Work": in_progress', 'Open/Work": in_progres', "Did you mean “in_progress”?"),
        ("requester: Mail", "requestor: Mail", "Did you mean “requester”?"),
        ("format: csv", "format: xml", "The format “xml” is not known"),
        ("Europe/Berlin", "Europe/Berln", "There is no zone “Europe/Berln”"),
        ("%d.%m.%Y %H:%M", "dd.mm.yyyy", "The pattern “dd.mm.yyyy” is not one"),
        ("group: Team", "group: [{a: b}]", "neither a word nor a list of words"),
        ("state: [Status, Sub]\n", "", "doesn't say state"),
    ],
)
def test_a_wrong_mapping_is_refused_in_words(
    log: Path, mapping: Path, wrong: str, right: str, sentence: str
) -> None:
    mapping.write_text(MAPPING.replace(wrong, right), encoding="utf-8")
    refused = run("import event-log", log, "--mapping", mapping)
    assert refused.exit_code == 1
    assert sentence in refused.output
    assert not Log.objects.exists()


def test_the_page_shows_figures_and_totals_and_leads_to_their_rows(log: Path, mapping: Path) -> None:
    reader = account_of(small_desk().agent, "servicedesk.workitem.*", "histories.*.view")
    client = signed_in(reader)
    assert "No log was taken in yet" in client.get("/histories/flows/").content.decode()
    taken(log, "--mapping", mapping)
    page = client.get("/histories/flows/").content.decode()
    assert "old.csv" in page
    assert "50.0" in page
    links = {unescape(link) for link in re.findall(r'href="(/histories/[^"]*\?[^"]*)"', page)}
    assert any("waited=true" in link for link in links)
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200, link
        rows = answer.content.decode()
        if "waited=true" in link:
            assert "007" in rows
            assert ">8<" not in rows

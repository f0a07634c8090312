"""Large files go out and come in as errands: with a page, once or not at all, for their owner alone."""

import csv
import datetime
import io
import json
import os
import re
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from house import databases
from house.actors import Stage, stage
from house.factory import MAKER, make
from house.jobs import run_errands
from house.nouns import Account, Holding, Region, region, remove_holding, tampering

from meridian.engine.audit.models import Entry
from meridian.engine.errands import jobs, storage, working
from meridian.engine.errands.commands import MOST_UNDER_WAY, stop_errand
from meridian.engine.errands.models import KEPT, Errand, State
from meridian.engine.errands.running import MOST_TRIES, carry_out
from meridian.engine.exchange import limits
from meridian.engine.notices.models import Notice
from meridian.registers.access.commands import revoke_token
from meridian.registers.access.models import Token
from meridian.registers.access.offers import actor_again
from meridian.registers.access.queries import actor_of

PAGE = "/places/regions/"
TEXT = "code,name.en\nEAST,Orient\nWEST,West\n"


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch):
    monkeypatch.setattr(limits, "AT_ONCE_EXPORTED_ROWS", 1)
    monkeypatch.setattr(limits, "AT_ONCE_IMPORTED_ROWS", 1)
    monkeypatch.setattr(working, "TOLD_SECONDS", 0)


@pytest.fixture
def house(db) -> Stage:
    region("EAST", name={"en": "East"})
    region("SOUTH", name={"en": "South"})
    return stage()


def file(text: str = TEXT) -> io.BytesIO:
    sent = io.BytesIO(text.encode())
    sent.name = "rows.csv"
    return sent


def asked(answer) -> Errand:
    """The errand to whose page an answer leads."""
    assert answer.status_code == 302, answer.content
    found = Errand.objects.latest("id")
    assert answer["Location"] == f"/errands/errands/{found.pk}/"
    return found


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def names() -> list[str]:
    return sorted(str(found) for found in Region.objects.all())


def test_a_long_export_is_asked_for_by_a_button_made_apart_and_taken_away_by_its_owner_alone(house):
    lord, address = house.clients["lord"], f"{PAGE}export/csv/?sort=-code"
    shown = lord.get(address)
    assert (shown.status_code, Errand.objects.count()) == (200, 0)
    assert "Make the file" in shown.content.decode()
    errand = asked(lord.post(address))
    waiting = lord.get(f"/errands/errands/{errand.pk}/").content.decode()
    assert 'http-equiv="refresh"' in waiting
    assert "hx-get=" in waiting
    run_errands()
    errand.refresh_from_db()
    assert (errand.state, errand.rows_done, errand.file_name) == (State.DONE, 2, "regions.csv")
    done = lord.get(f"/errands/errands/{errand.pk}/").content.decode()
    assert 'http-equiv="refresh"' not in done
    address = f"/errands/errands/{errand.pk}/file/"
    assert address in done
    lines = list(csv.DictReader(io.StringIO(body(lord.get(address)).decode("utf-8-sig"))))
    assert [line["code"] for line in lines] == ["SOUTH", "EAST"]
    for other in ("right", "auditor", "stranger"):
        assert house.clients[other].get(address).status_code == 404
        assert house.clients[other].get(f"/api{address[:-1]}").status_code == 404
    assert body(lord.get(f"/api{address[:-1]}")) == body(lord.get(address))
    left = storage.path_of(errand.place, storage.LEFT)
    assert [stat.S_IMODE(place.stat().st_mode) for place in (left, left.parent)] == [0o600, 0o700]
    (notice,) = Notice.objects.filter(account=house.accounts["lord"])
    assert (notice.text, notice.url) == ("Regions as CSV: done", f"/errands/errands/{errand.pk}/")


def test_what_is_small_is_done_at_once(house, monkeypatch):
    monkeypatch.setattr(limits, "AT_ONCE_EXPORTED_ROWS", 2)
    monkeypatch.setattr(limits, "AT_ONCE_IMPORTED_ROWS", 2)
    assert body(house.clients["lord"].get(f"{PAGE}export/csv/")).startswith(b"\xef\xbb\xbfcode")
    assert house.clients["lord"].post(f"{PAGE}import/", {"file": file()}).status_code == 200
    assert Errand.objects.count() == 0


def test_a_large_file_is_tried_by_the_worker_and_taken_in_from_the_report(house):
    lord, before = house.clients["lord"], names()
    tried = asked(lord.post(f"{PAGE}import/", {"file": file(), "dry": "1"}))
    run_errands()
    assert names() == before
    shown = lord.get(f"/errands/errands/{tried.pk}/").content.decode()
    assert "<bdi>Orient</bdi>" in shown
    held = dict(re.findall(r'name="(errand|tried)" value="([^"]+)"', shown))
    run = asked(lord.post(f"{PAGE}import/", held))
    assert run.pk != tried.pk
    run_errands()
    assert names() == ["Orient", "South", "West"]
    run.refresh_from_db()
    assert (run.result["added"], run.result["changed"]) == (1, 1)
    assert "The file was taken in" in lord.get(f"/errands/errands/{run.pk}/").content.decode()
    assert house.clients["auditor"].post(f"{PAGE}import/", held).status_code in (403, 404, 422)


def test_a_large_file_with_faults_writes_nothing_and_names_them(house):
    before = names()
    errand = asked(house.clients["lord"].post(f"{PAGE}import/", {"file": file(f"{TEXT}{'N' * 90},North\n")}))
    run_errands()
    assert names() == before
    errand.refresh_from_db()
    assert [fault["line"] for fault in errand.result["faults"]] == [4]


def test_programs_get_202_and_then_the_file(house):
    lord = house.clients["lord"]
    sent = json.dumps({"resource": "places.region", "format": "json"})
    answer = lord.post("/api/exchange/exports", sent, content_type="application/json")
    assert answer.status_code == 202, answer.content
    state = answer["Location"]
    assert lord.get(state).json()["state"] == "waiting"
    run_errands()
    assert lord.get(state).json()["state"] == "done"
    assert [row["code"] for row in json.loads(body(lord.get(f"{state}/file")))] == ["EAST", "SOUTH"]
    answer = lord.post("/api/exchange/imports", {"resource": "places.region", "file": file(), "dry": "true"})
    assert answer.status_code == 202, answer.content
    run_errands()
    report = lord.get(answer["Location"]).json()["result"]
    assert (report["added"], report["written"]) == (1, False)
    stranger = house.clients["stranger"]
    answer = stranger.post("/api/exchange/imports", {"resource": "places.region", "file": file()})
    assert answer.status_code == 403


def test_programs_get_a_small_file_and_a_report_at_once(house, monkeypatch):
    monkeypatch.setattr(limits, "AT_ONCE_EXPORTED_ROWS", 2)
    monkeypatch.setattr(limits, "AT_ONCE_IMPORTED_ROWS", 2)
    lord = house.clients["lord"]
    sent = json.dumps({"resource": "places.region", "query": "code=EAST"})
    answer = lord.post("/api/exchange/exports", sent, content_type="application/json")
    assert answer.status_code == 422
    sent = json.dumps({"resource": "places.region", "query": "q=east"})
    answer = lord.post("/api/exchange/exports", sent, content_type="application/json")
    assert body(answer).count(b"\r\n") == 2
    answer = lord.post("/api/exchange/imports", {"resource": "places.region", "file": file()})
    assert (answer.status_code, answer.json()["added"], names()) == (200, 1, ["Orient", "South", "West"])


def test_the_rights_are_those_of_the_moment_in_which_it_runs(house):
    lord, account, before = house.clients["lord"], house.accounts["lord"], names()
    out, taken = asked(lord.post(f"{PAGE}export/csv/")), asked(lord.post(f"{PAGE}import/", {"file": file()}))
    remove_holding(actor=MAKER, row=Holding.objects.get(account=account))
    carry_out(taken.pk)
    taken.refresh_from_db()
    assert taken.state == State.REFUSED
    assert "places.region.import" in taken.why
    assert "places.region.import" in lord.get(f"/errands/errands/{taken.pk}/").content.decode()
    with tampering():
        Account.objects.filter(pk=account.pk).update(is_active=False)
    run_errands()
    out.refresh_from_db()
    assert (out.state, storage.kept_file(out.place, storage.LEFT)) == (State.REFUSED, None)
    assert names() == before


def test_what_a_token_asked_for_ends_with_the_token(house):
    account, scopes = house.accounts["lord"], frozenset({"places", "errands"})
    token = make(Token, account=account, scopes=sorted(scopes), expires_at="2999-01-01T00:00Z")
    assert actor_again(account.pk, scopes).scopes == scopes
    assert not actor_again(account.pk, frozenset({"places"})).known
    revoke_token(actor=actor_of(account), row=token)
    assert not actor_again(account.pk, scopes).known


def test_of_two_alike_one_is_under_way_and_one_person_asks_for_so_many(house):
    lord = house.clients["lord"]
    first = asked(lord.post(f"{PAGE}export/csv/"))
    assert asked(lord.post(f"{PAGE}export/csv/")).pk == first.pk
    for number in range(MOST_UNDER_WAY - 1):
        asked(lord.post(f"{PAGE}import/", {"file": file(f"{TEXT}N{number},North\n")}))
    refused = lord.post(f"{PAGE}export/json/")
    assert refused.status_code == 422
    assert "errands under way" in refused.content.decode()


def test_an_errand_that_waits_is_stopped_by_its_owner_alone(house):
    errand = asked(house.clients["lord"].post(f"{PAGE}export/csv/"))
    address = f"/errands/errands/{errand.pk}/stop/"
    assert house.clients["auditor"].post(address).status_code == 404
    assert house.clients["lord"].post(address).status_code == 302
    run_errands()
    errand.refresh_from_db()
    assert (errand.state, errand.tries, Notice.objects.count()) == (State.STOPPED, 0, 0)
    assert house.clients["lord"].post(address).status_code == 409


def test_what_kills_its_worker_again_and_again_is_given_up(house):
    errand = asked(house.clients["lord"].post(f"{PAGE}export/csv/"))
    Errand.objects.filter(pk=errand.pk).update(state=State.RUNNING, tries=MOST_TRIES)
    carry_out(errand.pk)
    errand.refresh_from_db()
    assert errand.state == State.FAILED


def test_a_fault_of_programming_fails_the_job_too_and_is_told(house, monkeypatch):
    errand = asked(house.clients["lord"].post(f"{PAGE}export/csv/"))
    monkeypatch.setattr(working.Work, "counted", None)
    with pytest.raises(TypeError):
        carry_out(errand.pk)
    errand.refresh_from_db()
    assert errand.state == State.FAILED


def test_a_file_is_kept_for_so_long_and_its_errand_somewhat_longer(house):
    errand = asked(house.clients["lord"].post(f"{PAGE}export/csv/"))
    run_errands()
    address, left = f"/errands/errands/{errand.pk}/file/", storage.path_of(errand.place, storage.LEFT)
    jobs.forget(timestamp=0)
    assert left.exists()
    Errand.objects.filter(pk=errand.pk).update(ended_at=timezone.now() - KEPT)
    assert house.clients["lord"].get(address).status_code == 404
    shown = house.clients["lord"].get(f"/errands/errands/{errand.pk}/").content.decode()
    assert address not in shown
    assert "kept no more" in shown
    jobs.forget(timestamp=0)
    assert not left.parent.exists()
    Errand.objects.filter(pk=errand.pk).update(ended_at=timezone.now() - datetime.timedelta(days=31))
    jobs.forget(timestamp=0)
    assert not Errand.objects.exists()


KILLED = """
import os, signal, sys
import django
django.setup()
from meridian.engine.errands import working
from meridian.engine.errands.running import carry_out
def killed(work, rows_done, rows_total=None):
    if rows_done == 2:
        os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "killed":
    working.Work.at = killed
carry_out(int(sys.argv[1]))
"""


def carried_out(errand: Errand, how: str = "") -> int:
    """A process of its own does the errand; its exit code."""
    served = {"DATABASE_URL": databases.served_url(), "MERIDIAN_TRAIL_ROOTS": str(settings.TRAIL_FOLDER)}
    program = [sys.executable, "-c", KILLED, str(errand.pk), how]
    return subprocess.run(program, env={**os.environ, **served}, check=False).returncode


def test_an_import_whose_process_is_killed_writes_nothing_and_is_done_once_when_it_is_repeated(seeded):
    region("EAST", name={"en": "East"})
    errand = asked(stage().clients["lord"].post(f"{PAGE}import/", {"file": file()}))
    entries = Entry.objects.filter(command="places.region.import")
    assert carried_out(errand, "killed") == -signal.SIGKILL
    assert (names(), entries.count()) == (["East"], 0)
    errand.refresh_from_db()
    assert errand.state == State.RUNNING
    for _again in range(2):
        assert carried_out(errand) == 0
        assert (names(), entries.count()) == (["Orient", "West"], 1)
    errand.refresh_from_db()
    assert (errand.state, errand.tries, errand.rows_done) == (State.DONE, 2, 2)


def test_an_import_that_is_stopped_in_the_middle_writes_nothing(seeded, monkeypatch):
    region("EAST", name={"en": "East"})
    house = stage()
    errand, at = asked(house.clients["lord"].post(f"{PAGE}import/", {"file": file()})), working.Work.at

    def stop():
        stop_errand(actor=actor_of(house.accounts["lord"]), row=errand)
        connection.close()

    def stopped(work, rows_done, rows_total=None):
        if rows_done == 2:
            with ThreadPoolExecutor(1) as elsewhere:
                elsewhere.submit(stop).result()
        at(work, rows_done, rows_total)

    monkeypatch.setattr(working.Work, "at", stopped)
    carry_out(errand.pk)
    errand.refresh_from_db()
    assert (errand.state, names(), storage.path_of(errand.place, "").exists()) == ("stopped", ["East"], False)


def test_the_export_menu_lets_the_answer_say_whether_it_is_a_file(house):
    """`download` at the link would save the page that a long list is answered with."""
    page = house.clients["lord"].get(PAGE).content.decode()
    (menu,) = re.findall(rf'<div class="choices">(<a href="{PAGE}export/reading/.*?)</div>', page)
    assert "download" not in menu


def test_the_file_to_read_is_known_when_it_is_sent_in(house, monkeypatch):
    monkeypatch.setattr(limits, "AT_ONCE_EXPORTED_ROWS", 9)
    monkeypatch.setattr(limits, "AT_ONCE_IMPORTED_ROWS", 9)
    lord = house.clients["lord"]
    answer = lord.get(f"{PAGE}export/reading/")
    assert "regions-to-read.xlsx" in answer["Content-Disposition"]
    read = io.BytesIO(body(answer))
    read.name = "regions-to-read.xlsx"
    sheet = openpyxl.load_workbook(read).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref[:2]) == ("A2", "A1")
    assert sheet.auto_filter.ref == sheet.dimensions
    read.seek(0)
    shown = lord.post(f"{PAGE}import/", {"file": read, "dry": "1"}).content.decode()
    assert "This is the file to read" in shown
    assert "There is no such column" not in shown


def test_ones_errands_are_among_all_registers(house):
    lord = house.clients["lord"]
    assert 'href="/errands/errands/"' in lord.get("/registers/").content.decode()
    assert "Large files that you ask for appear here." in lord.get("/errands/errands/").content.decode()

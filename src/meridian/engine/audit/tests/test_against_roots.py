"""On a restored copy, whoever owns the database and seals anew is found out by what stands outside of it."""

import datetime
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from string import Template

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.core import mail
from django.db import connection
from house import databases
from house.factory import MAKER
from house.nouns import change_region, region

from meridian.engine.audit import jobs, roots, witness
from meridian.engine.audit.chain import seal_entries
from meridian.engine.audit.cli import verify
from meridian.engine.audit.models import Entry
from meridian.engine.audit.proof import compare, outside
from meridian.kernel.console import Fault

ROOTED, UNSEALED = 6, 3
RESEAL = (
    "DELETE FROM audit_seal; DELETE FROM audit_pending;"
    "INSERT INTO audit_pending (entry_id) SELECT id FROM audit_entry"
)
REWRITE = "UPDATE audit_entry SET reason = 'x' WHERE id IN ($entries); $reseal"
EMPTY = "TRUNCATE audit_entry, audit_change, audit_seal, audit_pending"
TAKE_OUT = (
    "DELETE FROM audit_seal WHERE entry_id IN ($entries);"
    "DELETE FROM audit_pending WHERE entry_id IN ($entries);"
    "DELETE FROM audit_change WHERE entry_id IN ($entries); DELETE FROM audit_entry WHERE id IN ($entries)"
)
FORGE = (
    "INSERT INTO audit_entry (id, at, command, actor_label, channel, request, reason)"
    " SELECT $number, $at, 'ledger.entry.post', 'ghost', 'page', gen_random_uuid(), '' FROM audit_entry;"
    "INSERT INTO audit_pending (entry_id) SELECT id FROM audit_entry WHERE actor_label = 'ghost'"
)
SWAP = (
    "UPDATE audit_seal SET entry_id = -1 WHERE entry_id = $one;"
    "UPDATE audit_seal SET entry_id = $one WHERE entry_id = $other;"
    "UPDATE audit_seal SET entry_id = $other, digest = sha256(digest) WHERE entry_id = -1"
)


def roots_file() -> Path:
    return Path(settings.TRAIL_FOLDER) / roots.FILE


class Awake:
    """Stands for the house, whose database is ready."""

    def prepare_database(self) -> None:
        """Nothing to do."""


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database with six entries in signed roots and three that wait for their seal; its folder of roots."""
    folder = tmp_path_factory.mktemp("trail")
    with django_db_blocker.unblock(), databases.restored() as name:
        with databases.lived_in(name, folder):
            seal_entries()
            roots.anchor(everything=True)
            row = region("EAST")
            for number in range(ROOTED - 1):
                change_region(actor=MAKER, row=row, code=f"C{number}")
                seal_entries()
                roots.anchor(everything=True)
            for number in range(UNSEALED):
                change_region(actor=MAKER, row=row, code=f"D{number}")
            entries = list(Entry.objects.order_by("-id").values_list("id", flat=True)[: ROOTED + UNSEALED])
        yield name, folder, entries[::-1]


@pytest.fixture
def attacked(lived, django_db_blocker):
    """A restored copy, and `attack(SQL)` by a superuser with triggers off; all is sealed anew afterwards."""
    original, folder, entries = lived

    def attack(statement, *, against=folder, key="", **values):
        filled = Template(statement).substitute(reseal=RESEAL, **values)
        with databases.administration(copy) as owner:
            owner.execute("SET session_replication_role = replica")
            owner.execute(filled)
        words = ["--against", str(against), "--json", *(["--key", key] if key else [])]
        answer = CliRunner().invoke(verify, words, obj=Awake())
        told = json.loads(answer.stdout)
        assert answer.exit_code == (1 if told["findings"] else 0), answer.output
        return [(finding["kind"], finding["entry"]) for finding in told["findings"]]

    with (
        django_db_blocker.unblock(),
        databases.restored(original) as copy,
        databases.lived_in(copy, folder),
    ):
        yield attack, entries


def listed(entries):
    return ", ".join(map(str, entries))


def test_a_faithful_copy_is_whole_and_what_waited_is_sealed(attacked):
    attack, _entries = attacked
    assert attack("SELECT 1") == []


@pytest.mark.parametrize(
    "column", ["reason = 'a better one'", "actor_label = 'somebody else'", "at = at - interval '1 day'"]
)
def test_an_entry_rewritten_and_sealed_anew_is_named(attacked, column):
    attack, entries = attacked
    rewritten = "UPDATE audit_entry SET $column WHERE id = $entry; $reseal"
    assert attack(rewritten, column=column, entry=entries[2]) == [("altered", entries[2])]


def test_a_change_rewritten_and_sealed_anew_is_named(attacked):
    attack, entries = attacked
    rewritten = "UPDATE audit_change SET row_id = row_id + 1 WHERE entry_id = $entry; $reseal"
    assert attack(rewritten, entry=entries[1]) == [("altered", entries[1])]


def test_every_entry_rewritten_is_named_and_not_the_first_alone(attacked):
    attack, entries = attacked
    found = attack(REWRITE, entries=listed([entries[1], entries[4]]))
    assert found == [("altered", entries[1]), ("altered", entries[4])]


def test_an_entry_taken_out_and_sealed_anew_is_named(attacked):
    attack, entries = attacked
    assert attack(f"{TAKE_OUT}; $reseal", entries=entries[2]) == [("removed", entries[2])]


def test_a_tail_that_was_cut_off_is_named_from_its_first_entry(attacked):
    attack, entries = attacked
    found = attack(TAKE_OUT, entries=listed(entries[3:]))
    assert found[0] == ("cut", entries[3])
    assert found[1:] == [("removed", entry) for entry in entries[ROOTED:]]


def test_a_trail_that_was_emptied_is_found_even_without_naming_the_roots(attacked):
    attack, entries = attacked
    kind, first = attack(EMPTY)[0]
    assert kind == "cut"
    assert first <= entries[0]
    unasked = CliRunner().invoke(verify, [], obj=Awake())
    assert unasked.exit_code == 1
    assert "The tail was cut off" in unasked.stderr


@pytest.mark.parametrize("at", ["now()", "now() - interval '1 year'"])
@pytest.mark.parametrize("beyond", [1, 9999])
def test_a_forged_entry_is_named(attacked, beyond, at):
    attack, entries = attacked
    forged = entries[-1] + beyond
    assert attack(FORGE, number=f"max(id) + {beyond}", at=at) == [("forged", forged)]


def test_an_entry_forged_in_the_place_of_an_old_one_is_named_with_and_without_a_witness(attacked, tmp_path):
    attack, entries = attacked
    place = {"entries": entries[1], "number": f"min(0) + {entries[1]}", "at": "now()"}
    assert attack(f"{TAKE_OUT}; {FORGE}; $reseal", **place) == [("altered", entries[1])]
    shutil.copy(roots_file(), tmp_path)
    assert attack("SELECT 1", against=tmp_path) == [("altered", entries[1])]


def test_an_entry_forged_between_old_ones_is_named_with_and_without_a_witness(attacked, tmp_path):
    attack, _entries = attacked
    with_witness = attack(f"{FORGE}; $reseal", number="min(id) - 1", at="now()")
    shutil.copy(roots_file(), tmp_path)
    without = attack("SELECT 1", against=tmp_path)
    assert [kind for kind, _entry in with_witness] == [kind for kind, _entry in without] == ["forged"]


def test_entries_removed_before_their_seal_are_named(attacked):
    attack, entries = attacked
    gone = entries[ROOTED : ROOTED + 2]
    assert attack(TAKE_OUT, entries=listed(gone)) == [("removed", entry) for entry in gone]


def test_an_entry_rewritten_before_its_seal_is_named(attacked):
    attack, entries = attacked
    assert attack(REWRITE, entries=entries[-1]) == [("altered", entries[-1])]


def test_a_chain_made_anew_in_another_order_is_named(attacked):
    attack, entries = attacked
    assert attack(SWAP, one=entries[1], other=entries[2]) == [("resealed", None)]


def test_a_mailed_root_alone_proves_the_chain(attacked, tmp_path, monkeypatch):
    attack, entries = attacked
    monkeypatch.setattr(settings, "TRAIL_MAIL", "keeper@example.org")
    jobs.mail_root(0)
    message = tmp_path / "mail.txt"
    message.write_text(mail.outbox[-1].body)
    assert attack("SELECT 1", against=message) == []
    assert attack(REWRITE, entries=entries[0], against=message) == [("resealed", None)]
    assert [kind for kind, _entry in attack(EMPTY, against=message)] == ["cut"]


def test_roots_that_were_altered_taken_out_or_signed_by_another_are_named(attacked, tmp_path):
    attack, _entries = attacked
    lines = roots_file().read_text().splitlines()
    file = tmp_path / roots.FILE
    cases = {
        "altered": [*lines[:-1], lines[-1].replace('"number":', '"number":1')],
        "taken out": [lines[0], *lines[2:]],
        "no root": [*lines, '{"half": '],
    }
    for case, kept in cases.items():
        file.write_text("\n".join(kept) + "\n")
        assert ("root", None) in attack("SELECT 1", against=file), case
    file.write_text("\n".join(lines) + "\n")
    assert {kind for kind, _entry in attack("SELECT 1", against=file, key="00" * 32)} == {"root"}
    assert attack("SELECT 1", against=file) == []


def test_no_root_is_signed_over_a_chain_that_was_made_anew(attacked, caplog):
    attack, entries = attacked
    before = roots_file().read_text()
    attack(REWRITE, entries=entries[1])
    assert not roots.stands(roots.last_root())
    assert roots.anchor(everything=True) == 0
    assert "meridian audit verify" in caplog.text
    assert roots_file().read_text() == before


def test_what_is_missing_is_told_and_no_proof(tmp_path):
    with pytest.raises(Fault, match="There is no"):
        outside([tmp_path / "nowhere"], "")
    with pytest.raises(Fault, match="neither a root nor a witness"):
        compare(outside([tmp_path], ""))


def test_roots_and_witness_are_for_their_owner_alone(lived):
    _name, folder, _entries = lived
    assert [path.name for path in folder.iterdir() if path.stat().st_mode & 0o077] == []


def test_a_full_disk_keeps_no_command_from_being_done(tmp_path, monkeypatch, caplog):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(settings, "TRAIL_FOLDER", tmp_path / "file")
    head = witness.Head(1, datetime.datetime.now(datetime.UTC), "a.b.c", None, "x", "page", "", "")
    witness.note(head)
    assert "could not be witnessed" in caplog.text


KILLED = """
import os, signal, sys
import django
django.setup()
from meridian.engine.audit import witness
from meridian.engine.audit.trail import entry
from meridian.engine.policies import system_actor
from meridian.registers.places.models import Region
from django.db import connection, transaction

def killed(*_given):
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[1] == "after the commit":
    witness.note = killed
with transaction.atomic():
    with entry("places.region.add", system_actor("killed")):
        Region.objects.create(code="KILL", name={"en": "Killed"})
    if sys.argv[1] == "before the commit":
        killed()
"""


def killed(when):
    """A process of its own that writes an entry and is killed where the word says."""
    process = subprocess.run(
        [sys.executable, "-c", KILLED, when],
        env={
            **os.environ,
            "DATABASE_URL": databases.served_url(connection.settings_dict["NAME"]),
            "MERIDIAN_TRAIL_ROOTS": settings.TRAIL_FOLDER,
        },
        check=False,
    )
    assert process.returncode == -signal.SIGKILL


def test_an_entry_whose_process_was_killed_before_it_was_witnessed_is_not_taken_for_forged(attacked):
    attack, entries = attacked
    killed("after the commit")
    written = Entry.objects.order_by("-id")[0]
    assert (written.actor_label, written.id > entries[-1]) == ("killed", True)
    assert attack("SELECT 1") == []
    # What it announced is the entry as it was written, and no other.
    rewritten = "UPDATE audit_entry SET reason = 'x' WHERE id = $entry; $reseal"
    assert attack(rewritten, entry=written.id) == [("forged", written.id)]


def test_an_entry_whose_process_was_killed_before_its_commit_is_not_missed(attacked):
    attack, _entries = attacked
    killed("before the commit")
    assert not Entry.objects.filter(actor_label="killed").exists()
    assert attack("SELECT 1") == []

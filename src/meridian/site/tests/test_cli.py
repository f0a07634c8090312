"""The command line: one tree from every module's verbs, and sentences instead of tracebacks."""

import errno
import json
import os
import signal
import socket
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner
from house import databases

from meridian.site import cli, discovery, faults


@click.command()
def greet():
    click.echo("hello")


def meridian(*words, **environment):
    return subprocess.run(
        [sys.executable, "-m", "meridian", *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_who_interrupts_while_the_command_is_loaded_gets_no_traceback(tmp_path):
    """Loading takes long enough for a person to change their mind: here it never ends."""
    (tmp_path / "django").mkdir()
    (tmp_path / "django" / "__init__.py").write_text(
        "print('loading', flush=True)\nimport time\ntime.sleep(100)"
    )
    paths = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
    command = subprocess.Popen(
        [sys.executable, "-m", "meridian", "doctor"],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell's background jobs ignore Ctrl-C, and so would their children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert command.stdout.readline() == "loading\n"
    command.send_signal(signal.SIGINT)
    _told, faults_told = command.communicate(timeout=60)
    assert (faults_told, command.returncode) == ("Interrupted.\n", 130)


def test_full_names_become_groups():
    root = cli.build({"plan erlang": greet, "plan waves list": greet, "greet": greet})
    assert sorted(root.commands) == ["greet", "plan"]
    for words in (["greet"], ["plan", "erlang"], ["plan", "waves", "list"]):
        assert CliRunner().invoke(root, words).output == "hello\n"


def test_a_command_may_have_others_below_it():
    root = cli.build({"plan": greet, "plan erlang": greet})
    for words in (["plan"], ["plan", "erlang"]):
        told = CliRunner().invoke(root, words)
        assert (told.exit_code, told.output.count("hello")) == (0, 1), told.output


def test_every_command_of_the_house_explains_itself():
    def walk(group, words):
        for name, command in group.commands.items():
            if isinstance(command, click.Group):
                yield from walk(command, [*words, name])
            else:
                yield " ".join([*words, name]), command

    silent = [name for name, command in walk(cli.tree(), []) if not command.help]
    assert silent == []


def test_a_taken_port_is_told_in_one_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        answer = meridian("up", "--port", str(port))
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert f"Port {port} on 127.0.0.1 is taken" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_an_unreachable_database_is_told_in_one_sentence():
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        url = f"postgresql://anna:hidden@127.0.0.1:{deaf.getsockname()[1]}/desk"
        answer = meridian("migrate", DATABASE_URL=url)
    assert answer.returncode == 1
    assert "does not answer: Connection refused. Check DATABASE_URL" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert "hidden" not in answer.stderr


def test_an_old_server_is_refused():
    assert "PostgreSQL 14, but Meridian needs 15" in faults.too_old(140_011).message


def test_a_full_disk_is_told():
    assert "The disk is full." in faults.fault_from(OSError(errno.ENOSPC, "No space left")).message


def test_a_fault_of_the_program_stays_one():
    assert faults.fault_from(KeyError("x")) is None
    assert faults.fault_from(OSError(errno.EIO, "broken")) is None


@pytest.mark.django_db
def test_the_doctor_reports_for_programs_too():
    answer = meridian("doctor", "--json", DATABASE_URL=databases.served_url())
    findings = {finding["name"]: finding for finding in json.loads(answer.stdout)["findings"]}
    assert {"python", "disk", "database", "migrations", "static files"} <= set(findings)
    assert findings["database"]["state"] == "good"
    assert findings["database role"]["state"] == "good"
    assert all(finding["mend"] for finding in findings.values() if finding["state"] != "good")


def test_two_modules_of_one_name_are_refused(tmp_path, monkeypatch):
    for floor in discovery.FLOORS:
        (tmp_path / floor).mkdir()
    for floor in ("holdings", "work"):
        place = tmp_path / floor / "things"
        place.mkdir()
        (place / "__init__.py").touch()
        (place / "models.py").touch()
    monkeypatch.setattr(discovery, "HOUSE", tmp_path)
    with pytest.raises(Exception, match="same name"):
        discovery.installed_apps()

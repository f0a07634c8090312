"""The embedded server starts anywhere, survives being killed and says plainly why it can't start."""

import gc
import os
import signal
import threading
import time
from contextlib import contextmanager

import psycopg
import pytest

from meridian.engine.postgres import binaries, owner, server
from meridian.engine.postgres.server import Server, socket_folder
from meridian.kernel.console import Fault

FORGETFUL = {"fsync": "off", "shared_buffers": "16MB"}


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    embedded = Server(tmp_path_factory.mktemp("it's a place") / "postgres", FORGETFUL)
    embedded.start()
    yield embedded
    embedded.stop()


def connect(embedded):
    return psycopg.connect(
        host=str(embedded.socket_folder), user=server.USER, dbname=server.DATABASE, autocommit=True
    )


def test_it_listens_on_a_private_socket_only(running):
    with connect(running) as session:
        assert session.execute("SHOW listen_addresses").fetchone() == ("",)
    assert running.socket_folder.stat().st_mode & 0o077 == 0
    assert (running.data).stat().st_mode & 0o077 == 0


def wait_for_clients(embedded, count):
    """Until the server serves `count` clients: it notices only after `close` that a session is over."""
    until = time.monotonic() + 30
    while embedded.client_count() != count and time.monotonic() < until:
        time.sleep(0.02)
    return embedded.client_count()


def test_starting_what_runs_does_nothing_and_its_own_question_is_no_client(running):
    assert running.start() is False
    assert wait_for_clients(running, 0) == 0
    with connect(running):
        assert wait_for_clients(running, 1) == 1


@contextmanager
def silent(embedded):
    """The server's process stands still: it lives, holds its lock and answers nobody."""
    process = int((embedded.data / "postmaster.pid").read_text().split()[0])
    os.kill(process, signal.SIGSTOP)
    try:
        yield process
    finally:
        os.kill(process, signal.SIGCONT)


def test_a_server_that_answers_slowly_is_waited_for(running, monkeypatch):
    monkeypatch.setattr(server, "PATIENT_SECONDS", 2)
    answers = []
    with silent(running):
        starter = threading.Thread(target=lambda: answers.append(running.start()))
        starter.start()
        starter.join(3)
        assert starter.is_alive()
    starter.join()
    assert answers == [False]


def test_asking_a_silent_server_leaves_no_session_behind(running):
    gc.disable()  # a connection that failed would stay until its rubbish is collected
    try:
        with silent(running):
            assert not running.is_running(2)
        assert wait_for_clients(running, 0) == 0
    finally:
        gc.enable()


def test_a_server_that_never_answers_is_named(running, monkeypatch):
    monkeypatch.setattr(server, "PATIENT_SECONDS", 2)
    monkeypatch.setattr(server, "LONGEST_SILENCE_SECONDS", 0)
    with silent(running) as process, pytest.raises(Fault) as fault:
        running.start()
    assert "does not answer" in str(fault.value)
    assert f"end process {process}" in fault.value.mend
    assert running.start() is False


def test_a_lock_that_names_another_program_keeps_nobody_waiting(tmp_path):
    embedded = Server(tmp_path / "postgres", FORGETFUL)
    embedded.data.mkdir(parents=True)
    lock = embedded.data / "postmaster.pid"
    for text in (f"{os.getpid()}\n", "4194304000\n", "", "rubbish\n"):
        lock.write_text(text)
        assert embedded._living_process() is None


def test_rows_survive_a_killed_server(running):
    with connect(running) as session:
        session.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000)")
        session.execute("CHECKPOINT")
    os.kill(int((running.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    assert running.start() is True
    with connect(running) as session:
        assert session.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_of_many_starters_one_starts_and_all_are_served(running):
    running.stop()
    answers = []
    starters = [threading.Thread(target=lambda: answers.append(running.start())) for _ in range(4)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    assert sorted(answers) == [False, False, False, True]


def test_stopping_twice_is_no_fault(running):
    assert running.stop() is True
    assert running.stop() is False
    assert running.start() is True


def test_it_sorts_and_folds_every_script(running):
    with connect(running) as session:
        assert session.execute("SELECT lower('ÉCOLE ЁЛКА')").fetchone() == ("école ёлка",)


def test_data_of_another_version_is_refused(running, tmp_path):
    other = Server(tmp_path / "postgres", FORGETFUL)
    other.data.mkdir(parents=True)
    (other.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(Fault, match="made by PostgreSQL 14"):
        other.start()


def test_a_long_path_gets_a_short_socket(tmp_path):
    deep = tmp_path / ("a" * 120) / "postgres"
    assert len(os.fsencode(socket_folder(deep) / server.SOCKET_NAME)) <= server.LONGEST_SOCKET_PATH_BYTES
    assert socket_folder(deep) != socket_folder(tmp_path / ("b" * 120) / "postgres")


def test_a_socket_folder_that_somebody_laid_a_link_for_is_refused(tmp_path):
    embedded = Server(tmp_path / ("c" * 120) / "postgres", FORGETFUL)
    embedded.socket_folder.symlink_to(tmp_path)
    try:
        with pytest.raises(Fault, match="symbolic link"):
            embedded.start()
    finally:
        embedded.socket_folder.unlink()


def test_a_setting_that_postgres_refuses_is_told(tmp_path):
    with pytest.raises(Fault, match="PostgreSQL did not start: .*shared_buffers"):
        Server(tmp_path / "postgres", {"shared_buffers": "nonsense"}).start()


def test_programs_older_than_fifteen_are_refused(tmp_path, monkeypatch):
    program = tmp_path / "14" / "bin" / "postgres"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n")
    program.chmod(0o755)
    monkeypatch.setattr(binaries, "SYSTEM_FOLDER", tmp_path)
    monkeypatch.setattr(binaries, "PACKAGE", "no_such_package")
    with pytest.raises(Fault, match="older than version 15"):
        binaries.locate()


def test_a_machine_without_postgres_is_told_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(binaries, "SYSTEM_FOLDER", tmp_path)
    monkeypatch.setattr(binaries, "PACKAGE", "no_such_package")
    with pytest.raises(Fault, match="DATABASE_URL"):
        binaries.locate()


def test_the_owner_of_the_data_is_remembered(tmp_path):
    first = owner.owner_of(tmp_path, binaries.locate().folder)
    assert owner.owner_of(tmp_path, binaries.locate().folder) == first

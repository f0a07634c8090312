"""`meridian up` serves, begins its worker again when it dies, and one signal stops all of it."""

import os
import signal
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from house.running import Running, children_of, is_alive, running

from meridian.kernel.console import Fault
from meridian.site.programs import MOST_BEGINNINGS, Program, stop_all

PATIENCE_SECONDS = 30


@pytest.mark.django_db(transaction=True)
def test_it_serves_until_one_signal_stops_all_of_it():
    with running() as house:
        programs = children_of(house.process.pid)
        everybody = [*programs, *(child for program in programs for child in children_of(program))]
        with urllib.request.urlopen(f"http://127.0.0.1:{house.port}/account/login/", timeout=30) as answer:
            policy = answer.headers["Content-Security-Policy"]
        assert house.stop() == 0
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert len(programs) == 2
    assert not [process for process in everybody if is_alive(process)]


def worker_of(house: Running) -> int | None:
    """The process of its worker; None while there is none."""
    for child in children_of(house.process.pid):
        if Path(f"/proc/{child}/cmdline").read_bytes().rstrip(b"\0").endswith(b"\0worker"):
            return child
    return None


def until(condition) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_is_begun_again_and_the_web_stays():
    with running() as house:
        killed = worker_of(house)
        os.kill(killed, signal.SIGKILL)
        until(lambda: worker_of(house) not in (None, killed))
        again = worker_of(house)
        with urllib.request.urlopen(f"http://127.0.0.1:{house.port}/account/login/", timeout=30) as answer:
            assert answer.status == 200
        assert house.process.poll() is None
        assert house.stop() == 0
    assert not [process for process in (killed, again) if is_alive(process)]


def watched(program: Program) -> str:
    """Watch it until it is given up; the words of that."""
    for _round in range(10_000):
        try:
            program.watch()
        except Fault as fault:
            return str(fault)
        time.sleep(0.002)
    raise AssertionError(f"The {program.name} was not given up.")


def test_what_dies_again_and_again_is_given_up_in_words(capfd):
    words = [sys.executable, "-c", "print('begun')\nraise SystemExit(3)"]
    program = Program("worker", words, revived=True, pause_seconds=0.01)
    told = watched(program)
    assert f"The worker ended by itself (code 3), after it was begun again {MOST_BEGINNINGS} times" in told
    out, err = capfd.readouterr()
    assert out.count("begun") == 1 + MOST_BEGINNINGS
    assert [line.split()[-2] for line in err.splitlines()] == ["0.01", "0.02", "0.04", "0.08", "0.16"]
    stop_all([program])


def test_what_is_not_begun_again_ends_all_at_once():
    program = Program("web server", [sys.executable, "-c", "raise SystemExit(4)"])
    assert "The web server ended by itself (code 4)." in watched(program)

"""`meridian up` serves, and one signal stops all of it."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from house import databases


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children_of(process):
    task = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in task.read_text().split()]


def is_alive(process):
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.django_db(transaction=True)
def test_it_serves_until_one_signal_stops_all_of_it():
    port, url = free_port(), databases.served_url()
    house = subprocess.Popen(
        [sys.executable, "-m", "meridian", "up", "--port", str(port)],
        env={**os.environ, "DATABASE_URL": url, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        for line in house.stdout:
            if "Ctrl-C stops it." in line:
                break
        programs = children_of(house.pid)
        everybody = [*programs, *(child for program in programs for child in children_of(program))]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=30) as answer:
            policy = answer.headers["Content-Security-Policy"]
        house.send_signal(signal.SIGTERM)
        assert house.wait(timeout=40) == 0
    finally:
        house.kill()
        house.stdout.close()
        house.wait()
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert len(programs) == 2
    assert not [process for process in everybody if is_alive(process)]

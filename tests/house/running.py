"""The house as `meridian up` runs it, on the test's database: real processes on a free port."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from house import databases

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Running:
    """A house that serves: its port, and the process of `meridian up`."""

    port: int
    process: "subprocess.Popen[str]"

    def stop(self) -> int:
        """Ask it once to stop; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)


@contextmanager
def running() -> Iterator[Running]:
    """Web and worker until the end of the block."""
    port, url = free_port(), databases.served_url()
    house = subprocess.Popen(
        [sys.executable, "-m", "meridian", "up", "--port", str(port)],
        env={**os.environ, "DATABASE_URL": url, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    found = Running(port, house)
    try:
        for line in house.stdout:
            if "Ctrl-C stops it." in line:
                break
        yield found
        if house.poll() is None:
            found.stop()
    finally:
        house.kill()
        house.stdout.close()
        house.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def children_of(process: int) -> list[int]:
    task = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in task.read_text().split()]


def is_alive(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"

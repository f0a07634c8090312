"""`meridian up` on a free port, and the memory of its web server."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from meridian.kernel.console import Fault

READY_SECONDS = 180
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Served:
    """A running house: its address and the process of `meridian up`."""

    port: int
    process: int

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def drain(self) -> None:
        """Wait until what was asked for and given up is done: each worker answers in turn."""
        for _turn in range(2 * (os.cpu_count() or 1)):
            with contextlib.suppress(urllib.error.HTTPError):
                urllib.request.urlopen(f"{self.address}/portal/", timeout=READY_SECONDS).close()

    def processor_seconds(self) -> float:
        """What the house has used of the processors so far: web, worker and database."""
        database = next(settings.VAR_FOLDER.glob("postgres/*/postmaster.pid"))
        postmaster = int(database.read_text().split()[0])
        return sum(map(_processor_seconds, [*_below(self.process), postmaster, *_below(postmaster)]))

    def memory_mebibytes(self) -> float:
        """The proportional set size of the web server's processes together."""
        kibibytes = 0
        for process in _below(self.process):
            with contextlib.suppress(OSError):
                words = Path(f"/proc/{process}/cmdline").read_bytes()
                if b"granian" in words:
                    kibibytes += _proportional(process)
        return kibibytes / 1024


@contextlib.contextmanager
def served() -> Iterator[Served]:
    """Web, worker and database as `meridian up` runs them, until the end of the block."""
    port = _free_port()
    words = [sys.executable, "-m", "meridian", "up", "--port", str(port)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, start_new_session=True) as house:
        try:
            _wait(port, house)
            yield Served(port, house.pid)
        finally:
            house.send_signal(signal.SIGTERM)
            house.wait(60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait(port: int, house: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and house.poll() is None:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=10):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise Fault("The house to measure did not answer.", "Run `meridian up` by hand and look at its messages.")


def _below(process: int) -> list[int]:
    """All processes that descend from one."""
    parents: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError):
                words = Path(f"/proc/{entry}/stat").read_text().rsplit(")", 1)[1].split()
                parents.setdefault(int(words[1]), []).append(int(entry))
    found, waiting = [], [process]
    while waiting:
        below = parents.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def _processor_seconds(process: int) -> float:
    with contextlib.suppress(OSError):
        words = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / TICKS_PER_SECOND
    return 0.0


def _proportional(process: int) -> int:
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0

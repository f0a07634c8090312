"""Very many people at once, each with a while to read between two pages."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from measuring.driving import Shot, script_of
from measuring.serving import Served

# Between half and one and a half times the pause, so that they don't march in step.
PAUSE = """
delay = function()
  return math.random({least}, {most})
end
"""


@dataclass(frozen=True, slots=True)
class Asker:
    """People of one kind: how many, for how long each reads, what they ask for in turn."""

    name: str
    people: int
    pause_seconds: float
    shot: Shot


class Crowd(NamedTuple):
    """What people of one kind met: latencies in milliseconds; refusals, broken connections and time-outs."""

    name: str
    people: int
    requests: int
    p50_ms: int
    p95_ms: int
    errors: int


def asked_at_once(served: Served, askers: Sequence[Asker], seconds: float) -> list[Crowd]:
    """All of them ask at the same time, for some seconds."""
    with tempfile.TemporaryDirectory() as folder:
        running = [_begun(served.address, one, seconds, Path(folder)) for one in askers]
        return [_met(one, words.communicate()[0]) for one, words in zip(askers, running, strict=True)]


def _begun(address: str, asker: Asker, seconds: float, folder: Path) -> "subprocess.Popen[str]":
    pause = round(asker.pause_seconds * 1000)
    script = folder / f"{asker.name}.lua"
    script.write_text(script_of(asker.shot) + PAUSE.format(least=pause // 2, most=pause * 3 // 2))
    words = ["wrk", "-t1", f"-c{asker.people}", f"-d{round(seconds)}s", "--timeout", "30s"]
    return subprocess.Popen([*words, "-s", str(script), address], stdout=subprocess.PIPE, text=True)


def _met(asker: Asker, words: str) -> Crowd:
    line = next(line for line in words.splitlines() if line.startswith("FIGURES "))
    found = json.loads(line.removeprefix("FIGURES "))
    middle, high = (round(found[name] / 1000) for name in ("p50", "p95"))
    return Crowd(
        asker.name, asker.people, found["requests"], middle, high, found["refused"] + found["broken"]
    )

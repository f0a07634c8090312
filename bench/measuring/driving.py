"""Requests by wrk: one thread, eight connections, the addresses in turn."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from meridian.kernel.console import Fault

CONNECTIONS = 8
SCRIPT = """
local paths = {paths}
local method, body = {method}, {body}
local headers = {headers}
local count = 0
request = function()
  count = count + 1
  local words = body and string.gsub(body, "COUNT", tostring(count)) or nil
  return wrk.format(method, paths[(count - 1) % #paths + 1], headers, words)
end
done = function(summary, latency)
  io.write(string.format(
    '\\nFIGURES {{"requests": %d, "microseconds": %d, "refused": %d, "broken": %d,'
    .. ' "p50": %d, "p95": %d, "p99": %d}}\\n',
    summary.requests, summary.duration, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
"""


@dataclass(frozen=True, slots=True)
class Shot:
    """What is asked again and again: paths in turn; COUNT in the body becomes the request's number."""

    paths: Sequence[str]
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "GET"
    body: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """Requests in so many seconds, those answered with 400 or more, latencies in milliseconds."""

    requests: int
    seconds: float
    refused: int
    p50_ms: float
    p95_ms: float
    p99_ms: float

    @property
    def per_second(self) -> float:
        return (self.requests - self.refused) / self.seconds


def refuse_without_wrk() -> None:
    """A `Fault` unless wrk is installed."""
    if shutil.which("wrk") is None:
        raise Fault(
            "The pages are measured with wrk, which is not installed.", "Run `apt-get install -y wrk`."
        )


def drive(address: str, shot: Shot, seconds: float) -> Hits:
    """Ask for `seconds`."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "requests.lua"
        place.write_text(script_of(shot))
        return _wrk(address, place, seconds)


def script_of(shot: Shot) -> str:
    """The shot in the language of wrk."""
    return SCRIPT.format(
        paths="{" + ", ".join(map(_quoted, shot.paths)) + "}",
        method=_quoted(shot.method),
        body=_quoted(shot.body) if shot.body else "nil",
        headers="{" + ", ".join(f"[{_quoted(n)}] = {_quoted(v)}" for n, v in shot.headers.items()) + "}",
    )


def _wrk(address: str, script: Path, seconds: float) -> Hits:
    words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "--timeout", "30s"]
    done = subprocess.run([*words, "-s", str(script), address], capture_output=True, text=True, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("FIGURES "))
    found = json.loads(line.removeprefix("FIGURES "))
    if found["broken"]:
        raise Fault(
            f"{found['broken']} requests to {address} were broken off.", "Look at the server's messages."
        )
    milliseconds = [found[name] / 1000 for name in ("p50", "p95", "p99")]
    return Hits(found["requests"], found["microseconds"] / 1e6, found["refused"], *milliseconds)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "")
    return f'"{escaped}"'

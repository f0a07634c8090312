"""The programs that `meridian up` runs: begun, begun again when they die, and stopped in order."""

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field

import click

from meridian.kernel.console import Fault

STOP_SECONDS = 25
# What dies so often dies of something that a further beginning doesn't mend.
MOST_BEGINNINGS = 5
COUNTED_SECONDS = 120


@dataclass
class Program:
    """A running child, the words that begin it, and what to call it before people.

    One that is `revived` is begun again when it has ended by itself: five times within two minutes
    at most, each time after twice the pause.
    """

    name: str
    words: list[str]
    revived: bool = False
    pause_seconds: float = 0.5
    process: subprocess.Popen[bytes] = field(init=False)
    _ended_at: list[float] = field(default_factory=list, init=False)
    _due_at: float | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._begin()

    def watch(self) -> None:
        """Begin it again when it has ended and its pause is over; `Fault` when that is of no use."""
        if self._due_at is not None:
            if time.monotonic() >= self._due_at:
                self._begin()
        elif (code := self.process.poll()) is not None:
            self._end_children()
            self._revive(code)

    def _revive(self, code: int) -> None:
        now = time.monotonic()
        self._ended_at = [at for at in self._ended_at if at > now - COUNTED_SECONDS]
        ended = f"The {self.name} ended by itself (code {code})"
        if not self.revived:
            raise Fault(f"{ended}.", "Look at the messages above.")
        times = len(self._ended_at)
        if times >= MOST_BEGINNINGS:
            raise Fault(
                f"{ended}, after it was begun again {times} times within {COUNTED_SECONDS} seconds.",
                "Look at the messages above.",
            )
        pause = self.pause_seconds * 2**times
        self._ended_at.append(now)
        self._due_at = now + pause
        click.echo(f"{ended}. It is begun again in {pause:g} seconds.", err=True)

    def stop(self, deadline: float) -> None:
        """Wait until `deadline` for the end that was asked for; then end it with all that it began."""
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._end_children()

    def _begin(self) -> None:
        # A session of its own keeps Ctrl-C from reaching the child before we stop it in order.
        self.process = subprocess.Popen(self.words, stdin=subprocess.DEVNULL, start_new_session=True)
        self._due_at = None

    def _end_children(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


def stop_all(programs: list[Program]) -> None:
    """Ask all of them to end, and wait so long."""
    for program in programs:
        program.process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for program in programs:
        program.stop(deadline)

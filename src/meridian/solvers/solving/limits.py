"""How long a plan may take: seconds from the start of the command, or steps that repeat exactly."""

import math
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path

from meridian.kernel.console import Fault

LARGEST_STARTUP_SECONDS = 30.0
LARGEST_STARTUP_SHARE = 0.25


@dataclass(frozen=True)
class Limits:
    """How long a run may take: `stop_at` (monotonic) counts from the start of the command.

    `seconds` is what the person gave; the last `kept_seconds` of it come after `stop_at`.
    """

    seconds: float
    stop_at: float
    seed: int = 1
    steps: int | None = None
    kept_seconds: float = 0.0

    @property
    def started_at(self) -> float:
        """When the command began, by the monotonic clock."""
        return self.stop_at + self.kept_seconds - self.seconds

    def keeping(self, seconds: float) -> "Limits":
        """Limits that stop `seconds` earlier, for what is to be done after this run."""
        return replace(self, stop_at=self.stop_at - seconds, kept_seconds=self.kept_seconds + seconds)

    @property
    def repeatable(self) -> bool:
        """A run limited by steps uses one thread and gives the same answer every time."""
        return self.steps is not None


def limits_from(seconds: float, seed: int = 1, steps: int | None = None) -> Limits:
    """Limits that start with this process; a limit that leaves no time is a `Fault`."""
    if not math.isfinite(seconds) or seconds <= 0:
        raise Fault(f"A limit of {seconds:g} s leaves no time to solve.", "Give --seconds a number above 0.")
    if steps is not None and steps <= 0:
        raise Fault(f"A limit of {steps} steps leaves nothing to do.", "Give --steps a number above 0.")
    # In a process that has lived long this says nothing, so only a share of the limit is charged.
    charged_seconds = min(LARGEST_STARTUP_SECONDS, LARGEST_STARTUP_SHARE * seconds)
    startup_seconds = min(_seconds_since_start(), charged_seconds)
    return Limits(seconds, time.monotonic() - startup_seconds + seconds, seed, steps)


def _seconds_since_start() -> float:
    """How long this process has lived; its processor time where the system does not tell."""
    try:
        fields = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        started_at = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return max(0.0, time.clock_gettime(time.CLOCK_BOOTTIME) - started_at)
    except (OSError, ValueError, IndexError, AttributeError):
        return time.process_time()

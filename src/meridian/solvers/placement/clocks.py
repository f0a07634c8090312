"""How a walker knows what share of its run is spent: by wall time, or by steps for a repeatable run."""

import threading
import time
from typing import Protocol

ROUND_SECONDS = 0.03
FEWEST_STEPS = 1024
FIRST_STEPS = 16_384
STEP_ROUNDS = 500


class Clock(Protocol):
    """Share of the run that is spent (0 to 1), and the number of steps that the next round may take."""

    def spent(self) -> float: ...

    def steps(self) -> int: ...

    def count(self, steps: int, seconds: float) -> None: ...


class TimeClock:
    """Spends wall time; every walker has its own pace."""

    def __init__(self, seconds: float) -> None:
        self.started_at = time.monotonic()
        self.seconds = max(seconds, 1e-9)
        self.pace = threading.local()

    def spent(self) -> float:
        return (time.monotonic() - self.started_at) / self.seconds

    def steps(self) -> int:
        return int(getattr(self.pace, "steps", FIRST_STEPS))

    def count(self, steps: int, seconds: float) -> None:
        wanted = steps * min(2.0, ROUND_SECONDS / max(seconds, 1e-6))
        self.pace.steps = max(FEWEST_STEPS, int(wanted))


class StepClock:
    """Spends steps, so that a run can be repeated on any machine; for one walker."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0

    def spent(self) -> float:
        return self.done / self.total

    def steps(self) -> int:
        return min(max(FEWEST_STEPS, self.total // STEP_ROUNDS), self.total - self.done)

    def count(self, steps: int, seconds: float) -> None:
        self.done += steps

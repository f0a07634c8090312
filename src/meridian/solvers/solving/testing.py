"""A reporter that keeps what a solver tells, so that solvers are tested without their process."""

import math
import time
from dataclasses import dataclass, field
from typing import Any

from meridian.solvers.solving.limits import Limits
from meridian.solvers.solving.worker import Reporter


@dataclass
class Recording:
    """The solutions and bounds told, and the reporter to tell them to."""

    seconds: float = 60.0
    steps: int | None = None
    solutions: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        limits = Limits(self.seconds, time.monotonic() + self.seconds, steps=self.steps)
        self.reporter = Reporter(limits, self._take)

    def _take(self, message: Any) -> None:
        if message.solution is not None:
            self.solutions.append(message.solution)

    @property
    def best(self) -> Any:
        return self.solutions[-1]

    @property
    def objective(self) -> float:
        return self.reporter.objective

    @property
    def is_proven(self) -> bool:
        return math.isclose(self.reporter.bound, self.reporter.objective, rel_tol=1e-7, abs_tol=1e-6)

"""A solver for the tests of the worker: counts down and then ends as its job says.

`python -m meridian.solvers.solving.tests.counting`
"""

import os
import time

from meridian.kernel.console import Fault
from meridian.solvers.solving.worker import Reporter, serve


def count_down(ending: str, reporter: Reporter) -> None:
    """Tell 3, 2, 1 (unless the job is to tell nothing), then end."""
    print("a library writes to standard output")  # noqa: T201 - must not disturb the channel
    if not ending.startswith("silent"):
        for objective in (3, 2, 1, 2):
            reporter.improve(objective, {"value": objective})
        reporter.raise_bound(0.5)
    if ending.endswith("sleep"):
        time.sleep(60)
    if ending.endswith("fault"):
        raise Fault("The model cannot be met.", "Loosen it.")
    if ending.endswith("error"):
        raise ValueError("first line\nsecond line")
    if ending.endswith("crash"):
        os.abort()


if __name__ == "__main__":
    serve(count_down)

"""Run a solver in a process of its own: stopped at the deadline, best answer so far kept.

The command calls `run` with the module of the solver; that module ends with
`if __name__ == "__main__": serve(solve)`, where `solve(job, reporter)` tells the reporter
each better answer and each better bound. Whatever was told last stands when the deadline
passes, when a person interrupts, or when the solver falls over.

Both ends are the same program on one machine, so frozen dataclasses travel as pickles.
Objectives are minimised. All times are seconds of the monotonic clock, which every
process of a machine reads alike.
"""

import math
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import click

from meridian.kernel.console import Fault
from meridian.solvers.solving.limits import Limits, limits_from

__all__ = ["Known", "Limits", "Outcome", "Reporter", "limits_from", "run", "serve"]

PROGRESS_EVERY_SECONDS = 0.5


@dataclass(frozen=True)
class Outcome:
    """What a run left behind: the best solution told, its objective and the best bound."""

    solution: Any
    objective: float
    bound: float
    seconds: float
    interrupted: bool

    def proven(self, tolerance: float = 1e-9) -> bool:
        """Whether the bound meets the objective, to a share `tolerance` of it."""
        return self.objective - self.bound <= tolerance * max(1.0, abs(self.objective))


@dataclass(frozen=True)
class Known:
    """What a quick method found before the solver starts; the solver tells only what is better."""

    objective: float
    solution: Any
    bound: float = -math.inf


NOTHING_KNOWN = Known(math.inf, None)


@dataclass(frozen=True)
class _Message:
    objective: float | None = None
    solution: Any = None
    bound: float | None = None
    fault: tuple[str, str] | None = None
    finished: bool = False


class Reporter:
    """The solver's end: tells answers and bounds, and knows how much time is left."""

    def __init__(
        self, limits: Limits, send: Callable[[_Message], None], known: Known = NOTHING_KNOWN
    ) -> None:
        self.limits = limits
        self.objective = known.objective
        self.bound = known.bound
        self._send = send
        self._margin_seconds = min(1.0, 0.05 * limits.seconds)

    def remaining_seconds(self) -> float:
        """Seconds left to search in, less a margin in which to hand over the answer."""
        return max(0.0, self.limits.stop_at - self._margin_seconds - time.monotonic())

    def improve(self, objective: float, solution: Any) -> bool:
        """Tell a solution; only one better than the best so far is kept."""
        if objective >= self.objective:
            return False
        self.objective = objective
        self._send(_Message(objective=objective, solution=solution))
        return True

    def raise_bound(self, bound: float) -> None:
        """Tell a proven lower bound; a bound that is no better is forgotten."""
        if bound > self.bound and math.isfinite(bound):
            self.bound = bound
            self._send(_Message(bound=bound))


def serve(solve: Callable[[Any, Reporter], None]) -> None:
    """Be the worker process: read one job from standard input, solve it, tell the outcome."""
    # Libraries written in C print to descriptor 1; the channel to the parent must stay clean.
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    limits, job, known = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by the parent, the same program
    threading.Thread(target=_end_with_parent, daemon=True).start()
    lock = threading.Lock()

    def send(message: _Message) -> None:
        with lock:
            pickle.dump(message, channel)
            channel.flush()

    try:
        solve(job, Reporter(limits, send, known))
        send(_Message(finished=True))
    except Fault as fault:
        send(_Message(fault=(fault.message, "")))
    except MemoryError:
        send(_Message(fault=("The model needs more memory than this machine has.", "Plan a smaller part.")))
    except Exception as error:  # noqa: BLE001 - becomes one sentence in the parent
        told = " ".join(str(error).split()) or "no reason given"
        send(
            _Message(
                fault=(f"The solver failed ({type(error).__name__}: {told}).", "Report it with the file.")
            )
        )
    channel.close()
    # Solver threads may outlive their call; nothing is left to do for them.
    os._exit(0)


def _end_with_parent() -> None:
    """A parent that is gone closes our standard input: there is nobody left to solve for."""
    sys.stdin.buffer.read()
    os._exit(1)


def run(
    module: str, job: Any, limits: Limits, *, known: Known = NOTHING_KNOWN, show_progress: bool = True
) -> Outcome:
    """Solve `job` in `python -m module` and return the best that came back in time.

    What is `known` stands until something better comes, and is the answer at once where its bound
    proves it. Raises `Fault` when the solver reported one, or when nothing was found in time.
    """
    progress = _Progress(limits.started_at, show_progress, known)
    if known.solution is not None and known.bound >= known.objective:
        return _settle("finished", 0, limits, progress)
    process = subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    messages: queue.SimpleQueue[_Message | None] = queue.SimpleQueue()
    parcel = (limits, job, known)
    ends = [
        threading.Thread(target=_receive, args=(process.stdout, messages), daemon=True),
        threading.Thread(target=_hand_over, args=(process.stdin, parcel), daemon=True),
    ]
    for end in ends:
        end.start()
    try:
        ending = _follow(messages, limits, progress)
    finally:
        process.kill()
        process.wait()
        for end in ends:
            end.join()
        _close(process)
    while (message := messages.get()) is not None:
        progress.take(message)
    return _settle(ending, process.returncode, limits, progress)


def _close(process: "subprocess.Popen[bytes]") -> None:
    """Close both pipes; what was not yet written to a process that is gone is of no use."""
    for pipe in (process.stdin, process.stdout):
        with suppress(BrokenPipeError):
            if pipe is not None:
                pipe.close()


def _hand_over(stream: Any, parcel: Any) -> None:
    try:
        pickle.dump(parcel, stream)
        stream.flush()
    except (BrokenPipeError, ValueError):
        return  # The solver ended before it read its job: `_settle` says so.


def _receive(stream: Any, messages: "queue.SimpleQueue[_Message | None]") -> None:
    while True:
        try:
            messages.put(pickle.load(stream))  # noqa: S301 - written by our own worker
        except (EOFError, OSError, pickle.UnpicklingError, ValueError):
            messages.put(None)
            return


class _Progress:
    """Folds messages into the best so far and shows objective and bound on standard error."""

    def __init__(self, started_at: float, visible: bool, known: Known) -> None:
        self.started_at = started_at
        self.visible = visible
        self.shown_at = 0.0
        self.solution = known.solution
        self.objective = known.objective
        self.bound = known.bound
        self.fault: tuple[str, str] | None = None

    def take(self, message: _Message) -> None:
        if message.objective is not None:
            self.objective, self.solution = message.objective, message.solution
        if message.bound is not None:
            self.bound = message.bound
        if message.fault is not None:
            self.fault = message.fault
        if self.visible and time.monotonic() - self.shown_at >= PROGRESS_EVERY_SECONDS:
            self.show()

    def show(self) -> None:
        self.shown_at = time.monotonic()
        objective = f"{self.objective:,.3f}" if math.isfinite(self.objective) else "none yet"
        bound = f"{self.bound:,.3f}" if math.isfinite(self.bound) else "none yet"
        elapsed_seconds = self.shown_at - self.started_at
        click.echo(f"{elapsed_seconds:7.1f} s  objective {objective}  bound {bound}", err=True)


def _follow(messages: "queue.SimpleQueue[_Message | None]", limits: Limits, progress: _Progress) -> str:
    """Fold messages until the run ends; says how: finished, fallen, deadline or interrupted."""
    with _terminate_as_interrupt():
        try:
            while True:
                left_seconds = limits.stop_at - time.monotonic()
                if left_seconds <= 0:
                    return "deadline"
                try:
                    message = messages.get(timeout=left_seconds)
                except queue.Empty:
                    return "deadline"
                if message is None:
                    messages.put(None)
                    return "fallen"
                progress.take(message)
                if message.finished or message.fault:
                    return "finished"
        except KeyboardInterrupt:
            return "interrupted"


@contextmanager
def _terminate_as_interrupt() -> Iterator[None]:
    """A polite end (SIGTERM) keeps the best so far, like Ctrl-C; only the main thread may listen."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(_number: int, _frame: Any) -> None:
        raise KeyboardInterrupt

    former = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)


def _settle(ending: str, return_code: int, limits: Limits, progress: _Progress) -> Outcome:
    if progress.visible and math.isfinite(progress.objective):
        progress.show()
    if progress.fault is not None:
        raise Fault(*progress.fault)
    if progress.solution is None:
        raise Fault(*_why_nothing(ending, return_code, limits))
    if ending == "fallen":
        click.echo("The solver stopped unexpectedly; the best answer before that is kept.", err=True)
    return Outcome(
        solution=progress.solution,
        objective=progress.objective,
        bound=min(progress.bound, progress.objective),
        seconds=round(time.monotonic() - limits.started_at, 3),
        interrupted=ending == "interrupted",
    )


def _why_nothing(ending: str, return_code: int, limits: Limits) -> tuple[str, str]:
    if ending == "interrupted":
        return "The run was interrupted before any answer was found.", ""
    if ending == "fallen":
        return f"The solver stopped unexpectedly (exit code {return_code}).", "Report it with the file."
    return f"No answer was found within {limits.seconds:g} s.", "Give --seconds a larger number."

"""The worker keeps its promises: best so far at the deadline, one sentence for every fault."""

import signal
import subprocess
import sys

import pytest

from meridian.kernel.console import Fault
from meridian.solvers.solving.limits import limits_from
from meridian.solvers.solving.worker import Known, run

SOLVER = "meridian.solvers.solving.tests.counting"


def solve(ending, *, seconds=20.0, **options):
    return run(SOLVER, ending, limits_from(seconds), **options)


def test_the_best_solution_and_bound_come_back():
    outcome = solve("finish")
    assert (outcome.solution, outcome.objective, outcome.bound) == ({"value": 1}, 1, 0.5)
    assert not outcome.proven()


def test_the_best_so_far_stands_when_the_deadline_passes():
    outcome = solve("sleep", seconds=3.0)
    assert outcome.solution == {"value": 1}


def test_nothing_in_time_is_one_sentence():
    with pytest.raises(Fault, match=r"^No answer was found within 2 s\. Give --seconds a larger number\.$"):
        solve("silent sleep", seconds=2.0)


def test_the_sentence_names_the_limit_of_the_person_and_not_a_share_of_it():
    limits = limits_from(1.0)
    share = limits.keeping(0.9)
    assert share.stop_at == pytest.approx(limits.stop_at - 0.9)
    assert share.started_at == pytest.approx(limits.started_at)
    with pytest.raises(Fault, match="within 1 s"):
        run(SOLVER, "silent sleep", share)


def test_the_best_so_far_stands_when_the_solver_falls_over(capfd):
    assert solve("crash").solution == {"value": 1}
    assert "stopped unexpectedly" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("ending", "sentence"),
    [
        ("fault", r"^The model cannot be met\. Loosen it\.$"),
        (
            "silent crash",
            r"^The solver stopped unexpectedly \(exit code -?\d+\)\. Report it with the file\.$",
        ),
        (
            "silent error",
            r"^The solver failed \(ValueError: first line second line\)\. Report it with the file\.$",
        ),
    ],
)
def test_a_fault_is_one_sentence(ending, sentence):
    with pytest.raises(Fault, match=sentence):
        solve(ending)


def test_what_is_known_stands_until_something_better_comes():
    assert solve("finish", known=Known(0.75, "quick", 0.0)).solution == "quick"
    assert solve("finish", known=Known(2.5, "quick", 0.0)).solution == {"value": 1}


def test_a_known_answer_with_its_proof_needs_no_solver():
    outcome = run("no.such.module", None, limits_from(1.0), known=Known(4, "quick", 4))
    assert outcome.solution == "quick"
    assert outcome.proven()


def test_progress_is_shown_on_standard_error(capfd):
    solve("finish")
    captured = capfd.readouterr()
    assert "objective 1.000  bound 0.500" in captured.err
    assert captured.out == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_keeps_the_best_so_far(number):
    code = (
        # A shell that starts tests in the background has interruptions ignored: heed them here.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from meridian.solvers.solving.worker import limits_from, run\n"
        f"outcome = run({SOLVER!r}, 'sleep', limits_from(60.0))\n"
        "print(outcome.solution, outcome.interrupted)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert "objective" in process.stderr.readline()
    process.send_signal(number)
    printed, _ = process.communicate(timeout=30)
    assert printed.startswith("{'value': ")
    assert printed.endswith(" True\n")


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_a_limit_that_leaves_no_time_is_refused(seconds):
    with pytest.raises(Fault, match="leaves no time to solve"):
        limits_from(seconds)


def test_a_limit_of_no_steps_is_refused():
    with pytest.raises(Fault, match="leaves nothing to do"):
        limits_from(1, steps=0)

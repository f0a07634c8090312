"""Scheduling: list schedules are sound, CP-SAT agrees with enumeration, bad files are one sentence."""

import itertools
import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from meridian.kernel.console import Fault
from meridian.solvers.scheduling.lists import cost_bound, first_schedule, makespan_bound
from meridian.solvers.scheduling.project import (
    Availability,
    Bond,
    Milestone,
    Mode,
    Precedence,
    Project,
    Resource,
    Schedule,
    Scheduling,
    Task,
    breaches,
    checked_cost,
    refuse_impossible,
)
from meridian.solvers.scheduling.psplib import read_project
from meridian.solvers.scheduling.solve import schedule_project
from meridian.solvers.scheduling.tests.project_files import (
    SMALL_FILE,
    cheapest_by_enumeration,
    project_file,
    random_project,
)
from meridian.solvers.scheduling.verbs import schedule
from meridian.solvers.solving.testing import Recording


def shortest_by_enumeration(project):
    """The least makespan of list schedules in every order: the optimum is among them."""
    best = project.horizon
    for order in itertools.permutations(range(len(project.tasks))):
        free, ends = Availability(project), {}
        for at in order:
            if any(each.before not in ends for each in project.entering[at]):
                break
            mode = project.tasks[at].modes[0]
            ready = max((ends[each.before] + each.lag for each in project.entering[at]), default=0)
            start = free.first_fit(mode.needs, mode.duration, ready)
            free.place(mode.needs, mode.duration, start)
            ends[at] = start + mode.duration
        else:
            best = min(best, max(ends.values()))
    return best


def solve(project, **limits):
    recording = Recording(**limits)
    schedule_project(Scheduling(project, first_schedule(project, seconds=60)), recording.reporter)
    return recording


@given(st.integers(0, 100_000), st.integers(1, 15))
@settings(max_examples=80, deadline=None)
def test_list_schedules_keep_every_rule_and_the_bound_holds(seed, jobs):
    project = random_project(seed, jobs=jobs)
    told = []
    found = first_schedule(project, seconds=60, seed=seed, tell=told.append)
    assert told[-1] is found
    assert all(list(breaches(project, each)) == [] for each in told)
    assert makespan_bound(project) <= found.makespan(project)


@pytest.mark.parametrize("seed", range(12))
def test_the_solver_proves_what_enumeration_finds(seed):
    project = random_project(seed)
    recording = solve(project, steps=20)
    assert checked_cost(project, recording.best) == shortest_by_enumeration(project)
    assert recording.is_proven


RICH = Project(
    name="rich",
    tasks=(
        Task("a", (Mode("slow", 3, (1,)), Mode("quick", 1, (2,), cost=2)), due=2, late_weight=3),
        Task("b", (Mode("only", 2, (1,)),), closed=((0, 1), (2, 3)), former_start=0, churn_weight=1),
        Task("c", (Mode("only", 1, (1,)),), earliest=1, ends_within=((2, 3), (5, 6)), end_weight=1, latest=6),
    ),
    precedences=(Precedence(0, 2, lag=1),),
    resources=(Resource("crew", 2, ((1, 2, 1),)),),
    horizon=7,
    bonds=(Bond(1, 2, 1),),
    milestones=(Milestone("room", (0, 1), 2),),
)


def test_modes_windows_lags_and_prices_agree_with_enumeration():
    recording = solve(RICH, steps=20)
    assert checked_cost(RICH, recording.best) == cheapest_by_enumeration(RICH)
    assert recording.is_proven
    assert cost_bound(RICH) <= recording.objective


def test_a_run_limited_by_steps_repeats_itself():
    project = random_project(5, jobs=14)
    assert solve(project, steps=1).solutions == solve(project, steps=1).solutions


@pytest.mark.parametrize(
    ("starts", "breach"),
    [
        ((1, 5, 4), "b runs from 5 to 7|c ends"),
        ((0, 0, 5), "b runs from 0 to 2 inside a closed span"),
        ((0, 3, 2), "c starts before a allows"),
        ((0, 3, 4), "c ends at 5, outside its windows"),
        ((-1, 3, 5), "a starts at -1"),
    ],
)
def test_the_check_refuses_a_broken_schedule(starts, breach):
    with pytest.raises(Fault, match=breach):
        checked_cost(RICH, Schedule(starts, (0, 0, 0)))


def test_the_check_sees_an_overload():
    with pytest.raises(Fault, match="crew carries 3 at 1 and has 2"):
        checked_cost(RICH, Schedule((1, 3, 5), (1, 0, 0)))


def test_rules_that_cannot_hold_together_are_named():
    tasks = tuple(Task(name, (Mode("m", 4, (1, 1)),), latest=6) for name in ("copy", "test"))
    project = Project("tight", tasks, (), (Resource("crew", 1), Resource("idle", 5)), 20)
    words = "the capacity of crew; the latest end of copy; the latest end of test"
    with pytest.raises(Fault, match=f"^tight: no schedule can meet these together: {words}"):
        schedule_project(Scheduling(project), Recording(steps=20).reporter)


def test_a_ring_is_named():
    tasks = tuple(Task(name, (Mode("m", 1, ()),)) for name in "abc")
    ring = (Precedence(0, 1), Precedence(1, 2), Precedence(2, 1))
    with pytest.raises(Fault, match="in a circle: b → c → b"):
        refuse_impossible(Project("ring", tasks, ring, (), 9))


def test_the_command_prints_a_checked_schedule(tmp_path):
    path = tmp_path / "small.sm"
    path.write_text(SMALL_FILE)
    result = CliRunner().invoke(schedule, [str(path), "--seconds", "120", "--json"])
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    project = read_project(path)
    found = Schedule(tuple(report["start"]), (0,) * len(project.tasks))
    assert (
        checked_cost(project, found)
        == report["makespan"]
        == report["bound"]
        == shortest_by_enumeration(project)
    )
    assert report["proven"]


JOB_ONE = "   1        1         3   2 3 4"
JOB_FIVE = "  5      1     5   3 1"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (SMALL_FILE[450:], "", r"line \d+: the file ends here, before the resource availabilities"),
        (JOB_ONE, JOB_ONE[:-2], "line 11: job 1 announces 3 successors and names 2"),
        (JOB_ONE, JOB_ONE[:-1] + "9", "line 11: job 1 has successor 9, and there are 7 jobs"),
        (JOB_ONE, JOB_ONE[:-1] + "x", "line 11: .* should hold whole numbers only"),
        (JOB_FIVE, JOB_FIVE[:-3] + "9 1", "job 5 needs 9 of R1, which has 4"),
        (JOB_FIVE, JOB_FIVE[:-2], "line 26: a single-mode row holds 5 numbers, not 4"),
        ("sink ):  7", "sink ):  8", "durations are given for 7 of 8 jobs"),
        (
            "nonrenewable              :  0",
            "nonrenewable              :  2",
            "line 6: nonrenewable resources",
        ),
        (SMALL_FILE, "nothing of the kind", "does not say how many jobs"),
    ],
)
def test_a_bad_file_names_the_line(tmp_path, old, new, sentence):
    path = tmp_path / "bad.sm"
    assert old in SMALL_FILE
    path.write_text(SMALL_FILE.replace(old, new))
    with pytest.raises(Fault, match=sentence):
        read_project(path)


def test_a_cyclic_file_names_the_cycle(tmp_path):
    path = tmp_path / "ring.sm"
    path.write_text(project_file([[2], [3], [2, 4], []], [0, 1, 1, 0], [[0], [1], [1], [0]], [1]))
    with pytest.raises(Fault, match="in a circle: job 2 → job 3 → job 2"):
        read_project(path)

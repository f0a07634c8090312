"""Waves: groups hold what belongs together, re-planning disturbs little, bad plans name the record."""

import json
import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from meridian.kernel.console import Fault
from meridian.solvers.scheduling.testing import solved
from meridian.solvers.waves.groups import move_groups, prerequisites
from meridian.solvers.waves.plan import Method, Move, WavePlan
from meridian.solvers.waves.plan_file import read_plan
from meridian.solvers.waves.terms import TermLimits, alone, least_terms
from meridian.solvers.waves.translation import Former, Translation
from meridian.solvers.waves.verbs import waves
from meridian.solvers.waves.wave_check import checked_waves, cost_terms

PLAN = Path(__file__).parent / "data" / "waves.json"


def plan_of(tmp_path, change=lambda fields: None):
    fields = json.loads(PLAN.read_text())
    change(fields)
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(fields))
    return read_plan(path)


def solve(plan, former=None):
    former = former or Former()
    translation = Translation(plan, former)
    recording = solved(translation.project, steps=30)
    waves_found = translation.waves(recording.best)
    assert checked_waves(plan, waves_found, former) == recording.objective
    return waves_found


def test_strong_dependencies_glue_and_the_lightest_is_cut():
    groups, cuts = move_groups(read_plan(PLAN))
    assert ("ledger", "payments") in groups
    assert ("mail", "mail gateway") in groups
    assert cuts == [("ledger", "payroll")]


def test_shared_services_move_first_and_do_not_glue():
    plan = read_plan(PLAN)
    assert ("directory", "mail", 0) in prerequisites(plan)
    assert ("directory",) in move_groups(plan)[0]


def test_groups_are_cut_again_until_they_fit(tmp_path):
    def chain(fields):
        fields["group_limit"] = 2
        fields["workloads"] = [{"name": f"w{at}", "methods": ["rehost"]} for at in range(7)]
        fields["dependencies"] = [
            {"user": f"w{at}", "provider": f"w{at + 1}", "strong": True, "gigabytes_per_day": at}
            for at in range(6)
        ]
        fields["prerequisites"] = []
        fields["freezes"] = []

    groups, cuts = move_groups(plan_of(tmp_path, chain))
    assert sorted(name for group in groups for name in group) == [f"w{at}" for at in range(7)]
    assert all(len(group) <= 2 for group in groups)
    home = {name: group for group in groups for name in group}
    assert all(home[first] != home[second] for first, second in cuts)


def test_a_plan_is_proven():
    assert solved(Translation(read_plan(PLAN), Former()).project, steps=30).is_proven


def test_replanning_keeps_what_has_begun_and_moves_little_else(tmp_path):
    first = solve(read_plan(PLAN))

    def fewer_people(fields):
        fields["resources"][0]["reductions"].append({"from": "2026-02-01", "to": "2026-02-06", "amount": 3})

    plan = plan_of(tmp_path, fewer_people)
    today = (date(2026, 1, 20) - plan.first_day).days
    again = solve(plan, Former(first.moves, today))
    begun = [move for move in first.moves if move.start < today]
    assert begun
    assert set(begun) <= set(again.moves)
    assert all(move.start >= today for move in set(again.moves) - set(begun))


def test_replanning_without_change_changes_nothing():
    plan = read_plan(PLAN)
    first = solve(plan)
    assert solve(plan, Former(first.moves, 0)).moves == first.moves


def test_the_check_knows_nothing_of_the_solver():
    plan = read_plan(PLAN)
    sound = solve(plan)
    late = WavePlan(
        tuple(Move(m.workloads, m.method, m.start + 75, m.until + 75) for m in sound.moves), sound.cuts
    )
    with pytest.raises(Fault, match="failed the check"):
        checked_waves(plan, late, Former())
    with pytest.raises(Fault, match="moves 0 times"):
        checked_waves(plan, WavePlan(sound.moves[1:], sound.cuts), Former())
    with pytest.raises(Fault, match="do not move together"):
        checked_waves(plan, WavePlan(sound.moves, ()), Former())


def test_a_copy_over_a_link_lasts_as_the_data_changes():
    method = Method("copy", 0, 0.0, None, 0, "link", 100, 0.8, None, 1.0, 0)
    assert method.transfer_days(864, 0) == 1
    assert method.transfer_days(864, 432) == 2
    assert method.transfer_days(864, 0.8 * 864) is None


def test_the_command_replans_from_its_own_output(tmp_path):
    runner = CliRunner()
    first = runner.invoke(waves, [str(PLAN), "--steps", "30", "--json"])
    assert first.exit_code == 0, first.output
    previous = tmp_path / "previous.json"
    previous.write_text(first.stdout)
    options = ["--from", str(previous), "--today", "2026-01-20", "--steps", "30", "--json"]
    again = runner.invoke(waves, [str(PLAN), *options])
    assert again.exit_code == 0, again.output
    report = json.loads(again.stdout)
    assert report["changed"] == []
    assert report["churn"]["planned_before"] == len(report["groups"])
    assert report["churn"]["begun"] > 0
    assert report["churn"]["days"] == 0
    assert json.loads(again.stdout)["groups"] == json.loads(first.stdout)["groups"]


def test_terms_add_up_and_what_is_proven_of_each_holds_for_any_plan():
    plan = read_plan(PLAN)
    best = solve(plan)
    costs = cost_terms(plan, best, Former())
    project = Translation(plan, Former()).project
    least = least_terms(project, costs, TermLimits(math.inf, 60))
    assert sum(costs.values()) == checked_waves(plan, best, Former())
    assert all(0 <= least[name] <= costs[name] for name in costs)
    assert least["sites"] <= solved(alone(project, "sites"), steps=10).objective


@dataclass(frozen=True)
class Interrupted(TermLimits):
    """Limits of a person who presses Ctrl-C."""

    def allow(self, turn):
        if self.turns > 0:
            raise KeyboardInterrupt
        return False


def test_an_interruption_while_terms_are_bounded_leaves_the_simple_bounds():
    plan = read_plan(PLAN)
    translation = Translation(plan, Former())
    costs = cost_terms(plan, translation.waves(solved(translation.project, steps=1).best), Former())
    simple = least_terms(translation.project, costs, TermLimits(math.inf, 0))
    assert least_terms(translation.project, costs, Interrupted(math.inf)) == simple


def test_a_churn_price_keeps_more_of_the_former_plan(tmp_path):
    first = solve(read_plan(PLAN))

    def days_moved(churn):
        def later(fields):
            fields["weights"]["churn"] = churn
            fields["resources"][0]["reductions"].append(
                {"from": "2026-02-01", "to": "2026-02-06", "amount": 3}
            )

        plan = plan_of(tmp_path, later)
        former = Former(first.moves, (date(2026, 1, 20) - plan.first_day).days)
        again = {move.workloads: move for move in solve(plan, former).moves}
        return sum(abs(move.start - again[move.workloads].start) for move in first.moves)

    assert days_moved(50) <= days_moved(0)


def out_by(fields):
    fields["workloads"][3]["out_by"] = "2026-01-12"


def no_people(fields):
    fields["resources"][0]["capacity"] = 1


def ring(fields):
    fields["prerequisites"] += [
        {"before": "archive", "after": "mail"},
        {"before": "mail gateway", "after": "directory"},
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (out_by, r"no schedule can meet these together: the latest end of ledger and 1 more"),
        (no_people, "directory needs 2 of movers, which has 1"),
        (ring, "in a circle: directory → archive → mail and 1 more → directory"),
    ],
)
def test_a_plan_that_cannot_be_met_names_what_is_at_fault(tmp_path, change, sentence):
    with pytest.raises(Fault, match=sentence):
        solve(plan_of(tmp_path, change))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"start": "soon"}, "'start' should be a date such as 2026-01-31, not 'soon'"),
        ({"workloads": [], "dependencies": [], "prerequisites": [], "freezes": []}, "nothing to move"),
        ({"horizon_days": 0}, "'horizon_days' should be at least 1"),
        (
            {"dependencies": [{"user": "mail", "provider": "moon"}]},
            r"dependencies\[0\] names no workload: 'moon'",
        ),
        ({"methods": []}, "directory knows no method 'rebuild'"),
        ({"resources": []}, "needs 'movers', which is no resource"),
        ({"windows": []}, "mail knows no window 'weekend'"),
        ({"freezes": [{"from": "2026-03-02", "to": "2026-03-01"}]}, r"freezes\[0\] ends before it begins"),
        ({"freezes": [{"from": "2026-03-01", "to": "2026-03-02", "sites": ["Room Z"]}]}, "'Room Z'"),
        ({"windows": [{"name": "weekend", "weekdays": ["Someday"]}]}, "names no weekday: 'Someday'"),
    ],
)
def test_bad_plans_name_the_record(tmp_path, change, sentence):
    with pytest.raises(Fault, match=sentence):
        plan_of(tmp_path, lambda fields: fields.update(change))

"""Files of hosts: what is read is what was meant; what can't be meant is one sentence with its place."""

import copy
import json

import pytest
from click.testing import CliRunner

from meridian.kernel.console import Fault
from meridian.solvers.hosts.check import check_plan, verified
from meridian.solvers.hosts.estate import read_estate
from meridian.solvers.hosts.model import build_problem
from meridian.solvers.hosts.plan import HostsPlan
from meridian.solvers.hosts.refusals import refuse_impossible
from meridian.solvers.hosts.tests.estates import (
    EXAMPLE,
    estate_of,
    fields,
    wave,
    workload,
    written,
)
from meridian.solvers.hosts.verbs import VERBS

# The limit is for machines that are busy with other things: a run of steps ends long before.
LONG = ("--steps", "40", "--seconds", "600")
GOOD = json.loads(EXAMPLE.read_text(encoding="utf-8"))


def changed(*path, to):
    """The example with one place of it changed."""
    value = copy.deepcopy(GOOD)
    at = value
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = to
    return value


def cpu(**use):
    return [{"resource": "cpu", **use}]


UNREADABLE = [
    (EXAMPLE.read_text(encoding="utf-8")[:1500], "line 20: not whole JSON"),
    ("", "is empty"),
    (changed("profiles", 0, "hours", to=[1.0] * 167), "'office' 'hours' should hold 168 numbers, not 167"),
    (changed("profiles", 1, "hours", to=[0.0] * 168), "profile 'night' is 0 in every hour"),
    (changed("profiles", 0, "hours", to=[-1.0] + [1.0] * 167), "'hours' should be at least 0, not -1"),
    (changed("profiles", 0, "hours", to=[float("nan")] * 168), "NaN is not a number"),
    (changed("workloads", 0, "by_hour", to=cpu(hours=[1] * 167)), "'Geneva files' by_hour[0] 'hours' should"),
    (changed("workloads", 0, "by_hour", to=cpu(profile="day", peak=3)), "profile 'day'. Known are: office"),
    (changed("workloads", 0, "by_hour", to=cpu(profile="office", peak=-3)), "'peak' should be at least 0"),
    (changed("workloads", 0, "by_hour", to=cpu()), "either 'hours' or 'profile' and 'peak'"),
    (changed("workloads", 0, "flat", to={"cpu": 1}), "gives 'cpu' a second time"),
    (changed("workloads", 0, "flat", to={"tape": 1}), "unknown resource 'tape'. Known are: cpu, memory"),
    (changed("workloads", 0, "zone", to="Mars/Olympus"), "'Mars/Olympus', no time zone of the IANA list"),
    (changed("workloads", 0, "name", to="directory 1"), "two workloads are named 'directory 1'"),
    (changed("workloads", 0, "now", to="Valencia blade-9"), "'Valencia blade-9' now, which is no host"),
    (changed("workloads", 0, "moves", to=1), "has an unknown field 'moves'"),
    (changed("workloads", to=[]), "has no workloads"),
    (changed("kinds", to=[]), "has no kinds of hosts"),
    (changed("kinds", 0, "capacity", "cpu", to=0), "kind 'Valencia blade' has no cpu"),
    (changed("kinds", 1, "capacity", to={"cpu": 4}), "differ in 'memory'"),
    (changed("kinds", 1, "peak_watts", to=1), "the second at least the first"),
    (changed("headroom", "cpu", to=1), "'headroom.cpu' should be a share below 1"),
    (changed("week", to="2026-01-13"), "'week' should be a Monday"),
    ({name: value for name, value in GOOD.items() if name != "week"}, "a zone but the file has no 'week'"),
    ({name: value for name, value in GOOD.items() if name != "power_follows"}, "gives watts but no"),
    (changed("apart", 0, "workloads", to=["nobody"]), "apart[0] names an unknown workload 'nobody'"),
    (changed("near", 0, "workloads", to=["directory 1"] * 2), "near[0] names a workload twice"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "sentence"), UNREADABLE, ids=[sentence for _, sentence in UNREADABLE])
def test_a_file_that_cannot_be_meant_names_its_place(tmp_path, value, sentence):
    with pytest.raises(Fault) as fault:
        read_estate(written(tmp_path, value))
    assert sentence in fault.value.message


LIMITED = {"name": "blade", "capacity": {"cpu": 10, "memory": 100}, "count": 2}
THREE = [workload(name, wave(9, 8, 4.0)) for name in "abc"]
NAMED = {"workloads": ["a", "b", "c"]}
IMPOSSIBLE = [
    (
        fields([workload("giant", wave(9, 8, 9.5))], headroom={"cpu": 0.1}),
        "Workload 'giant' needs 9.5 cpu on Monday 09:00 UTC, and no host has more than 9 usable.",
    ),
    (fields([workload("giant", wave(9, 8, 1.0), 101)]), "Workload 'giant' needs 101 memory, and no host"),
    (fields(THREE, together=[NAMED]), "Together, the workloads 'a', 'b', 'c' need 12 cpu on Monday"),
    (fields(THREE, kinds=[LIMITED], apart=[NAMED]), "workloads 'a', 'b', 'c' must stand apart, and only 2"),
    (
        fields(THREE, together=[{"workloads": ["a", "b"]}], apart=[NAMED]),
        "The workloads 'a', 'b' must be together and apart at once.",
    ),
    (fields(THREE, spread=[NAMED | {"domains": 2}]), "stand in 2 fault domains, and the hosts have 1."),
    (
        fields([workload(str(n), wave(9, 8, 4.0)) for n in range(6)], kinds=[LIMITED]),
        "All workloads need 24 cpu on Monday 09:00 UTC, and all hosts together have 20 usable.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("value", "sentence"), IMPOSSIBLE, ids=[sentence for _, sentence in IMPOSSIBLE])
def test_what_no_packing_can_keep_is_said_by_name(tmp_path, value, sentence):
    with pytest.raises(Fault) as fault:
        refuse_impossible(build_problem(estate_of(tmp_path, value)))
    assert sentence in fault.value.message


def test_a_profile_rises_to_its_peak_at_the_local_hour(tmp_path):
    shape = [2.0 if hour == 9 else 1.0 for hour in range(168)]
    one = {"name": "w", "zone": "Africa/Nairobi", "by_hour": cpu(profile="p", peak=8)}
    value = fields([one], profiles=[{"name": "p", "hours": shape}], week="2026-01-12")
    use = estate_of(tmp_path, value).workloads[0].use
    assert use[1] == (0.0,)
    assert use[0][6] == 8
    assert set(use[0][:6] + use[0][7:]) == {4.0}


def test_the_check_says_every_rule_that_is_broken(tmp_path):
    named = {"workloads": ["a", "b"]}
    north, south = ({**LIMITED, "name": name, "domain": name} for name in ("north", "south"))
    rules = {"apart": [named], "near": [{"workloads": ["a", "c"]}], "spread": [named | {"domains": 2}]}
    estate = estate_of(
        tmp_path, fields(THREE, kinds=[north, south], together=[{"workloads": ["b", "c"]}], **rules)
    )
    text = " ".join(check_plan(estate, HostsPlan(((0, 0), (0, 0), (1, 0)))).violations)
    for part in ("share a host", "on one host", "in one fault domain", "stand in 1 fault domains"):
        assert part in text
    full = check_plan(estate, HostsPlan(((0, 0), (0, 0), (0, 0)))).violations[0]
    assert full == "north-1 carries 12 cpu on Monday 09:00 UTC, and 10 is usable."
    assert "a host that there is not" in check_plan(estate, HostsPlan(((0, 2), (0, 0), (0, 0)))).violations[0]
    with pytest.raises(Fault, match="failed its check"):
        verified(estate, HostsPlan(((0, 0),)), 1)


def test_the_check_counts_moves_and_watts(tmp_path):
    kind = {**LIMITED, "cost": 7, "idle_watts": 100, "peak_watts": 200}
    both = [
        workload("a", wave(0, 24, 5.0), now="blade-1", move_cost=3),
        workload("b", wave(0, 24, 1.0), now="blade-2", move_cost=4),
    ]
    estate = estate_of(tmp_path, fields(both, kinds=[kind], power_follows="cpu"))
    verdict = verified(estate, HostsPlan(((0, 1), (0, 1))), 10)
    assert (verdict.moved, len(verdict.loads)) == (1, 1)
    assert verdict.watt_hours == pytest.approx(168 * 160)


def test_the_command_packs_the_example():
    result = CliRunner().invoke(VERBS["plan hosts"], [str(EXAMPLE), *LONG, "--json"])
    report = json.loads(result.stdout)
    assert (report["by_hour"]["hosts"], report["by_peaks"]["hosts"], report["saving"]["hosts"]) == (5, 7, 2)
    assert report["by_hour"]["proven"]
    assert sorted(name for row in report["placement"] for name in row["workloads"]) == sorted(
        each["name"] for each in GOOD["workloads"]
    )
    assert report["week"] == "2026-01-12"
    assert "objective 5,000.000" in result.stderr


def test_hosts_that_hold_every_hour_but_not_all_peaks_are_told(tmp_path):
    named = [workload(f"w{number}", wave(6 * number, 6, 8.0)) for number in range(3)]
    path = written(tmp_path, fields(named, kinds=[{**LIMITED, "count": 1}]))
    result = CliRunner().invoke(VERBS["plan hosts"], [str(path), *LONG])
    assert (
        "by peaks: none (All workloads need 24 cpu, and all hosts together have 10 usable." in result.stdout
    )
    assert "by the hour: 1 hosts, cost 1 (proven least)" in result.stdout
    assert "blade-1: w0, w1, w2 (80% of cpu on Monday 00:00 UTC)" in result.stdout


def test_the_command_ends_in_one_sentence_for_bad_input(tmp_path):
    nothing = CliRunner().invoke(VERBS["plan hosts"], [str(EXAMPLE), "--seconds", "0"])
    assert "leaves no time" in nothing.stderr
    path = written(tmp_path, IMPOSSIBLE[0][0])
    giant = CliRunner().invoke(VERBS["plan hosts"], [str(path), *LONG])
    assert "Workload 'giant' needs 9.5 cpu" in giant.stderr
    for result in (nothing, giant):
        assert (result.exit_code, result.stdout) == (1, "")
        assert sum(line.startswith("Error: ") for line in result.stderr.splitlines()) == 1

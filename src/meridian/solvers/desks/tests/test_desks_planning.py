"""Demand files, required agents, staffing, shifts, rosters, hubs, and the comparison they add up to."""

import csv
import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from meridian.kernel.console import Fault
from meridian.solvers.desks.demand import read_demand
from meridian.solvers.desks.erlang import Queue, erlang_a
from meridian.solvers.desks.hubs import choose_hubs, hours_apart
from meridian.solvers.desks.plans import VIRTUAL, Study, staffed
from meridian.solvers.desks.pools import Layout
from meridian.solvers.desks.required import agents_required, lagged_rates
from meridian.solvers.desks.rosters import (
    RestRules,
    Roster,
    make_roster,
    shifts_of,
    violations,
)
from meridian.solvers.desks.settings import Promise, Settings, WorkYear
from meridian.solvers.desks.shifts import cover
from meridian.solvers.desks.staffing import levels
from meridian.solvers.desks.verbs import VERBS

HEADER = "site,zone,language,hour of week,contacts,handling minutes"
WEEK = date(2026, 1, 5)


def write(path: Path, *lines: str, header: str = HEADER) -> Path:
    path.write_text("\n".join([header, *lines]) + "\n")
    return path


def small_demand(path: Path, contacts: float = 12.0) -> Path:
    sites = [("Geneva", "Europe/Zurich", "French"), ("Nairobi", "Africa/Nairobi", "English")]
    sites += [("Bangkok", "Asia/Bangkok", "English"), ("Santiago", "America/Santiago", "Spanish")]
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Site", "Time zone", "Language", "Hour_of_week", "Contacts", "Handling-minutes"])
        for site, zone, language in sites:
            for day in range(5):
                for hour in range(8, 17):
                    out.writerow([site, zone, language, day * 24 + hour, contacts, 10])
    return path


@pytest.mark.parametrize(
    ("header", "lines", "words"),
    [
        ("site,zone,language,contacts,handling minutes", ["a,UTC,en,1,2"], "column hour_of_week is missing"),
        (HEADER, ["a,Mars/Base,en,1,2,3"], "line 2, column zone: 'Mars/Base' is no time zone"),
        (HEADER, ["a,UTC,en,1,2,3", "a,UTC,en,2,many,3"], "line 3, column contacts: 'many' is not a number"),
        (HEADER, ["a,UTC,en,168,2,3"], "line 2, column hour_of_week: 168 is not between 0 and 167"),
        (HEADER, ["a,UTC,en,1.5,2,3"], "not a whole hour"),
        (HEADER, ["a,UTC,en,1,-2,3"], "column contacts: -2 is not between"),
        (HEADER, ["a,UTC,en,1,nan,3"], "column contacts: nan is not between"),
        (HEADER, ["a,UTC,en,1,2,0"], "takes more than 0 minutes"),
        (HEADER, ["a,UTC,en,1,2"], "column handling_minutes: the cell is empty"),
        (HEADER, ["a,UTC,en,1,2,3", "a,Asia/Tokyo,en,2,2,3"], "stands in UTC on an earlier line"),
        (HEADER, ["a,UTC,en,1,2,3", "a,UTC,en,1,2,3"], "stands on line 2 already"),
        (HEADER, ["a,UTC,en,1,0,3"], "holds no contacts"),
        (HEADER, [], "holds no contacts"),
        (HEADER, ["a,UTC,en,1,2,3", "a,UTC,en,2,2,5,3"], "line 3: 7 cells under 6 columns"),
        (HEADER + ",desk", ["a,UTC,en,1,2,3,b"], "line 1: 2 columns mean site"),
        (HEADER, ["a,UTC,en,1,2,3", "b,Europe/Zu"], "line 3, column zone"),
        (HEADER, [f"a,UTC,en,1,2,{'3' * 140_000}"], "line 2: not CSV"),
        (HEADER, ['"a,UTC,en,1,2,3', "b,UTC,en,1,2,3"], "line 3: not CSV"),
        ("\n" + HEADER, ["a,UTC,en,1,2,many"], "line 3, column handling_minutes"),
    ],
)
def test_a_bad_demand_file_is_refused_by_line_and_column(tmp_path: Path, header, lines, words: str) -> None:
    with pytest.raises(Fault) as fault:
        read_demand(write(tmp_path / "demand.csv", *lines, header=header), WEEK)
    assert words in fault.value.message
    assert "\n" not in fault.value.message


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_another_encoding_is_refused_by_line(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "demand.csv"
    path.write_text(f"{HEADER}\nGen\xe8ve,UTC,en,1,2,3\n", encoding=encoding)
    line = {"latin-1": 2, "utf-16": 1}[encoding]
    with pytest.raises(Fault, match=f"demand.csv, line {line}: this is no text in UTF-8"):
        read_demand(path, WEEK)


def test_a_folder_is_no_demand(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="cannot be read"):
        read_demand(tmp_path, WEEK)


def test_a_cell_in_quotes_may_hold_a_comma_and_a_line_end(tmp_path: Path) -> None:
    path = write(tmp_path / "demand.csv", '"Geneva,\nPalais",UTC,en,1,2,3', "b,UTC,en,1,x,3")
    with pytest.raises(Fault, match="line 4, column contacts"):
        read_demand(path, WEEK)


def test_local_hours_become_hours_of_utc(tmp_path: Path) -> None:
    rows = ["Kathmandu,Asia/Kathmandu,en,0,8,6", "New York,America/New_York,en,167,4,3"]
    layout = Layout(read_demand(write(tmp_path / "demand.csv", *rows), WEEK))
    pool = layout.pool("all", np.arange(2), layout.contacts)
    quarter_hours = np.flatnonzero(pool.total_rates)
    # Monday 00:00 in Kathmandu (UTC+5:45) is Sunday 18:15; Sunday 23:00 in New York (UTC-5) is Monday 04:00.
    assert layout.clock.slot_minutes == 15
    assert list(quarter_hours) == [16, 17, 18, 19, 649, 650, 651, 652]
    assert pool.total_rates.sum() * 900 == pytest.approx(12)
    assert pool.mean_handling_seconds == pytest.approx(300)


@given(rate=st.floats(0.0005, 0.3), share=st.sampled_from([0.7, 0.8, 0.9]))
@settings(max_examples=25, deadline=None)
def test_required_agents_are_the_fewest_that_keep_the_promise(rate: float, share: float) -> None:
    promise = Promise(share=share)
    needed = int(agents_required(np.array([rate]), 600.0, promise)[0])

    def level(agents: int) -> float:
        return erlang_a(Queue(rate, 1 / 600, agents, 1 / 360, 30)).service_level or 0.0

    assert level(needed) >= share - 2e-3
    assert needed == 1 or level(needed - 1) < share + 2e-3


def test_the_rarest_caller_needs_somebody_too() -> None:
    assert list(agents_required(np.array([0.0, 1e-300, 1e-12]), 600.0, Promise())) == [0, 1, 1]


def test_the_load_of_an_hour_lags_behind_its_arrivals() -> None:
    rates = np.zeros(168)
    rates[10:12] = 1.0
    lagged = lagged_rates(rates, 3600.0, 3600.0)
    assert lagged.sum() == pytest.approx(rates.sum())
    assert 0 < lagged[10] < lagged[11] < 1
    assert lagged[12] > lagged[13] > 0


@given(need=st.lists(st.integers(0, 6), min_size=168, max_size=168))
@settings(max_examples=10, deadline=None)
def test_shifts_cover_every_hour(need: list[int]) -> None:
    shifts = cover(np.array([need]))[0]
    assert (shifts.on_duty() >= np.array(need)).all()
    assert shifts.paid_hours >= sum(need)
    assert shifts.bound_hours <= shifts.paid_hours * (1 + 1e-9)


def test_shifts_of_other_groups_help_the_first() -> None:
    need = np.zeros((2, 168), int)
    need[1, 8:12] = 1
    need[0, 12:16] = 1
    together = sum(shifts.paid_hours for shifts in cover(need, (8,)))
    apart = sum(cover(row[None, :], (8,))[0].paid_hours for row in need)
    assert (together, apart) == (8, 16)


def test_a_roster_gives_every_shift_and_keeps_the_rest() -> None:
    need = np.zeros(168, int)
    need[[hour for hour in range(168) if hour < 120]] = 1
    wanted = shifts_of(cover(need[None, :], (8,))[0])
    rules = RestRules()
    roster = make_roster(wanted, rules, seconds=20)
    assert violations(roster, wanted, rules) == []
    assert len(roster.people) == roster.least_people == 3


@given(need=st.lists(st.integers(0, 4), min_size=24, max_size=24))
@settings(max_examples=10, deadline=None)
def test_a_roster_without_time_is_lawful_too(need: list[int]) -> None:
    wanted = shifts_of(cover(np.array([need * 7]))[0])
    roster = make_roster(wanted, RestRules(), seconds=0.0)
    assert violations(roster, wanted, RestRules()) == []
    assert len(roster.people) >= roster.least_people


def test_the_roster_check_sees_what_is_broken() -> None:
    wanted = shifts_of(cover(np.ones((1, 168), int), (8,))[0])
    broken = violations(Roster((tuple(wanted),), 1), wanted, RestRules())
    assert any("more than 40 hours" in words for words in broken)
    assert any("rests 0 hours" in words for words in broken)
    assert any("more than 5 days" in words for words in broken)
    assert any("is given 0 times" in words for words in violations(Roster(((),), 1), wanted, RestRules()))


@given(
    st.dictionaries(
        st.integers(-11, 12).map(lambda hour: hour * 60), st.floats(1, 100), min_size=1, max_size=7
    )
)
@settings(max_examples=15, deadline=None)
def test_every_band_has_a_hub_and_another_as_deputy(contacts: dict[int, float]) -> None:
    choice = choose_hubs(contacts, 3)
    assert len(choice.hubs) == min(3, len(contacts))
    assert set(choice.first) == set(contacts)
    for offset, first in choice.first.items():
        assert first in choice.hubs
        if len(choice.hubs) > 1:
            assert choice.deputy[offset] in choice.hubs
            assert choice.deputy[offset] != first


def test_a_hub_serves_its_own_band_even_where_another_is_no_hours_away() -> None:
    choice = choose_hubs({-660: 1.0, 780: 1.0, 0: 10.0}, 3)
    assert choice.first == {-660: -660, 780: 780, 0: 0}


def test_hours_apart_go_the_short_way_round() -> None:
    assert hours_apart(-660, 720) == 1
    assert hours_apart(0, 330) == 5.5


def test_posts_are_whole_and_come_from_net_hours() -> None:
    year = WorkYear()
    assert year.net_hours == pytest.approx(207 * 8 * 0.9)
    assert year.posts(0.0) == 0
    assert year.posts(28.0) == 1
    assert year.posts(29.0) == 2


def test_cuts_keep_the_promise_with_no_more_agents_than_one_language_each(tmp_path: Path) -> None:
    demand = read_demand(small_demand(tmp_path / "demand.csv", contacts=25.0), WEEK)
    study = Study(demand, Settings(replications=6, hubs=2))
    pool = study.pools(VIRTUAL)[0]
    [(_, paired)] = staffed(pool, "paired", study, lambda: True)
    split = sum(one.agent_hours_per_week for _, one in staffed(pool, "split", study, lambda: True))
    pooled = sum(one.agent_hours_per_week for _, one in staffed(pool, "pooled", study, lambda: True))
    assert levels(study.search.play(pool, paired)).kept(study.settings.promise.share)
    assert pooled <= paired.agent_hours_per_week <= split * 1.05


def ask(*arguments: str):
    return CliRunner().invoke(VERBS["plan desks"], list(arguments))


def test_the_command_compares_the_three_plans(tmp_path: Path) -> None:
    path = small_demand(tmp_path / "demand.csv")
    options = ["--json", "--replications", "3", "--hubs", "2", "--seconds", "240", "--rosters"]
    outcome = ask("--demand", str(path), *options)
    printed = json.loads(outcome.stdout)
    separate, regional, virtual = printed["plans"]
    assert [plan["plan"] for plan in printed["plans"]] == ["separate_desks", "regional_hubs", "virtual_desk"]
    assert virtual["agents"]["value"] <= regional["agents"]["value"] <= separate["agents"]["value"]
    for plan in printed["plans"]:
        assert plan["refined_by_simulation"]
        for figure in ("agents", "occupancy", "service_level", "abandonment"):
            interval = plan[figure]
            assert interval["low"] <= interval["value"] <= interval["high"]
        assert plan["service_level"]["high"] >= 0.8
    for freed in printed["posts_freed"].values():
        assert freed["low"]["value"] <= freed["planned"]["value"] <= freed["high"]["value"]
    assert virtual["hub_lost"]["service_level"]["value"] < virtual["service_level"]["value"]
    assert set(regional["hub_lost"]["cases"]) == {one["hub"] for one in printed["hubs"]}
    for plan in (regional, virtual):
        lost = plan["hub_lost"]
        for name, case in lost["cases"].items():
            assert case["service_level"]["low"] <= case["service_level"]["value"]
            held = lost["service_level_with_those"][name]
            assert held["value"] > case["service_level"]["value"]
            assert held["high"] >= 0.8
    for plan in printed["plans"]:
        roster = printed["rosters"][plan["plan"]]
        assert roster["rules_kept"]
        assert roster["people"] == sum(len(group["week"]) for group in roster["groups"])
        hours = sum(length for group in roster["groups"] for week in group["week"] for _, length in week)
        assert hours * 365.25 / 7 == pytest.approx(plan["paid_hours_per_year"], abs=1)
    assert printed["assumptions"]["service_level_formula"].startswith("answered within target / offered")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--seconds", "0"], "leaves no time"),
        (["--demand", "nowhere.csv"], "There is no file nowhere.csv"),
    ],
)
def test_the_command_refuses_in_one_sentence(tmp_path: Path, arguments: list[str], words: str) -> None:
    path = small_demand(tmp_path / "demand.csv")
    outcome = ask("--demand", str(path), *arguments)
    assert outcome.exit_code == 1
    assert words in outcome.stderr
    assert outcome.stderr.count("\n") == 1


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("")
    assert "is empty" in ask("--demand", str(path)).stderr

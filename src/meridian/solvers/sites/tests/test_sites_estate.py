"""Estates: the model agrees with enumeration through the checker, and contradictions are named."""

import itertools
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from meridian.kernel.console import Fault
from meridian.solvers.sites.estate import EstatePlan, read_estate
from meridian.solvers.sites.estate_check import checked_estate
from meridian.solvers.sites.estate_model import quick_bound
from meridian.solvers.sites.solve_estate import solve_estate
from meridian.solvers.sites.verbs import sites
from meridian.solvers.solving.testing import Recording

ESTATE = Path(__file__).parent / "data" / "estate.json"

SMALL = {
    "periods": ["1", "2"],
    "discount_rate": 0.1,
    "hours_per_period": 10,
    "carbon_price_per_tonne": 100,
    "sites": [
        {"name": "A", "capacity_kw": 10, "fixed_cost": [50, 60], "tariff_per_kwh": 0.3, "pue": 2,
         "open_now": True, "closing_cost": 5, "lease_ends": "2", "country": "X", "hazards": ["flood"]},
        {"name": "B", "capacity_kw": 8, "fixed_cost": 30, "tariff_per_kwh": 0.2, "pue": 1.5,
         "opening_cost": 20, "kg_per_kwh": 0.5, "country": "Y", "longitude": 10},
        {"name": "C", "capacity_kw": 9, "fixed_cost": 25, "tariff_per_kwh": [0.1, 0.4],
         "opening_cost": 30, "country": "X", "hazards": ["flood"], "longitude": 20},
    ],
    "groups": [
        {"name": "g", "load_kw": [3, 4], "tier": 1, "now": "A", "migration_cost": 12, "migration_kg": 20},
        {"name": "h", "load_kw": 2, "tier": 3, "now": "A", "residency": ["X"], "users": ["u"],
         "round_trip_limit_ms": 50, "migration_cost": 3},
    ],
    "round_trips": [
        {"users": "u", "site": "A", "milliseconds": 10},
        {"users": "u", "site": "C", "milliseconds": 80},
    ],
    "edge_costs": {"u": 2},
}  # fmt: skip

PAIR = {"minimum_km": 500, "tiers": [1, 2]}


def estate_of(tmp_path, fields):
    path = tmp_path / "estate.json"
    path.write_text(json.dumps(fields))
    return read_estate(path)


def cheapest_by_enumeration(estate):
    """The least checked cost over every opening, location, pair and edge node."""
    sites_count, periods = len(estate.sites), len(estate.periods)
    openings = [
        each for size in range(sites_count + 1) for each in itertools.combinations(range(sites_count), size)
    ]
    pairs = list(itertools.combinations(range(sites_count), 2)) if estate.pair else [()]
    places = list(itertools.product(range(sites_count), repeat=periods))
    best = float("inf")
    for opened in itertools.product(openings, repeat=periods):
        for location in itertools.product(places, repeat=len(estate.groups)):
            if any(at not in opened[t] for group in location for t, at in enumerate(group)):
                continue
            for pair, edges in itertools.product(pairs, [(), ("u",)]):
                try:
                    best = min(best, checked_estate(estate, EstatePlan(opened, location, pair, edges)).cost)
                except Fault:
                    continue
    return best


@pytest.mark.parametrize(
    "pair", [None, PAIR, PAIR | {"from": "2"}, PAIR | {"hazards_differ": False, "tiers": [1, 3]}]
)
def test_the_model_finds_what_enumeration_finds(tmp_path, pair):
    estate = estate_of(tmp_path, SMALL | ({"pair": pair} if pair else {}))
    recording = Recording()
    solve_estate(estate, recording.reporter)
    check = checked_estate(estate, recording.best)
    assert check.cost == pytest.approx(cheapest_by_enumeration(estate))
    assert check.cost == pytest.approx(recording.objective)
    assert 0 < quick_bound(estate) <= check.cost
    assert recording.is_proven


def test_energy_and_emissions_are_in_their_units(tmp_path):
    estate = estate_of(tmp_path, SMALL)
    everything_at_home = EstatePlan(((0,), (0,)), ((0, 0), (0, 0)), (), ())
    check = checked_estate(estate, everything_at_home)
    assert check.energy_kwh == (5 * 10 * 2, 6 * 10 * 2)
    assert check.emissions_kg == (0, 0)
    assert check.parts["energy"] == pytest.approx(100 * 0.3 + 120 * 0.3 / 1.1)


def test_the_smallest_set_at_fault_is_named(tmp_path):
    fields = json.loads(json.dumps(SMALL)) | {"pair": PAIR | {"minimum_km": 1500}}
    with pytest.raises(
        Fault, match=r"these together: the distance within the pair; no common hazard within the pair; "
    ):
        solve_estate(estate_of(tmp_path, fields), Recording().reporter)


def test_a_contradiction_of_one_site_is_named(tmp_path):
    fields = json.loads(json.dumps(SMALL))
    fields["sites"][0] |= {"close_by": "1", "keep_until": "2"}
    with pytest.raises(Fault, match=r"together: closing of A; keeping of A\."):
        solve_estate(estate_of(tmp_path, fields), Recording().reporter)


def test_the_command_prints_a_checked_plan():
    result = CliRunner().invoke(sites, [str(ESTATE), "--seconds", "30", "--json"])
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["proven"]
    assert report["objective"] == pytest.approx(sum(report["parts"].values()), abs=0.05)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"sites": []}, "at least one period and one site"),
        ({"groups": []}, "nothing to house"),
        (
            {"groups": [{"name": "g", "load_kw": [1, 2, 3]}]},
            r"groups\[0\] 'load_kw' should hold 2 numbers, not 3",
        ),
        ({"groups": [{"name": "g", "load_kw": -1}]}, r"'load_kw' should be at least 0, not -1"),
        ({"groups": [{"name": "g", "load_kw": 1, "now": "Z"}]}, "'now' names no site: 'Z'"),
        ({"groups": [{"name": "g", "load_kw": 1}, {"name": "g", "load_kw": 1}]}, "two groups are named 'g'"),
        ({"discount": 1}, "the model has an unknown field 'discount'"),
        ({"discount_rate": "low"}, "'discount_rate' should be a number, not 'low'"),
        ({"pair": {"from": "9"}}, "'from' names no period: '9'"),
    ],
)
def test_bad_estates_name_the_record(tmp_path, change, sentence):
    with pytest.raises(Fault, match=sentence):
        estate_of(tmp_path, SMALL | change)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (json.dumps(SMALL, indent=1)[:300], "line \\d+: not whole JSON"),
        ('{"name": "a", "name": "b"}', "the field 'name' is given twice"),
        ('{"discount_rate": NaN}', "NaN is not a number"),
        ("[" * 100_000, "nested too deeply|not whole JSON"),
        ("[1]", "should be an object"),
    ],
)
def test_broken_json_is_one_sentence(tmp_path, text, sentence):
    path = tmp_path / "broken.json"
    path.write_text(text)
    with pytest.raises(Fault, match=sentence):
        read_estate(path)

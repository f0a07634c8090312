"""Gates, the benefits clock, pools and flows."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.kernel.period import Period
from meridian.steering.portfolio.rules.clock import (
    Clock,
    calendar_year,
    capped,
    counted_cents,
    pool_cap_cents,
)
from meridian.steering.portfolio.rules.flows import Benefit, Cost, appraisal_of, flows_of, spread_over_years
from meridian.steering.portfolio.rules.gates import GATES, STAGES

DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))
CLOCKS = st.builds(Clock, DAYS, st.integers(0, 24))


@given(CLOCKS, DAYS)
def test_nothing_counts_before_a_full_year_of_stable_operation(clock, day):
    share = clock.counted_share(Period(day, date(day.year + 1, 1, 1)))
    assert 0 <= share <= 1
    assert (share == 0) == (date(day.year, 12, 31) < clock.counts_from)
    assert (clock.stage_on(day) == "counting") == (day >= clock.counts_from)
    assert (clock.counts_from - clock.live_on).days >= 365


@given(CLOCKS, st.integers(0, 10**12))
def test_a_year_counts_in_full_only_when_it_begins_afterwards(clock, cents):
    year = clock.counts_from.year
    assert counted_cents(cents, clock, year - 1) == 0
    assert 0 <= counted_cents(cents, clock, year) <= cents
    assert counted_cents(cents, clock, year + 1) == cents
    assert counted_cents(cents, None, year + 1) == 0


def test_a_worked_clock():
    clock = Clock(date(2014, 7, 1), 6)
    assert (clock.stable_on, clock.counts_from) == (date(2015, 1, 1), date(2016, 1, 1))
    biennia = [Period(date(year, 1, 1), date(year + 2, 1, 1)) for year in (2014, 2016, 2018)]
    assert clock.budgeted_from(biennia) == biennia[1]
    assert Clock(date(2014, 7, 2), 6).budgeted_from(biennia) == biennia[2]
    assert clock.counted_share(calendar_year(2015)) == 0
    assert clock.counted_share(calendar_year(2016)) == Fraction(1)


@given(st.dictionaries(st.text(max_size=3), st.integers(-100, 10**9), max_size=6), st.integers(0, 10**9))
def test_claims_on_a_pool_never_pass_its_cap(claims, cap):
    counted = capped(claims, cap)
    gains = sum(amount for amount in claims.values() if amount > 0)
    assert sum(amount for amount in counted.values() if amount > 0) == min(cap, gains)
    assert all(counted[name] <= max(0, claims[name]) or counted[name] == claims[name] for name in claims)
    assert capped(counted, cap) == counted


def test_the_cap_is_a_share_of_the_baseline():
    assert pool_cap_cents(10_001, Decimal("33.3")) == 3330


@given(st.integers(2000, 2020), st.integers(0, 5), st.integers(0, 10**12))
def test_years_add_up_to_their_period(first, length, cents):
    parts = spread_over_years(Cost(first, first + length, cents, cents, cents))
    assert sum(part[1] for part in parts.values()) == cents
    assert len(parts) == length + 1


def test_flows_and_their_worth():
    clock = Clock(date(2012, 1, 1), 0)
    flows = flows_of(
        [Cost(2010, 2011, 80_00, 100_00, 120_00)], [Benefit("b", "", 50_00, 70_00)], clock, range(2010, 2015)
    )
    assert flows.costs[:3] == ((40_00, 50_00, 60_00), (40_00, 50_00, 60_00), (0, 0, 0))
    assert [gain[1] for gain in flows.benefits] == [0, 0, 0, 60_00, 60_00]
    assert flows.net()[0] == (-60_00, -50_00, -40_00)
    assert appraisal_of(flows, Decimal(0)).present_value == 20
    with pytest.raises(ValueError, match="2011"):
        flows_of([Cost(2010, 2011, 1, 1, 1)], [], None, range(2010, 2011))


def test_gates_lead_from_stage_to_stage():
    reached = {"draft"}
    for _ in GATES:
        reached |= {gate.target for gate in GATES.values() if gate.sources & reached}
    assert set(STAGES) <= reached
    opened = {state: [verb for verb, gate in GATES.items() if state in gate.sources] for state in reached}
    assert opened["closed"] == opened["refused"] == []
    assert opened["review"] == ["send_back", "approve", "refuse"]

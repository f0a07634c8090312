"""What must hold of the simulation: it agrees with closed forms and repeats itself exactly."""

import numba
import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meridian.kernel.monte_carlo import Shape, portfolio_values, simulate

TRIALS = 20_000


def portfolio(projects: int, years: int, seed: int) -> numpy.ndarray:
    source = numpy.random.default_rng(seed)
    low = source.uniform(-100, 50, (projects, years))
    width = source.uniform(1, 100, (projects, years))
    return numpy.stack([low, low + width * source.uniform(0, 1, (projects, years)), low + width], axis=2)


def closed_form(flows, rate, shape) -> tuple[float, float]:
    """Mean and standard deviation of the sum of independent triangular or PERT flows."""
    low, mode, high = (flows[:, :, index] for index in range(3))
    discount = (1 + rate) ** -numpy.arange(flows.shape[1])
    if shape is Shape.TRIANGULAR:
        mean = (low + mode + high) / 3
        variance = (low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18
    else:
        mean = (low + 4 * mode + high) / 6
        variance = (mean - low) * (high - mean) / 7
    return float((mean * discount).sum()), float(numpy.sqrt((variance * discount**2).sum()))


@settings(deadline=None, max_examples=15)
@given(st.integers(1, 8), st.integers(1, 6), st.integers(0, 2**63), st.sampled_from(Shape))
def test_mean_and_spread_agree_with_the_closed_form(projects, years, seed, shape):
    flows = portfolio(projects, years, seed % 1000)
    values = portfolio_values(flows, 0.05, trials=TRIALS, seed=seed, shape=shape)
    mean, deviation = closed_form(flows, 0.05, shape)
    assert abs(values.mean() - mean) < 6 * deviation / TRIALS**0.5
    assert abs(values.std() / deviation - 1) < 0.05


@pytest.mark.parametrize("shape", Shape)
def test_the_seed_settles_every_trial_whatever_the_number_of_cores(shape):
    flows = portfolio(5, 4, 1)
    before = numba.get_num_threads()
    once = portfolio_values(flows, 0.05, trials=1001, seed=9, shape=shape)
    numba.set_num_threads(1)
    again = portfolio_values(flows, 0.05, trials=1001, seed=9, shape=shape)
    numba.set_num_threads(before)
    other = portfolio_values(flows, 0.05, trials=1001, seed=10, shape=shape)
    assert (once == again).all()
    assert (once != other).all()


def test_scenarios_with_one_seed_share_their_draws():
    flows = portfolio(5, 4, 1)
    cheaper = flows.copy()
    cheaper[2, 1] += 10
    first = portfolio_values(flows, 0.0, trials=500, seed=3)
    second = portfolio_values(cheaper, 0.0, trials=500, seed=3)
    assert numpy.allclose(second - first, 10)


@pytest.mark.parametrize("shape", Shape)
def test_no_draw_leaves_its_range(shape):
    values = portfolio_values(numpy.array([[[2.0, 2.5, 9.0]]]), 0.0, trials=TRIALS, seed=1, shape=shape)
    assert values.min() >= 2.0
    assert values.max() <= 9.0


def test_certain_flows_have_no_spread():
    flows = numpy.array([[[-100.0] * 3, [110.0] * 3]])
    spread = simulate(flows, 0.1, trials=100, seed=1)
    assert spread.p5 == spread.p95 == pytest.approx(0.0, abs=1e-9)
    middle = simulate(numpy.array([[[121.0] * 3]]), 0.21, trials=1, seed=1, mid_period=True)
    assert middle.p50 == pytest.approx(110.0)


def test_percentiles_are_in_order_and_chances_are_shares():
    spread = simulate(portfolio(10, 5, 4), 0.05, trials=TRIALS, seed=2)
    assert spread.p5 < spread.p50 < spread.p95
    assert 0 <= spread.chance_below_zero <= 1


@pytest.mark.parametrize(
    ("flows", "rate", "trials", "words"),
    [
        ([[[3, 2, 1]]], 0.0, 10, "project 0, year 0"),
        ([[[1, 2, 3], [1, 2, float("nan")]]], 0.0, 10, "project 0, year 1"),
        ([[1, 2, 3]], 0.0, 10, "shape"),
        ([[[1, 2, 3]]], -1.0, 10, "above -1"),
        ([[[1, 2, 3]]], 0.0, 0, "trials"),
    ],
)
def test_bad_ranges_are_refused(flows, rate, trials, words):
    with pytest.raises(ValueError, match=words):
        simulate(numpy.array(flows, dtype=float), rate, trials=trials, seed=1)

"""The closed forms of a waiting line: published values, limits into each other, and what they refuse."""

import json
import math

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from meridian.solvers.desks.erlang import (
    Queue,
    QueueFault,
    blocking,
    erlang_a,
    erlang_b,
    erlang_c,
    erlang_x,
    waiting,
)
from meridian.solvers.desks.verbs import VERBS

loads = st.floats(0.05, 60)
agent_counts = st.integers(1, 80)


@pytest.mark.parametrize(
    ("load", "agents", "expected"),
    [
        (0.7, 2, 0.1814814815),
        (10, 12, 0.4493882243),
        (20, 23, 0.4157375747),
        (50, 55, 0.3845473179),
        (100, 105, 0.5157074268),
    ],
)
def test_erlang_c_gives_the_published_values(load: float, agents: int, expected: float) -> None:
    assert waiting(load, agents) == pytest.approx(expected, abs=5e-11)


@pytest.mark.parametrize(
    ("rates", "wait", "abandon"),
    [
        ((100, 5, 20, 10), 0.45009333, 0.10388172),
        ((100, 5, 23, 10), 0.24057404, 0.04497043),
        ((100, 5, 20, 2), 0.63504000, 0.06894383),
        ((1000, 5, 200, 10), 0.42533236, 0.03302983),
    ],
)
def test_erlang_a_gives_the_published_values(rates: tuple, wait: float, abandon: float) -> None:
    answer = erlang_a(Queue(*rates))
    assert answer.probability_wait == pytest.approx(wait, abs=5e-9)
    assert answer.probability_abandon == pytest.approx(abandon, abs=5e-9)


def slow_erlang_a(queue: Queue, states: int) -> tuple[float, float]:
    """Probability of waiting and of leaving from the balance equations, state by state."""
    weights = [1.0]
    for count in range(1, states):
        leave = queue.service_rate * min(count, queue.agents) + queue.patience_rate * max(
            0, count - queue.agents
        )
        weights.append(weights[-1] * queue.arrival_rate / leave)
    total = sum(weights)
    length = sum(
        (count - queue.agents) * weight for count, weight in enumerate(weights) if count > queue.agents
    )
    return sum(weights[queue.agents :]) / total, queue.patience_rate * length / total / queue.arrival_rate


@given(load=st.floats(0.05, 30), agents=st.integers(1, 40), patience_rate=st.floats(0.5, 20))
def test_erlang_a_solves_its_balance_equations(load: float, agents: int, patience_rate: float) -> None:
    queue = Queue(load, 1.0, agents, patience_rate)
    wait, abandon = slow_erlang_a(queue, states=400)
    answer = erlang_a(queue)
    assert answer.probability_wait == pytest.approx(wait, rel=1e-9, abs=1e-12)
    assert answer.probability_abandon == pytest.approx(abandon, rel=1e-9, abs=1e-12)


@given(load=loads, agents=agent_counts, target=st.floats(0.01, 2))
def test_service_level_of_erlang_a_stands_between_its_limits(load: float, agents: int, target: float) -> None:
    answer = erlang_a(Queue(load, 1.0, agents, 2.0, target))
    at_once = 1.0 - answer.probability_wait
    assert at_once - 1e-12 <= answer.service_level <= 1.0 - answer.probability_abandon + 1e-9
    patient = erlang_a(Queue(load, 1.0, agents, 2.0, 60.0))
    assert patient.service_level == pytest.approx(1.0 - patient.probability_abandon, abs=1e-9)


def test_erlang_a_without_hurry_becomes_erlang_c() -> None:
    answer = erlang_a(Queue(100, 5, 23, 1e-6, 30 / 3600))
    limit = erlang_c(Queue(100, 5, 23, 0, 30 / 3600))
    assert answer.service_level == pytest.approx(limit.service_level, abs=1e-6)
    assert answer.average_wait == pytest.approx(limit.average_wait, rel=1e-5)


@given(load=loads, agents=agent_counts)
def test_erlang_a_without_waiting_room_is_erlang_b(load: float, agents: int) -> None:
    closed = erlang_a(Queue(load, 1.0, agents, 3.0, 0.1, lines=agents))
    assert closed.probability_blocked == pytest.approx(erlang_b(Queue(load, 1.0, agents)).probability_blocked)
    assert closed.probability_abandon == 0
    assert closed.service_level == pytest.approx(1.0 - closed.probability_blocked)


@given(load=loads, agents=agent_counts, retry=st.floats(0, 0.9))
def test_redials_balance(load: float, agents: int, retry: float) -> None:
    answer = erlang_x(Queue(load, 1.0, agents, 2.0, 0.1, retry))
    rate = answer.effective_arrival_rate
    assert rate == pytest.approx(load + retry * answer.probability_abandon * rate, rel=1e-9)


@given(load=loads, agents=agent_counts)
def test_more_agents_block_less(load: float, agents: int) -> None:
    assert 0 <= blocking(load, agents + 1) < blocking(load, agents) < 1


def test_many_idle_agents_leave_nobody_waiting() -> None:
    answer = erlang_a(Queue(0.001, 1.0, 5000, 1.0, 0.1))
    assert answer.service_level == 1.0
    assert answer.probability_abandon == 0.0


@pytest.mark.parametrize(
    ("model", "queue", "words"),
    [
        (erlang_c, Queue(100, 5, 20), "no steady state"),
        (erlang_a, Queue(100, 5, 20), "patience rate above 0"),
        (erlang_b, Queue(-1, 5, 20), "arrival rate"),
        (erlang_b, Queue(math.nan, 5, 20), "arrival rate"),
        (erlang_a, Queue(100, 5, 20, math.inf), "patience rate"),
        (erlang_a, Queue(1e9, 1, 1, 1e-9), "waiting at once"),
        (erlang_a, Queue(100, 5, 20, 1, lines=10), "fewer lines"),
        (erlang_x, Queue(100, 5, 20, 1, retry_probability=1.0), "retry probability"),
    ],
)
def test_a_question_without_answer_is_refused(model, queue: Queue, words: str) -> None:
    with pytest.raises(QueueFault, match=words):
        model(queue)


def ask(*arguments: str):
    return CliRunner().invoke(VERBS["plan erlang"], list(arguments))


def test_the_command_prints_the_model() -> None:
    line = "--model a --arrival-rate 100 --service-rate 5 --patience-rate 10 --agents 20 --json"
    printed = json.loads(ask(*line.split()).stdout)
    assert printed["probability_wait"] == pytest.approx(0.45009333, abs=5e-9)
    assert printed["probability_blocked"] is None
    assert printed["average_wait"] == pytest.approx(printed["probability_abandon"] / 10 * 3600)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("--model c --arrival-rate 100 --service-rate 5 --agents 20", "Erlang C has no steady state"),
        ("--model a --arrival-rate 100 --service-rate 5 --agents 20", "Give --patience-rate"),
        (
            "--model c --arrival-rate 9 --service-rate 5 --agents 20 --patience-rate 3",
            "knows no --patience-rate",
        ),
        (
            "--model x --arrival-rate 9 --service-rate 5 --agents 2 --patience-rate 3",
            "Give --retry-probability",
        ),
        ("--model b --arrival-rate 0 --service-rate 5 --agents 2", "arrival rate must be"),
    ],
)
def test_the_command_refuses_in_one_sentence(line: str, words: str) -> None:
    outcome = ask(*line.split())
    assert outcome.exit_code == 1
    assert words in outcome.stderr
    assert outcome.stderr.count("\n") == 1

"""Closed forms of a waiting line: Erlang B, C, A and X.

Rates are per one unit of time of the caller's choice (per hour on the command line); times come back in the
same unit. The letters of the literature: arrival rate lambda, service rate mu, patience rate theta, agents c,
offered load a = lambda / mu. Sources: A. K. Erlang (B, C); C. Palm and A. Mandelbaum, S. Zeltyn (A); redials
(X) as a fixed point of the arrival rate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

SMALLEST_TERM = 1e-18
FIXED_POINT_STEPS = 200
LONGEST_LINE = 100_000


class QueueFault(ValueError):
    """The question has no answer; the message is one sentence for a person."""


@dataclass(frozen=True)
class Queue:
    """One waiting line. `patience_rate` 0 means that nobody leaves; `lines` caps contacts inside, or None."""

    arrival_rate: float
    service_rate: float
    agents: int
    patience_rate: float = 0.0
    target: float = 0.0
    retry_probability: float = 0.0
    lines: int | None = None

    @property
    def offered_load(self) -> float:
        return self.arrival_rate / self.service_rate


@dataclass(frozen=True)
class Answer:
    """What a model says; None where the model does not define the figure.

    `service_level` is the share of all offered attempts answered within the target: those who leave or are
    turned away count against it. `average_wait` is over everyone let in, those who leave included.
    """

    offered_load: float
    occupancy: float
    probability_wait: float | None = None
    probability_abandon: float | None = None
    probability_blocked: float | None = None
    average_wait: float | None = None
    service_level: float | None = None
    effective_arrival_rate: float | None = None


def blocking(offered_load: float, agents: int) -> float:
    """Erlang B by its recursion: the share of contacts that meet `agents` busy lines."""
    value = 1.0
    for count in range(1, agents + 1):
        value = offered_load * value / (count + offered_load * value)
    return value


def waiting(offered_load: float, agents: int) -> float:
    """Erlang C: the share of contacts that wait when nobody ever leaves; needs offered_load < agents."""
    if offered_load >= agents:
        raise QueueFault(
            f"Erlang C has no steady state: {agents} agents cannot carry a load of {offered_load:.6g}, so "
            "the line would grow for ever."
        )
    lost = blocking(offered_load, agents)
    return lost / (1.0 - offered_load / agents * (1.0 - lost))


def erlang_b(queue: Queue) -> Answer:
    """Nobody waits: a contact that finds every agent busy is turned away."""
    _require_sound(queue)
    lost = blocking(queue.offered_load, queue.agents)
    return Answer(
        offered_load=queue.offered_load,
        occupancy=queue.offered_load * (1.0 - lost) / queue.agents,
        probability_wait=0.0,
        probability_blocked=lost,
        average_wait=0.0,
        service_level=1.0 - lost,
    )


def erlang_c(queue: Queue) -> Answer:
    """Everybody waits as long as it takes."""
    _require_sound(queue)
    delayed = waiting(queue.offered_load, queue.agents)
    spare = queue.agents * queue.service_rate - queue.arrival_rate
    return Answer(
        offered_load=queue.offered_load,
        occupancy=queue.offered_load / queue.agents,
        probability_wait=delayed,
        probability_abandon=0.0,
        average_wait=delayed / spare,
        service_level=1.0 - delayed * math.exp(-spare * queue.target),
    )


def erlang_a(queue: Queue) -> Answer:
    """Patience runs out exponentially; with `lines`, contacts beyond that many inside are turned away.

    Given q people ahead, the wait offered to a new contact is V with exp(-theta V) ~ Beta(c mu / theta, q +
    1), so the share answered within T is b / (b + q + 1) * I_x(q + 1, b + 1), b = c mu / theta, x = 1 -
    exp(-theta T).
    """
    _require_sound(queue)
    if queue.patience_rate <= 0:
        raise QueueFault("Erlang A needs a patience rate above 0; use Erlang C where nobody leaves.")
    if queue.arrival_rate - queue.agents * queue.service_rate > LONGEST_LINE * queue.patience_rate:
        raise QueueFault(f"About {LONGEST_LINE} or more people would be waiting at once; add agents.")
    full = blocking(queue.offered_load, queue.agents)
    line = _waiting_line(queue)
    empty_line = full / (1.0 - full + full * line.weight)
    answered_at_once = (1.0 - full) / (1.0 - full + full * line.weight)
    blocked = line.last_weight * empty_line if queue.lines is not None else 0.0
    length = line.length_weight * empty_line
    abandon = queue.patience_rate * length / queue.arrival_rate
    served = 1.0 - abandon - blocked
    # With as many lines as agents nobody can wait, and who meets the full house is turned away.
    return Answer(
        offered_load=queue.offered_load,
        occupancy=queue.offered_load * served / queue.agents,
        probability_wait=max(0.0, 1.0 - answered_at_once - blocked),
        probability_abandon=abandon,
        probability_blocked=blocked if queue.lines is not None else None,
        average_wait=length / queue.arrival_rate / (1.0 - blocked),
        service_level=answered_at_once + line.within_weight * empty_line,
    )


def erlang_x(queue: Queue) -> Answer:
    """Erlang A whose leavers (and those turned away) call again with `retry_probability`.

    The effective rate solves rate = fresh + r (P_abandon + P_blocked)(rate) rate, by bisection.
    """
    _require_sound(queue)
    retry = queue.retry_probability
    if not 0.0 <= retry < 1.0:
        raise QueueFault(f"The retry probability must be at least 0 and below 1, not {retry:g}.")

    def excess(rate: float) -> float:
        answer = erlang_a(_with_rate(queue, rate))
        lost = (answer.probability_abandon or 0.0) + (answer.probability_blocked or 0.0)
        return queue.arrival_rate + retry * lost * rate - rate

    low, high = queue.arrival_rate, queue.arrival_rate / (1.0 - retry)
    for _ in range(FIXED_POINT_STEPS):
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    rate = 0.5 * (low + high)
    answer = erlang_a(_with_rate(queue, rate))
    return Answer(**{**vars(answer), "offered_load": queue.offered_load, "effective_arrival_rate": rate})


MODELS = {"a": erlang_a, "b": erlang_b, "c": erlang_c, "x": erlang_x}


@dataclass(frozen=True)
class _Line:
    """Sums over states with every agent busy, each relative to the state of an empty line."""

    weight: float
    length_weight: float
    within_weight: float
    last_weight: float


def _waiting_line(queue: Queue) -> _Line:
    """Add up the states q = 0, 1, ... people waiting until the terms no longer count."""
    busy_rate = queue.agents * queue.service_rate
    stages = busy_rate / queue.patience_rate
    log_odds = _log_one_minus_exp(queue.patience_rate * queue.target)
    log_term = -queue.patience_rate * queue.target * (stages + 1.0)
    most = None if queue.lines is None else queue.lines - queue.agents
    term, weight, length_weight, within_weight, missed = 1.0, 0.0, 0.0, 0.0, 0.0
    waiting_now = 0
    while True:
        weight += term
        length_weight += waiting_now * term
        missed += math.exp(log_term)
        if most is None or waiting_now < most:
            share = max(0.0, 1.0 - missed) if queue.target > 0 else 0.0
            within_weight += term * share * stages / (stages + waiting_now + 1.0)
        if waiting_now == most or (term < SMALLEST_TERM * weight and _falling(queue, waiting_now)):
            return _Line(weight, length_weight, within_weight, term)
        waiting_now += 1
        term *= queue.arrival_rate / (busy_rate + waiting_now * queue.patience_rate)
        log_term += math.log((stages + waiting_now) / waiting_now) + log_odds


def _falling(queue: Queue, waiting_now: int) -> bool:
    return queue.arrival_rate < queue.agents * queue.service_rate + waiting_now * queue.patience_rate


def _log_one_minus_exp(exponent: float) -> float:
    """log(1 - exp(-exponent)); minus infinity at 0."""
    return math.log(-math.expm1(-exponent)) if exponent > 0 else -math.inf


def _with_rate(queue: Queue, rate: float) -> Queue:
    return Queue(**{**vars(queue), "arrival_rate": rate, "retry_probability": 0.0})


def _require_sound(queue: Queue) -> None:
    """Refuse rates and counts that no line can have."""
    for name, value in (("arrival rate", queue.arrival_rate), ("service rate", queue.service_rate)):
        if not (math.isfinite(value) and value > 0):
            raise QueueFault(f"The {name} must be a finite number above 0, not {value:g}.")
    for name, value in (("patience rate", queue.patience_rate), ("target time", queue.target)):
        if not (math.isfinite(value) and value >= 0):
            raise QueueFault(f"The {name} must be a finite number of 0 or more, not {value:g}.")
    if queue.agents < 1:
        raise QueueFault(f"At least 1 agent is needed, not {queue.agents}.")
    if queue.lines is not None and queue.lines < queue.agents:
        raise QueueFault(f"There are fewer lines ({queue.lines}) than agents ({queue.agents}).")

"""Play a centre: one replication in one thread, many replications side by side.

Time-varying arrivals are exact: the rates of each slot are added up until they meet an exponential draw, so
no candidate is thrown away and the arrivals of a class never depend on the staffing.
"""

from dataclasses import dataclass

import numpy as np
from numba import prange

from meridian.solvers.centres.draws import (
    ARRIVAL,
    DAY,
    PURPOSES,
    exponential,
    gamma_factor,
    stream,
)
from meridian.solvers.centres.heaps import drop_first
from meridian.solvers.centres.ledger import (
    COLUMNS,
    FRAME,
    accrue,
    count_in_batch,
    note_arrival,
    note_duty,
    open_ledger,
)
from meridian.solvers.centres.model import SECONDS_PER_WEEK, Centre, tables
from meridian.solvers.centres.state import (
    ABANDONED,
    FINISHING,
    FREE_TOKENS,
    MEASURES,
    RETRYING,
    WAIT_SECONDS,
    WAITING,
    State,
)
from meridian.solvers.centres.steps import enter, enter_again, finish, take_again
from meridian.solvers.solving.compiled import inlined_kernel, kernel, making_kernel, parallel_kernel

SECONDS_PER_DAY = 86_400.0
RING_CAPACITY = 4096
TOKENS = 8192


@dataclass(frozen=True)
class Span:
    """What is counted: contacts that arrive from `warm_weeks` on, for `weeks` weeks.

    With `batches` the counted time is cut into so many equal parts, and a ledger is kept of each.
    """

    weeks: float = 52.0
    warm_weeks: float = 0.0
    batches: int = 0


@dataclass(frozen=True)
class Played:
    """Counts (R, K, bins, MEASURES) of R replications, seconds at work (R, G), the warm-up included, and the
    ledger (R, batches, COLUMNS).
    """

    counts: np.ndarray
    busy_seconds: np.ndarray
    ledger: np.ndarray


def play(centre: Centre, seed: int, replications: int, span: Span) -> Played:
    """Play independent replications of a centre, on all cores; the same seed gives the same counts."""
    laid_out = tables(centre)
    if span.batches and centre.day_variance:
        raise ValueError("no ledger is kept of days that differ: their factors are not in the rates")
    bins = int(laid_out.bin_of_slot.max()) + 1
    seeds = np.arange(replications, dtype=np.int64) + (np.int64(seed) << 20)
    counts = np.zeros((replications, len(centre.classes), bins + 1, MEASURES))
    busy_seconds = np.zeros((replications, len(centre.groups)))
    ledger = np.zeros((replications, span.batches + 1, COLUMNS))
    start, end = span.warm_weeks * SECONDS_PER_WEEK, (span.warm_weeks + span.weeks) * SECONDS_PER_WEEK
    if replications == 1:
        _replicate(laid_out, seeds[0], (start, end), counts[0], busy_seconds[0], ledger[0])
    else:
        _replicate_all(laid_out, seeds, (start, end), counts, busy_seconds, ledger)
    return Played(counts[:, :, :bins], busy_seconds, ledger[:, :-1])


@parallel_kernel
def _replicate_all(laid_out, seeds, counted, counts, busy_seconds, ledger):
    for number in prange(len(seeds)):
        _replicate(laid_out, seeds[number], counted, counts[number], busy_seconds[number], ledger[number])


@making_kernel
def _replicate(laid_out, seed, counted, counts, busy_seconds, ledger):
    """Play one replication and leave its counts in `counts` (K, bins + 1, MEASURES); `counted` is when the
    counted time begins and ends.
    """
    state = _fresh(laid_out, seed, counted, counts, busy_seconds, ledger)
    open_ledger(laid_out, state, counted[0], counted[1])
    _run(laid_out, state, counted[1])
    _close(laid_out, state)


@inlined_kernel
def _earliest(state):
    """The class whose next contact comes first."""
    index = 0
    for other in range(1, len(state.serial)):
        if state.next_arrival[other] < state.next_arrival[index]:
            index = other
    return index


@inlined_kernel
def _is_idle(state):
    """Nobody at work, nobody waiting, no redial to come."""
    return state.size[WAITING] == 0 and state.size[FINISHING] == 0 and state.size[RETRYING] == 0


@kernel
def _run(laid_out, state, end):
    """Go from event to event until all who came in time are done with, or a week after the end."""
    never = np.inf
    slots = laid_out.agents.shape[1]
    slot, change_at = 0, 0.0
    for index in range(len(state.serial)):
        _draw_arrival(laid_out, state, index)
    while True:
        index = _earliest(state)
        now = state.next_arrival[index]
        if now >= end:
            now = never
            if _is_idle(state):
                break
        finish_at = state.finish_time[0] if state.size[FINISHING] > 0 else never
        retry_at = state.retry_time[0] if state.size[RETRYING] > 0 else never
        other_at = min(change_at, retry_at)
        if min(now, finish_at, other_at) > end + SECONDS_PER_WEEK:
            break
        accrue(laid_out, state, min(now, finish_at, other_at))
        if finish_at < now and finish_at < other_at:
            finish(laid_out, state, finish_at)
        elif now < other_at:
            serial = state.serial[index]
            _draw_arrival(laid_out, state, index)
            note_arrival(state)
            enter(laid_out, state, index, serial, now)
        elif retry_at < change_at:
            _redial(laid_out, state, retry_at)
        else:
            _change_duty(laid_out, state, slot, change_at)
            ahead = laid_out.next_change[slot % slots]
            slot += ahead
            change_at = slot * laid_out.slot_seconds if ahead > 0 else never


@making_kernel
def _fresh(laid_out, seed, counted, counts, busy_seconds, ledger):
    """An empty centre. The last two places of `factor` hold the counted time for `bin_of`."""
    classes, groups = laid_out.rates.shape[0], laid_out.agents.shape[0]
    most_at_work = 1
    for group in range(groups):
        most_at_work += laid_out.agents[group].max()
    streams = np.empty((classes, PURPOSES), np.uint64)
    for index in range(classes):
        for purpose in range(PURPOSES):
            streams[index, purpose] = stream(seed, index, purpose)
    factor = np.ones(classes + 2)
    factor[-2], factor[-1] = counted
    if laid_out.day_variance > 0:
        factor[:classes] = gamma_factor(streams[0, DAY], 0, laid_out.day_variance)
    size = np.zeros(4, np.int64)
    tokens = TOKENS if laid_out.share[:, 2].max() > 0 else 0
    size[FREE_TOKENS] = tokens
    return State(
        np.zeros(classes, np.int64),
        np.zeros(classes),
        np.full(classes, -1, np.int64),
        factor,
        np.empty((classes, RING_CAPACITY)),
        np.empty((classes, RING_CAPACITY)),
        np.empty((classes, RING_CAPACITY), np.int64),
        np.empty((classes, RING_CAPACITY), np.int64),
        np.zeros(classes, np.int64),
        np.zeros(classes, np.int64),
        np.empty(most_at_work),
        np.empty(most_at_work, np.int64),
        np.empty(tokens + 1),
        np.empty(tokens + 1, np.int64),
        np.empty(tokens + 1, np.int64),
        np.empty(tokens + 1, np.int64),
        np.arange(tokens + 1),
        size,
        np.zeros(groups, np.int64),
        np.zeros(groups, np.int64),
        busy_seconds,
        counts,
        streams,
        np.zeros(FRAME),
        ledger,
    )


@inlined_kernel
def _draw_arrival(laid_out, state, index):
    """Move a class on to its next arrival; infinite when the class has no rate in a whole week."""
    serial = state.serial[index] + 1
    state.serial[index] = serial
    needed = exponential(state.streams[index, ARRIVAL], serial)
    slots, length = laid_out.rates.shape[1], laid_out.slot_seconds
    cursor, moment = state.cursor[index], state.next_arrival[index]
    rate = laid_out.rates[index, cursor % slots] * state.factor[index]
    crossed = 0
    while rate * ((cursor + 1) * length - moment) < needed:
        needed -= rate * ((cursor + 1) * length - moment)
        cursor += 1
        crossed += 1
        moment = cursor * length
        if crossed > 100 * slots or moment > state.factor[-1]:
            state.cursor[index] = cursor
            state.next_arrival[index] = np.inf
            return
        if laid_out.day_variance > 0 and moment % SECONDS_PER_DAY < length:
            day = int(moment / SECONDS_PER_DAY)
            state.factor[index] = gamma_factor(state.streams[0, DAY], day, laid_out.day_variance)
        rate = laid_out.rates[index, cursor % slots] * state.factor[index]
    state.cursor[index] = cursor
    state.next_arrival[index] = moment + needed / rate


@kernel
def _change_duty(laid_out, state, slot, now):
    """Shifts begin and end: those at work finish their contact, those who come take who waits."""
    slots = laid_out.agents.shape[1]
    for group in range(len(state.duty)):
        state.duty[group] = laid_out.agents[group, slot % slots]
        while state.size[WAITING] > 0 and state.busy[group] < state.duty[group]:
            if not take_again(laid_out, state, group, now):
                break
    note_duty(state)


@kernel
def _redial(laid_out, state, now):
    """The earliest redial is due: it comes in, unless the contact was answered after all."""
    token = state.retry_note[0]
    drop_first(state.retry_time, state.retry_note, state.size[RETRYING])
    state.size[RETRYING] -= 1
    serial = state.token_serial[token]
    state.free_token[state.size[FREE_TOKENS]] = token
    state.size[FREE_TOKENS] += 1
    if serial >= 0:
        enter_again(laid_out, state, state.token_class[token], serial, now)


@kernel
def _close(laid_out, state):
    """Those still in a ring a week after the end were never answered: they left."""
    mask = RING_CAPACITY - 1
    last = state.counts.shape[1] - 1
    for index in range(len(state.length)):
        for step in range(state.length[index]):
            place = (state.head[index] + step) & mask
            arrived = state.ring_arrived[index, place]
            if arrived < state.factor[-2] or arrived >= state.factor[-1]:
                where = last
            else:
                where = laid_out.bin_of_slot[int(arrived / laid_out.slot_seconds) % len(laid_out.bin_of_slot)]
            state.counts[index, where, ABANDONED] += 1
            count_in_batch(state, arrived, ABANDONED)
            if state.ring_leaves[index, place] < np.inf:
                state.counts[index, where, WAIT_SECONDS] += state.ring_leaves[index, place] - arrived

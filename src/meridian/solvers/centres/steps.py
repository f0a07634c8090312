"""The moving parts of the simulator: rings of waiting contacts, heaps of times, and who takes whom.

A contact that waits lies in the ring of its class with the moment its patience ends; it is found to have left
only when an agent looks at it, which changes no count. Every draw is a function of class and contact number
(`draws`).
"""

import math

import numpy as np

from meridian.solvers.centres.draws import (
    CALLBACK,
    HANDLING,
    HANDOVER,
    PATIENCE,
    RETRY,
    RETRY_DELAY,
    exponential,
    mix,
    normal,
    uniform,
)
from meridian.solvers.centres.heaps import drop_first, push
from meridian.solvers.centres.ledger import (
    count_in_batch,
    note_finish,
    note_patience,
    note_service,
)
from meridian.solvers.centres.model import INDEX_BITS
from meridian.solvers.centres.state import (
    ABANDONED,
    ABANDONED_WITHIN,
    ANSWERED,
    BLOCKED,
    CALLED_BACK,
    FINISHING,
    FREE_TOKENS,
    HANDED,
    OFFERED,
    RETRYING,
    WAIT_SECONDS,
    WAITING,
    WITHIN,
)
from meridian.solvers.solving.compiled import inlined_kernel, kernel

NO_TOKEN = -1
SERIAL_SHIFT = 22


@inlined_kernel
def serve(tables, state, group, index, serial, now):
    """An agent of `group` takes contact `serial` of class `index`."""
    location, deviation = tables.handling[index, 0], tables.handling[index, 1]
    if deviation < 0:
        seconds = location * exponential(state.streams[index, HANDLING], serial)
    else:
        seconds = math.exp(location + deviation * normal(state.streams[index, HANDLING], serial))
    note_service(tables, state, index, seconds)
    state.busy[group] += 1
    state.busy_seconds[group] += seconds
    note = (serial << (2 * INDEX_BITS)) | (group << INDEX_BITS) | index
    push(state.finish_time, state.finish_note, state.size[FINISHING], now + seconds, note)
    state.size[FINISHING] += 1


@kernel
def clear_gone(tables, state, index, now):
    """Count and remove those at the head of the ring whose patience has ended."""
    mask = state.ring_arrived.shape[1] - 1
    while state.length[index] > 0:
        place = state.head[index] & mask
        if state.ring_leaves[index, place] > now:
            return
        _count_gone(tables, state, index, place)
        state.head[index] += 1
        state.length[index] -= 1
        state.size[WAITING] -= 1


@inlined_kernel
def _count_gone(tables, state, index, place):
    arrived = state.ring_arrived[index, place]
    waited = state.ring_leaves[index, place] - arrived
    counts = state.counts[index, bin_of(tables, state, arrived)]
    counts[ABANDONED] += 1
    counts[WAIT_SECONDS] += waited
    count_in_batch(state, arrived, ABANDONED)
    if waited <= tables.target[index]:
        counts[ABANDONED_WITHIN] += 1


@kernel
def compact(tables, state, index, now):
    """Remove everyone of a ring whose patience has ended, wherever they stand."""
    mask = state.ring_arrived.shape[1] - 1
    kept = 0
    first = state.head[index]
    for step in range(state.length[index]):
        place = (first + step) & mask
        if state.ring_leaves[index, place] <= now:
            _count_gone(tables, state, index, place)
            continue
        target = (first + kept) & mask
        state.ring_arrived[index, target] = state.ring_arrived[index, place]
        state.ring_leaves[index, target] = state.ring_leaves[index, place]
        state.ring_serial[index, target] = state.ring_serial[index, place]
        state.ring_token[index, target] = state.ring_token[index, place]
        kept += 1
    state.size[WAITING] -= state.length[index] - kept
    state.length[index] = kept


@inlined_kernel
def bin_of(tables, state, moment):
    """Where a contact that arrived at `moment` is counted; the end of `factor` holds the counted time."""
    if moment < state.factor[-2] or moment >= state.factor[-1]:
        return state.counts.shape[1] - 1
    return tables.bin_of_slot[int(moment / tables.slot_seconds) % len(tables.bin_of_slot)]


@inlined_kernel
def may_take(tables, state, group, index):
    """Whether a group has an agent free for a class, beyond those it keeps for its own."""
    kept = 0 if tables.own[group, 0] == index else tables.own[group, 1]
    return state.busy[group] < state.duty[group] - kept


@inlined_kernel
def enter(tables, state, index, serial, now):
    """A contact comes in: served at once, called back, turned away, or put into its ring."""
    while True:
        counts = state.counts[index, bin_of(tables, state, now)]
        counts[OFFERED] += 1
        count_in_batch(state, now, OFFERED)
        for order in range(tables.routes.shape[1]):
            group = tables.routes[index, order]
            if group < 0:
                break
            if may_take(tables, state, group, index):
                counts[ANSWERED] += 1
                counts[WITHIN] += 1
                count_in_batch(state, now, WITHIN)
                serve(tables, state, group, index, serial, now)
                return
        share = tables.share[index, 0]
        if share == 0.0 or uniform(state.streams[index, CALLBACK], serial) >= share:
            break
        counts[CALLED_BACK] += 1
        serial = another(serial)
        index = tables.follower[index, 0]
    _wait(tables, state, index, serial, now)


@kernel
def enter_again(tables, state, index, serial, now):
    """`enter` for the rarer ways in (redials, hand-overs): one copy of it that is called, not folded in."""
    enter(tables, state, index, serial, now)


@inlined_kernel
def _wait(tables, state, index, serial, now):
    capacity = state.ring_arrived.shape[1]
    limit = tables.queue_limit[index]
    most = capacity if limit < 0 or limit > capacity else limit
    if state.length[index] >= most:
        compact(tables, state, index, now)
        if state.length[index] >= most:
            state.counts[index, bin_of(tables, state, now), BLOCKED] += 1
            plan_retry(tables, state, index, serial, now)
            return
    leaves = np.inf
    if tables.patience[index] > 0:
        drawn = exponential(state.streams[index, PATIENCE], serial)
        leaves = now + tables.patience[index] * drawn
        note_patience(state, drawn)
    place = (state.head[index] + state.length[index]) & (capacity - 1)
    state.ring_arrived[index, place] = now
    state.ring_leaves[index, place] = leaves
    state.ring_serial[index, place] = serial
    state.ring_token[index, place] = plan_retry(tables, state, index, serial, leaves)
    state.length[index] += 1
    state.size[WAITING] += 1


@kernel
def plan_retry(tables, state, index, serial, lost_at):
    """Enter a redial for a contact lost at `lost_at`, if it is one that redials; returns its token or -1."""
    share = tables.share[index, 2]
    if share == 0.0 or lost_at == np.inf or uniform(state.streams[index, RETRY], serial) >= share:
        return NO_TOKEN
    if state.size[FREE_TOKENS] == 0:
        return NO_TOKEN
    state.size[FREE_TOKENS] -= 1
    token = state.free_token[state.size[FREE_TOKENS]]
    delay = tables.retry_seconds[index] * exponential(state.streams[index, RETRY_DELAY], serial)
    state.token_class[token] = index
    state.token_serial[token] = another(serial)
    push(state.retry_time, state.retry_note, state.size[RETRYING], lost_at + delay, token)
    state.size[RETRYING] += 1
    return token


@inlined_kernel
def another(serial):
    """The number of the contact that follows from this one (redial, call-back, hand-over)."""
    return np.int64(mix(np.uint64(serial) + np.uint64(1)) >> np.uint64(SERIAL_SHIFT))


@inlined_kernel
def take_waiting(tables, state, group, now):
    """An agent of `group` is free: take by priority, then longest wait; False when nobody waits."""
    chosen, best, since = -1, np.int64(0), 0.0
    mask = state.ring_arrived.shape[1] - 1
    for order in range(tables.skills.shape[1]):
        index = tables.skills[group, order]
        if index < 0 or (chosen >= 0 and tables.priority[index] > best):
            break
        if state.length[index] == 0 or not may_take(tables, state, group, index):
            continue
        clear_gone(tables, state, index, now)
        if state.length[index] == 0:
            continue
        arrived = state.ring_arrived[index, state.head[index] & mask]
        if chosen < 0 or arrived < since:
            chosen, best, since = index, tables.priority[index], arrived
    if chosen < 0:
        return False
    place = state.head[chosen] & mask
    counts = state.counts[chosen, bin_of(tables, state, since)]
    counts[ANSWERED] += 1
    counts[WAIT_SECONDS] += now - since
    if now - since <= tables.target[chosen]:
        counts[WITHIN] += 1
        count_in_batch(state, since, WITHIN)
    token = state.ring_token[chosen, place]
    if token >= 0:
        state.token_serial[token] = -1
    state.head[chosen] += 1
    state.length[chosen] -= 1
    state.size[WAITING] -= 1
    serve(tables, state, group, chosen, state.ring_serial[chosen, place], now)
    return True


@kernel
def take_again(tables, state, group, now):
    """`take_waiting` for the beginning of shifts."""
    return take_waiting(tables, state, group, now)


@inlined_kernel
def finish(tables, state, now):
    """The earliest agent is done: hand the contact over where it goes on, and take who waits."""
    note = state.finish_note[0]
    index = note & ((1 << INDEX_BITS) - 1)
    note_finish(tables, state, index)
    drop_first(state.finish_time, state.finish_note, state.size[FINISHING])
    state.size[FINISHING] -= 1
    group = (note >> INDEX_BITS) & ((1 << INDEX_BITS) - 1)
    state.busy[group] -= 1
    if state.size[WAITING] > 0 and state.busy[group] < state.duty[group]:
        take_waiting(tables, state, group, now)
    share = tables.share[index, 1]
    if share > 0.0:
        serial = note >> (2 * INDEX_BITS)
        if uniform(state.streams[index, HANDOVER], serial) < share:
            state.counts[index, bin_of(tables, state, now), HANDED] += 1
            enter_again(tables, state, tables.follower[index, 1], another(serial), now)

"""What chance gave beyond what was to be expected, by batch of time and by state of the centre.

Four sums of known mean 0, whatever the staffing, each kept apart by how many contacts were inside (relative
to the agents on duty): arrivals less their rate; services ended less their rate, or for lengths that are not
exponential each drawn length less its mean; patience drawn less its mean, twice, once looking at the
impatient. A sum keeps its mean of 0 in each state because the next draw knows nothing of the state
(martingale differences). `estimates` takes from a service level what they explain.
"""

import math

import numpy as np

from meridian.solvers.centres.state import ABANDONED, FINISHING, OFFERED, WAITING, WITHIN
from meridian.solvers.solving.compiled import inlined_kernel, kernel

STATES = 24
STATES_BELOW = 8
ARRIVALS, SERVICES, PATIENCES, HURRIES = range(4)
FAMILIES = 4
TALLIES = (OFFERED, WITHIN, ABANDONED)
# Counts stand in the columns of their measures, the sums of known mean behind them.
FIRST_SUM = max(TALLIES) + 1
COLUMNS = FIRST_SUM + FAMILIES * STATES
HURRY = 10.0
FRAME = 11
LAST, BOUNDARY, SLOT, BATCH, ROW, RATE, PACE, START, BATCH_SECONDS, DUTY, STEP = range(FRAME)


@inlined_kernel
def keeps(state):
    """Whether a ledger is kept."""
    return state.ledger.shape[0] > 1


@inlined_kernel
def count_in_batch(state, arrived, measure):
    """Count a contact in the batch it arrived in."""
    if keeps(state):
        outside = state.ledger.shape[0] - 1
        batch = int((arrived - state.frame[START]) / state.frame[BATCH_SECONDS])
        row = batch if arrived >= state.frame[START] and batch < outside else outside
        state.ledger[row, measure] += 1.0


@inlined_kernel
def column(state, family):
    """The column of a family of sums for the number of contacts inside now."""
    inside = state.size[FINISHING] + state.size[WAITING]
    place = int((inside - state.frame[DUTY]) / state.frame[STEP] + STATES_BELOW)
    return FIRST_SUM + family * STATES + min(max(place, 0), STATES - 1)


@inlined_kernel
def accrue(tables, state, now):
    """Take off what was to be expected between the last event and this one, which has not happened yet."""
    if not keeps(state):
        return
    arrivals, services = column(state, ARRIVALS), column(state, SERVICES)
    frame = state.frame
    while frame[LAST] < now:
        until = min(now, frame[BOUNDARY])
        elapsed = until - frame[LAST]
        row = int(frame[ROW])
        state.ledger[row, arrivals] -= frame[RATE] * elapsed
        state.ledger[row, services] -= frame[PACE] * elapsed
        frame[LAST] = until
        if until >= frame[BOUNDARY]:
            turn(tables, state)


@kernel
def turn(tables, state):
    """Go on to the next slot or batch; counted on, never divided, so that rounding leaves none out."""
    frame = state.frame
    slots, outside = tables.rates.shape[1], state.ledger.shape[0] - 1
    if frame[LAST] >= (frame[SLOT] + 1) * tables.slot_seconds:
        frame[SLOT] += 1
    if frame[LAST] >= frame[START] + (frame[BATCH] + 1) * frame[BATCH_SECONDS]:
        frame[BATCH] += 1
    frame[ROW] = frame[BATCH] if 0 <= frame[BATCH] < outside else outside
    frame[RATE] = tables.rates[:, int(frame[SLOT]) % slots].sum()
    slot_ends = (frame[SLOT] + 1) * tables.slot_seconds
    batch_ends = frame[START] + (frame[BATCH] + 1) * frame[BATCH_SECONDS]
    frame[BOUNDARY] = slot_ends if frame[BATCH] >= outside else min(slot_ends, batch_ends)


@kernel
def open_ledger(tables, state, start, end):
    """Stand at moment 0, before the first batch."""
    frame, batches = state.frame, state.ledger.shape[0] - 1
    frame[START], frame[BATCH_SECONDS] = start, (end - start) / max(batches, 1)
    frame[BATCH], frame[STEP] = -1.0, 1.0
    turn(tables, state)


@inlined_kernel
def note_arrival(state):
    """An arrival by the rates of its class (no redial, no hand-over), before it comes in."""
    if keeps(state):
        state.ledger[int(state.frame[ROW]), column(state, ARRIVALS)] += 1.0


@inlined_kernel
def note_service(tables, state, index, seconds):
    """A service begins: its rate from now on, or what its length is beyond the mean."""
    if keeps(state):
        location, deviation = tables.handling[index, 0], tables.handling[index, 1]
        if deviation < 0:
            state.frame[PACE] += 1.0 / location
        else:
            beyond = seconds * math.exp(-location - 0.5 * deviation * deviation) - 1.0
            state.ledger[int(state.frame[ROW]), column(state, SERVICES)] += beyond


@inlined_kernel
def note_finish(tables, state, index):
    """A service is about to end; with nobody else at work the rate is 0 again, free of rounding."""
    if keeps(state) and tables.handling[index, 1] < 0:
        state.ledger[int(state.frame[ROW]), column(state, SERVICES)] += 1.0
        state.frame[PACE] -= 1.0 / tables.handling[index, 0]
        if state.size[FINISHING] == 1:
            state.frame[PACE] = 0.0


@inlined_kernel
def note_patience(state, drawn):
    """A patience is drawn, as a multiple of its mean."""
    if keeps(state):
        row = int(state.frame[ROW])
        state.ledger[row, column(state, PATIENCES)] += drawn - 1.0
        state.ledger[row, column(state, HURRIES)] += math.exp(-HURRY * drawn) - 1.0 / (1.0 + HURRY)


@inlined_kernel
def note_duty(state):
    """Agents on duty have changed: states are counted from their number, in steps of a third of its root."""
    if keeps(state):
        duty = float(np.sum(state.duty))
        state.frame[DUTY] = duty
        state.frame[STEP] = max(1.0, math.sqrt(duty) / 3.0)

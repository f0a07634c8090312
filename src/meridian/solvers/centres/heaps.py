"""Heaps of moments: the earliest first, each with a note; the arrays are handed in and changed in place."""

from meridian.solvers.solving.compiled import inlined_kernel


@inlined_kernel
def push(times, notes, size, time, note):
    """Put a moment into a heap of `size` moments."""
    place = size
    while place > 0:
        parent = (place - 1) >> 1
        if times[parent] <= time:
            break
        times[place] = times[parent]
        notes[place] = notes[parent]
        place = parent
    times[place] = time
    notes[place] = note


@inlined_kernel
def drop_first(times, notes, size):
    """Remove the earliest moment of a heap of `size` moments."""
    last = size - 1
    time, note = times[last], notes[last]
    place = 0
    while True:
        child = 2 * place + 1
        if child >= last:
            break
        if child + 1 < last and times[child + 1] < times[child]:
            child += 1
        if times[child] >= time:
            break
        times[place] = times[child]
        notes[place] = notes[child]
        place = child
    times[place] = time
    notes[place] = note

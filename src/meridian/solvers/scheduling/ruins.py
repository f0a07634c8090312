"""Which tasks annealing takes out, and in what order it puts them back. Compiled."""

import numpy as np

from meridian.solvers.solving.compiled import inlined_kernel, kernel

# Bounds of the shares in which each kind of nearness is drawn.
IN_TIME, AT_RANDOM, BY_BONDS = 0.35, 0.45, 0.75
FAR = 1000.0


@inlined_kernel
def random(chance):
    """A number in [0, 1): xorshift (Marsaglia 2003)."""
    x = chance[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    chance[0] = x
    return np.float64(x >> np.uint64(11)) / 9007199254740992.0


@kernel
def _sort(search, count):
    """Sort the first `count` of `out` by their keys."""
    for place in range(1, count):
        task = search.out[place]
        back = place
        while back > 0 and search.keys[search.out[back - 1]] > search.keys[task]:
            search.out[back] = search.out[back - 1]
            back -= 1
        search.out[back] = task


@kernel
def choose(tables, search, most):
    """Tasks to take out, near a first one in time, by bonds or by site, or any at all; how many."""
    count = len(search.start)
    way = random(search.chance)
    wanted = min(count, 1 + int(random(search.chance) * most))
    first = min(count - 1, int(random(search.chance) * count))
    for task in range(count):
        noise = random(search.chance)
        if way < IN_TIME:
            search.keys[task] = abs(search.end[task] - search.end[first]) * (0.3 + noise)
        else:
            search.keys[task] = noise if way < AT_RANDOM else FAR + noise
    if AT_RANDOM <= way < BY_BONDS:
        _near_by_bonds(tables, search, first, wanted)
    elif way >= BY_BONDS:
        _near_by_site(tables, search, first)
    search.keys[first] = -1.0
    _least_keys(search, wanted)
    return wanted


@kernel
def _least_keys(search, wanted):
    """The tasks with the least keys to the front of `out`."""
    for place in range(wanted):
        least = -1
        for task in range(len(search.start)):
            if search.placed[task] and (least < 0 or search.keys[task] < search.keys[least]):
                least = task
        search.out[place] = least
        search.placed[least] = 0
    for place in range(wanted):
        search.placed[search.out[place]] = 1


@kernel
def _near_by_site(tables, search, first):
    for at in range(tables.goal_from[first], tables.goal_from[first + 1]):
        begin, end = tables.member_from[tables.goal[at]], tables.member_from[tables.goal[at] + 1]
        if end - begin < len(search.start):
            for place in range(begin, end):
                search.keys[tables.member[place]] = random(search.chance)


@kernel
def _near_by_bonds(tables, search, first, wanted):
    task = first
    for step in range(2 * wanted):
        degree = tables.bond_from[task + 1] - tables.bond_from[task]
        if degree == 0:
            task = first
            continue
        at = tables.bond_from[task] + min(degree - 1, int(random(search.chance) * degree))
        task = tables.bond_other[at]
        search.keys[task] = min(search.keys[task], float(step))


@kernel
def order(tables, search, count):
    """Sort what is out: by old start, by the work it is, or by chance."""
    way = random(search.chance)
    for place in range(count):
        task = search.out[place]
        key = random(search.chance)
        if way < 0.4:
            key = search.start[task] + 5.0 * key
        elif way < 0.6:
            key = -float(tables.duration[search.row[task]]) + 2.0 * key
        search.keys[task] = key
    _sort(search, count)


@kernel
def take_tail(search):
    """Everything that starts after a random day, in a slightly shaken order of starts."""
    count = len(search.start)
    since = search.start[min(count - 1, int(random(search.chance) * count))]
    wanted = 0
    for task in range(count):
        if search.start[task] >= since:
            search.keys[task] = search.start[task] + 6.0 * random(search.chance)
            search.out[wanted] = task
            wanted += 1
    _sort(search, wanted)
    return wanted

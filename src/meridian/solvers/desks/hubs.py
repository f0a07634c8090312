"""Which bands of the world share a hub, and who takes over when one hub is lost.

A band is all sites at one distance from UTC. A hub stands in one of the bands; every band has a first hub and
another one that takes its contacts when the first is lost. The choice keeps hubs near the hours of those they
serve, and no hub so large that its loss takes more than a bounded share of all contacts.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

MINUTES_PER_DAY = 1440
BACKUP_WEIGHT = 0.25
ROOM = 1.35
SOLVER_SECONDS = 10.0


@dataclass(frozen=True)
class HubChoice:
    """Hubs by the offset (minutes ahead of UTC) where each stands; for each band its first hub and its
    deputy.
    """

    hubs: tuple[int, ...]
    first: dict[int, int]
    deputy: dict[int, int]


def hours_apart(one: int, other: int) -> float:
    """Hours between two distances from UTC, the short way round the clock."""
    gap = abs(one - other) % MINUTES_PER_DAY
    return min(gap, MINUTES_PER_DAY - gap) / 60.0


def choose_hubs(contacts_by_offset: dict[int, float], count: int) -> HubChoice:
    """Choose `count` hubs at the least hours apart, weighted by contacts; with one band or hub there is no
    deputy.

    A hub is the first of its own band, and of no more than 1.35 / count of all contacts, or of as little more
    as the bands allow.
    """
    offsets = sorted(contacts_by_offset)
    count = min(count, len(offsets))
    if count < 2:
        busiest = max(offsets, key=lambda offset: contacts_by_offset[offset])
        return HubChoice((busiest,), dict.fromkeys(offsets, busiest), {})
    weights = np.array([contacts_by_offset[offset] for offset in offsets])
    apart = np.array([[hours_apart(one, other) for other in offsets] for one in offsets])
    share = weights / weights.sum()
    largest = max(ROOM / count, float(share.max()))
    while (answer := _solve(share, apart, count, largest)) is None:
        largest *= ROOM
    size = len(offsets)
    first = answer[size : size + size * size].reshape(size, size).argmax(axis=1)
    deputy = answer[size + size * size :].reshape(size, size).argmax(axis=1)
    return HubChoice(
        tuple(offsets[place] for place in range(size) if answer[place] > 0.5),
        {offset: offsets[first[place]] for place, offset in enumerate(offsets)},
        {offset: offsets[deputy[place]] for place, offset in enumerate(offsets)},
    )


def _solve(share: np.ndarray, apart: np.ndarray, count: int, largest: float) -> np.ndarray | None:
    """None when no hub may be that small. Variables: hub opens (s), first hub of band i is s (i, s), deputy
    of band i is s (i, s).
    """
    size = len(share)
    pairs = size * size
    total = size + 2 * pairs
    cost = np.concatenate(
        [np.zeros(size), (share[:, None] * apart).ravel(), BACKUP_WEIGHT * (share[:, None] * apart).ravel()]
    )
    rows, low, high = [], [], []

    def add(entries: dict[int, float], least: float, most: float) -> None:
        row = np.zeros(total)
        for place, value in entries.items():
            row[place] = value
        rows.append(row)
        low.append(least)
        high.append(most)

    add(dict.fromkeys(range(size), 1.0), count, count)
    for band in range(size):
        # Two bands may be 0 hours apart (UTC+13 and UTC-11): a hub would serve nobody.
        add({size + band * size + band: 1.0, band: -1.0}, 0, np.inf)
        for block in (size, size + pairs):
            add({block + band * size + hub: 1.0 for hub in range(size)}, 1, 1)
        for hub in range(size):
            one, two = size + band * size + hub, size + pairs + band * size + hub
            add({one: 1.0, two: 1.0, hub: -1.0}, -np.inf, 0)
    for hub in range(size):
        add({size + band * size + hub: float(share[band]) for band in range(size)}, 0, largest)
    answer = milp(
        cost,
        constraints=LinearConstraint(np.array(rows), low, high),
        integrality=np.ones(total),
        bounds=Bounds(0, 1),
        options={"time_limit": SOLVER_SECONDS},
    )
    return answer.x

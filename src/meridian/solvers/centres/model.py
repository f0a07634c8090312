"""What the simulator plays: contact classes, agent groups, hours; checked once, then plain arrays.

Times are seconds from Monday 00:00 UTC of an ordinary week that repeats; a week has S equal slots. A class is
a stream of contacts that one kind of agent can take (a language, a topic, a tier); a group is a set of agents
with the same skills. Sites in other zones enter as rates already moved to UTC (`demand`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

SECONDS_PER_HOUR = 3600.0
SECONDS_PER_WEEK = 7 * 24 * SECONDS_PER_HOUR
NEVER = -1
# Class and group are packed into one number with that of the contact.
INDEX_BITS = 10


@dataclass(frozen=True)
class ContactClass:
    """One stream of contacts.

    `rates` are contacts per second in each slot. Handling is exponential with mean `handling_seconds`, or
    lognormal when `handling_variation` (standard deviation over mean) is given. `patience_seconds` 0 means
    that nobody leaves. Smaller `priority` goes first; equal priorities go by longest wait. `queue_limit` -1
    is no limit. A share `callback_share` of those who would wait hangs up and enters `callback_class` at
    once; a share `handover_share` of those handled enters `handover_class` (second tier, the next hub); a
    share `retry_share` of those who left calls again after `retry_seconds` on average.
    """

    name: str
    rates: np.ndarray
    handling_seconds: float
    patience_seconds: float = 0.0
    target_seconds: float = 30.0
    handling_variation: float | None = None
    priority: int = 0
    queue_limit: int = NEVER
    callback_share: float = 0.0
    callback_class: int = NEVER
    handover_share: float = 0.0
    handover_class: int = NEVER
    retry_share: float = 0.0
    retry_seconds: float = 600.0


@dataclass(frozen=True)
class AgentGroup:
    """Agents who can take `classes` (indices, their own first), `agents` of them in each slot (shifts,
    breaks).

    They take a class other than their own only while more than `reserve` of them are free.
    """

    name: str
    classes: tuple[int, ...]
    agents: np.ndarray
    reserve: int = 0


@dataclass(frozen=True)
class Centre:
    """Classes, groups and how much days differ: the variance of a gamma factor (mean 1) of each day."""

    classes: tuple[ContactClass, ...]
    groups: tuple[AgentGroup, ...]
    day_variance: float = 0.0
    hour_of_slot: np.ndarray = field(default_factory=lambda: np.zeros(1, np.int32))


class Tables(NamedTuple):
    """A `Centre` as arrays; K classes, G groups, S slots. Lists of indices end with -1."""

    rates: np.ndarray  # (K, S) contacts per second
    handling: np.ndarray  # (K, 2) mean and -1, or mean and deviation of the logarithm
    patience: np.ndarray  # (K,) mean seconds, 0 never leaves
    target: np.ndarray  # (K,) seconds
    priority: np.ndarray  # (K,)
    queue_limit: np.ndarray  # (K,)
    share: np.ndarray  # (K, 3) call-back, hand-over, retry
    follower: np.ndarray  # (K, 2) class of the call-back, class of the hand-over
    retry_seconds: np.ndarray  # (K,)
    routes: np.ndarray  # (K, G + 1) groups that may take the class
    skills: np.ndarray  # (G, K + 1) classes by priority
    agents: np.ndarray  # (G, S)
    own: np.ndarray  # (G, 2) own class, agents kept free for it
    next_change: np.ndarray  # (S,) slots until the agents differ from now; 0 when they never do
    bin_of_slot: np.ndarray  # (S,) where counts of the slot go
    slot_seconds: float
    day_variance: float


def tables(centre: Centre) -> Tables:
    """Check a centre and lay it out for the simulator; raises ValueError for shapes that do not fit."""
    count, slots = len(centre.classes), len(centre.hour_of_slot)
    if not count or not centre.groups:
        raise ValueError("a centre needs at least one class and one group")
    rates = np.array([one.rates for one in centre.classes], np.float64)
    agents = np.array([group.agents for group in centre.groups], np.int64)
    if rates.shape != (count, slots) or agents.shape != (len(centre.groups), slots):
        raise ValueError(f"rates and agents need {slots} slots each")
    if max(rates.shape[0], agents.shape[0]) > 1 << INDEX_BITS:
        raise ValueError(f"no more than {1 << INDEX_BITS} classes or groups can be played")
    if not np.isfinite(rates).all() or rates.min() < 0 or agents.min() < 0:
        raise ValueError("rates and agents must be finite and not negative")
    for one in centre.classes:
        for share, follower in (
            (one.callback_share, one.callback_class),
            (one.handover_share, one.handover_class),
        ):
            if share and not 0 <= follower < count:
                raise ValueError(f"class {one.name} has a follower that does not exist")
        if one.callback_share and centre.classes[one.callback_class].callback_share:
            raise ValueError(f"class {one.name} is called back by a class that calls back itself")
        if one.handling_seconds <= 0:
            raise ValueError(f"class {one.name} takes no time")
    return Tables(
        rates=rates,
        handling=np.array([_handling(one) for one in centre.classes]),
        patience=np.array([one.patience_seconds for one in centre.classes], np.float64),
        target=np.array([one.target_seconds for one in centre.classes], np.float64),
        priority=np.array([one.priority for one in centre.classes], np.int64),
        queue_limit=np.array([one.queue_limit for one in centre.classes], np.int64),
        share=np.array([(one.callback_share, one.handover_share, one.retry_share) for one in centre.classes]),
        follower=np.array([(one.callback_class, one.handover_class) for one in centre.classes], np.int64),
        retry_seconds=np.array([one.retry_seconds for one in centre.classes], np.float64),
        routes=_routes(centre),
        skills=_skills(centre),
        agents=agents,
        own=np.array([(group.classes[0], group.reserve) for group in centre.groups], np.int64),
        next_change=_next_change(agents),
        bin_of_slot=np.asarray(centre.hour_of_slot, np.int64),
        slot_seconds=SECONDS_PER_WEEK / slots,
        day_variance=float(centre.day_variance),
    )


def _handling(one: ContactClass) -> tuple[float, float]:
    if one.handling_variation is None:
        return one.handling_seconds, -1.0
    spread = np.log1p(one.handling_variation**2)
    return float(np.log(one.handling_seconds) - spread / 2), float(np.sqrt(spread))


def _routes(centre: Centre) -> np.ndarray:
    """For each class the groups to try: those that prefer it most, then those with fewest skills."""
    routes = np.full((len(centre.classes), len(centre.groups) + 1), NEVER, np.int64)
    for index in range(len(centre.classes)):
        able = [
            (group.classes.index(index), len(group.classes), place)
            for place, group in enumerate(centre.groups)
            if index in group.classes
        ]
        for order, (_, _, place) in enumerate(sorted(able)):
            routes[index, order] = place
    return routes


def _skills(centre: Centre) -> np.ndarray:
    skills = np.full((len(centre.groups), len(centre.classes) + 1), NEVER, np.int64)
    for place, group in enumerate(centre.groups):
        ordered = sorted(group.classes, key=lambda index: centre.classes[index].priority)
        skills[place, : len(ordered)] = ordered
    return skills


def _next_change(agents: np.ndarray) -> np.ndarray:
    """From each slot, how many slots until the agents on duty change (the week repeats)."""
    slots = agents.shape[1]
    changes = np.flatnonzero((agents != np.roll(agents, 1, axis=1)).any(axis=0))
    if len(changes) == 0:
        return np.zeros(slots, np.int64)
    later = np.searchsorted(changes, np.arange(slots), side="right")
    following = np.where(later < len(changes), changes[later % len(changes)], changes[0] + slots)
    return (following - np.arange(slots)).astype(np.int64)

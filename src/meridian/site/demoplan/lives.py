"""What happens to a request: the slots of a life, which of them occur, and when.

A life is a row of `SLOTS` in order; a mask says which occur, delays are worked seconds of the first desk.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from meridian.site.demoplan.opening_hours import HOUR, MINUTE, Instants, OpeningHours, Positions

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Slot:
    """An event that may happen: its type, how long after the one before (median worked seconds), the state
    after it ("" leaves it) and the kind of words that go with it."""

    name: str
    event: str
    median_seconds: int
    state: str = ""
    words: str = ""


SLOTS = (
    Slot("opened", "opened", 0, "new", "opened"),
    Slot("taken", "assigned", 25 * MINUTE, "assigned"),
    Slot("started", "started", 10 * MINUTE, "in_progress"),
    Slot("noted", "noted", 30 * MINUTE, words="noted"),
    Slot("passed_1", "assigned", 90 * MINUTE, "assigned"),
    Slot("started_1", "started", 45 * MINUTE, "in_progress"),
    Slot("passed_2", "assigned", 120 * MINUTE, "assigned"),
    Slot("started_2", "started", 45 * MINUTE, "in_progress"),
    Slot("passed_3", "assigned", 120 * MINUTE, "assigned"),
    Slot("started_3", "started", 45 * MINUTE, "in_progress"),
    Slot("asked", "replied", 30 * MINUTE, words="asked"),
    Slot("held", "held", MINUTE, "on_hold"),
    Slot("answered", "replied", 5 * HOUR, "in_progress", "answered"),
    Slot("resumed", "resumed", 15 * MINUTE, "in_progress"),
    Slot("resolved", "resolved", 200 * MINUTE, "resolved", "resolved"),
    Slot("reopened", "reopened", 4 * HOUR, "in_progress", "reopened"),
    Slot("resolved_again", "resolved", 3 * HOUR, "resolved", "resolved"),
    Slot("confirmed", "confirmed", 3 * HOUR, "closed"),
    Slot("closed", "closed", 45 * HOUR, "closed"),
    Slot("cancelled", "cancelled", 2 * HOUR, "cancelled"),
)
AT = {slot.name: index for index, slot in enumerate(SLOTS)}
PASSES = ("passed_1", "passed_2", "passed_3")
HOLD_REASONS = ("requester", "supplier", "shipment", "planned_change", "site_unreachable")
HOLD_SHARES = (0.55, 0.17, 0.14, 0.08, 0.06)
# The most urgent get an answer five times sooner than the rest.
PACE = np.array([1.0, 0.2, 0.4, 0.8, 1.2, 1.6])


@dataclass(frozen=True)
class Lives:
    """Per item and slot: whether the event occurs by now, and its instant; the reason of the hold."""

    seen: Mask
    at: Instants
    hold_reason: Positions


def draw_lives(
    hours: OpeningHours,
    desk: Positions,
    opened_at: Instants,
    priority: Positions,
    now: int,
    random: np.random.Generator,
) -> Lives:
    """The lives of items opened at these instants, cut at `now`."""
    hold_reason = random.choice(len(HOLD_REASONS), desk.size, p=HOLD_SHARES)
    occurs = _draw_occurrences(desk.size, hold_reason, random)
    delays = _draw_delays(desk.size, priority, hold_reason, random) * occurs
    start = hours.worked(desk, opened_at)
    worked = start[:, None] + np.cumsum(delays, axis=1)
    at = hours.instants(np.repeat(desk[:, None], len(SLOTS), axis=1), worked)
    at[:, 0] = opened_at
    at = np.maximum.accumulate(at, axis=1)
    seen = occurs & (at <= now)
    return Lives(seen, at, hold_reason)


def _draw_occurrences(count: int, hold_reason: Positions, random: np.random.Generator) -> Mask:
    """Which slots occur in each life, whatever the time."""

    def chance(share: float) -> Mask:
        return random.random(count) < share

    occurs = np.ones((count, len(SLOTS)), dtype=bool)
    cancelled = chance(0.02)
    occurs[:, AT["noted"]] = chance(0.15)
    before = chance(0.13)
    for number, again in enumerate((0.3, 0.25, 0.0), start=1):
        occurs[:, AT[f"passed_{number}"]] = occurs[:, AT[f"started_{number}"]] = before
        before = before & chance(again)
    held = chance(0.12)
    answered = held & (hold_reason == 0) & chance(0.8)
    occurs[:, AT["held"]] = held
    occurs[:, AT["asked"]] = occurs[:, AT["answered"]] = answered
    occurs[:, AT["resumed"]] = held & ~answered
    reopened = chance(0.011)
    occurs[:, AT["reopened"]] = occurs[:, AT["resolved_again"]] = reopened
    confirmed = chance(0.3)
    occurs[:, AT["confirmed"]] = confirmed
    occurs[:, AT["closed"]] = ~confirmed
    occurs[:, AT["cancelled"]] = cancelled
    occurs[np.ix_(cancelled, np.arange(AT["noted"], AT["cancelled"]))] = False
    return occurs


def _draw_delays(
    count: int, priority: Positions, hold_reason: Positions, random: np.random.Generator
) -> Instants:
    """Worked seconds between each slot and the one before it: lognormal, at least a minute."""
    medians = np.array([slot.median_seconds for slot in SLOTS], dtype=float)
    spread = np.full(len(SLOTS), 0.9)
    spread[[AT["resolved"], AT["answered"]]] = 2.1
    spread[AT["closed"]] = 0.0
    delays = medians * np.exp(spread * random.standard_normal((count, len(SLOTS))))
    pace = PACE[priority][:, None]
    hurried = [AT["taken"], AT["started"], AT["resolved"]]
    delays[:, hurried] *= pace
    # Parts and suppliers take days; a requester answers in hours.
    waits = np.array([1.0, 24.0, 60.0, 40.0, 12.0])[hold_reason]
    delays[:, AT["resumed"]] *= np.where(hold_reason == 0, 1.0, waits * 3)
    delays = np.maximum(delays, MINUTE).astype(np.int64)
    delays[:, 0] = 0
    return delays

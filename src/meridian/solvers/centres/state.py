"""What moves while a centre is played, and what is counted."""

from typing import NamedTuple

import numpy as np

OFFERED, ANSWERED, WITHIN, ABANDONED, ABANDONED_WITHIN, CALLED_BACK, HANDED, BLOCKED, WAIT_SECONDS = range(9)
MEASURES = 9
FINISHING, WAITING, RETRYING, FREE_TOKENS = range(4)


class State(NamedTuple):
    """Everything that moves; K classes, G groups, rings of `capacity` (a power of two) per class."""

    cursor: np.ndarray  # (K,) absolute slot of the next arrival
    next_arrival: np.ndarray  # (K,) its time
    serial: np.ndarray  # (K,) its number
    factor: np.ndarray  # (K,) factor of the day the cursor stands in
    ring_arrived: np.ndarray  # (K, capacity)
    ring_leaves: np.ndarray  # (K, capacity) when patience ends
    ring_serial: np.ndarray  # (K, capacity)
    ring_token: np.ndarray  # (K, capacity) of a redial that being answered would cancel
    head: np.ndarray  # (K,)
    length: np.ndarray  # (K,)
    finish_time: np.ndarray  # heap of agents at work
    finish_note: np.ndarray  # number, group and class packed
    retry_time: np.ndarray  # heap of redials
    retry_note: np.ndarray  # token
    token_class: np.ndarray
    token_serial: np.ndarray  # -1 when cancelled
    free_token: np.ndarray
    size: np.ndarray  # (4,) agents at work, contacts waiting, redials, free tokens
    busy: np.ndarray  # (G,)
    duty: np.ndarray  # (G,) agents on duty now
    busy_seconds: np.ndarray  # (G,)
    counts: np.ndarray  # (K, bins + 1, MEASURES); the last bin holds what arrived outside the counted time
    streams: np.ndarray  # (K, PURPOSES)
    frame: np.ndarray  # where the ledger stands (`ledger`)
    ledger: np.ndarray  # (batches + 1, COLUMNS); the last row holds what lies outside the counted time

"""Shares told more surely than by counting: what chance is known to have given is taken away again.

Control variates (S. Lavenberg, P. Welch 1981) made of martingale differences (S. Henderson, P. Glynn 2002):
the ledger of a simulation holds, for each batch of time, sums whose mean is exactly 0. What they explain of
the contacts answered in time is found by regression over all batches but those of one fold and taken off that
fold, so that the coefficients know nothing of the batches they correct and the estimate has no bias. The
standard error is that of what is left, batch against batch.
"""

from dataclasses import dataclass

import numpy as np

from meridian.solvers.centres.ledger import FAMILIES, FIRST_SUM, STATES
from meridian.solvers.centres.state import OFFERED

FOLDS = 10
BATCHES_A_SUM = 8
FEWEST_ALIVE = 0.02
RIDGE = 1e-6


@dataclass(frozen=True)
class Share:
    """A share and its standard error."""

    value: float
    error: float


def corrected(ledger: np.ndarray, measure: int) -> np.ndarray:
    """Contacts of a measure in each batch (R, batches) of a ledger (R, batches, COLUMNS), less what its sums
    explain; as counted where there are too few batches to tell.
    """
    counted = ledger[..., measure]
    sums = _sums(ledger.reshape(-1, ledger.shape[-1]))
    if not sums.shape[1]:
        return counted
    offered = ledger[..., OFFERED].ravel()
    beside = counted.ravel() - counted.sum() / max(offered.sum(), 1.0) * offered
    explained = np.zeros(len(beside))
    # A trace on the diagonal keeps sums that say nearly the same thing from going astray.
    squares = sums.T @ sums + RIDGE * len(sums) * np.eye(sums.shape[1])
    products = sums.T @ beside
    for fold in np.array_split(np.arange(len(beside)), FOLDS):
        own = sums[fold]
        explained[fold] = own @ np.linalg.solve(squares - own.T @ own, products - own.T @ beside[fold])
    helped = float(np.square(beside - explained).sum()) < float(np.square(beside).sum())
    return counted - explained.reshape(counted.shape) if helped else counted


def share(parts: np.ndarray, wholes: np.ndarray) -> Share:
    """sum(parts) / sum(wholes) over batches (R, batches); neighbours in time may be alike, which counts.

    The error is 1 where nothing was offered or one batch cannot tell it.
    """
    total = float(wholes.sum())
    value = float(parts.sum()) / total if total else 0.0
    if total == 0.0 or wholes.size < 2:
        return Share(value, 1.0)
    rest = parts - value * wholes
    spread = float(np.square(rest).sum()) + 2.0 * max(0.0, float((rest[:, 1:] * rest[:, :-1]).sum()))
    return Share(value, float(np.sqrt(spread * wholes.size / (wholes.size - 1))) / total)


def _sums(batches: np.ndarray) -> np.ndarray:
    """The sums of a ledger that moved, states put together until there are enough batches for each sum."""
    families = batches[:, FIRST_SUM:].reshape(len(batches), FAMILIES, STATES)
    together = 1
    while together <= STATES:
        found = families.reshape(len(batches), FAMILIES, -1, together).sum(axis=3)
        found = found.reshape(len(batches), -1)
        found = found[:, _spread_widely(found)]
        if found.shape[1] * BATCHES_A_SUM <= len(batches):
            return found / found.std(axis=0)
        together = next((size for size in range(together + 1, STATES + 1) if STATES % size == 0), STATES + 1)
    return np.zeros((len(batches), 0))


def _spread_widely(sums: np.ndarray) -> np.ndarray:
    """Which sums live in enough batches: one that moved in a handful would explain only those."""
    squares = np.square(sums)
    fourth = np.square(squares).sum(axis=0)
    alive = np.square(squares.sum(axis=0)) / np.where(fourth > 0, fourth, 1.0)
    return alive >= FEWEST_ALIVE * len(sums)

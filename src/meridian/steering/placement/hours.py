"""Loads by hour of the week: how much less is needed when peaks of different hours share a host.

Offices of different time zones peak at different hours, so that the peak of the sum is below the sum of
the peaks. Capacity is kept back for the unforeseen: a share `headroom` of every resource.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HOURS_OF_WEEK = 168


@dataclass(frozen=True)
class Packing:
    """Host of every workload (numbered from 0 in the order of opening) and the number of hosts."""

    host: NDArray[np.int64]
    hosts: int


@dataclass(frozen=True)
class HourlySaving:
    """The same workloads packed by the hour and by their peaks."""

    by_hour: Packing
    by_peak: Packing

    @property
    def hosts_saved(self) -> int:
        return self.by_peak.hosts - self.by_hour.hosts


def pack_by_hour(
    loads: NDArray[np.float64], capacity: NDArray[np.float64], headroom: NDArray[np.float64]
) -> HourlySaving:
    """Pack `loads` [workload, resource, hour of week] on like hosts of `capacity` [resource].

    `headroom` [resource] is the share kept free, 0 to below 1. Packing by the hour is never reported worse
    than by peaks: a packing that holds for peaks holds for every hour. Raises `ValueError` for loads that
    are negative or fit on no host, and for shapes that don't match.
    """
    usable = _usable(loads, capacity, headroom)
    peaks = loads.max(axis=2, keepdims=True)
    by_peak = _pack(peaks, usable)
    by_hour = _pack(loads, usable)
    if by_hour.hosts > by_peak.hosts:
        by_hour = by_peak
    return HourlySaving(by_hour, by_peak)


def _usable(
    loads: NDArray[np.float64], capacity: NDArray[np.float64], headroom: NDArray[np.float64]
) -> NDArray[np.float64]:
    if loads.ndim != 3 or loads.shape[2] != HOURS_OF_WEEK or loads.shape[1:2] != capacity.shape:
        raise ValueError("Loads must be a table of workload, resource and 168 hours of the week.")
    if headroom.shape != capacity.shape or np.any(headroom < 0) or np.any(headroom >= 1):
        raise ValueError("Headroom must be one share per resource, from 0 to below 1.")
    usable = capacity * (1 - headroom)
    if not np.all(np.isfinite(loads)) or np.any(loads < 0):
        raise ValueError("A load must be a number and not negative.")
    if np.any(usable <= 0):
        raise ValueError("Every resource needs a capacity above 0.")
    too_big = np.flatnonzero(np.any(loads > usable[None, :, None], axis=(1, 2)))
    if len(too_big):
        raise ValueError(f"Workload {too_big[0]} does not fit on an empty host within its headroom.")
    return usable


def _pack(loads: NDArray[np.float64], usable: NDArray[np.float64]) -> Packing:
    """Biggest first, each on the host whose free space looks most like it (greatest dot product)."""
    shares = loads / usable[None, :, None]
    order = np.argsort(-shares.max(axis=(1, 2)), kind="stable")
    host = np.zeros(len(loads), dtype=np.int64)
    free: list[NDArray[np.float64]] = []
    for workload in order:
        share = shares[workload]
        fitting = [number for number, left in enumerate(free) if np.all(share <= left + 1e-12)]
        if fitting:
            chosen = max(fitting, key=lambda number: float((share * free[number]).sum()))
        else:
            chosen = len(free)
            free.append(np.ones_like(share))
        free[chosen] = free[chosen] - share
        host[workload] = chosen
    return Packing(host, len(free))

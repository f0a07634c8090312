"""Loads by hour of the week: how much less is needed when peaks of different hours share a host.

Offices of different time zones peak at different hours, so that the peak of the sum is below the sum of
the peaks. Capacity is kept back for the unforeseen: a share `headroom` of every resource. This is the quick
answer for like hosts and no rules; `meridian plan hosts` gives the full one with its bound.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meridian.steering.placement.hosts_estate import Estate, Kind, Workload
from meridian.steering.placement.hosts_model import Host, build_problem
from meridian.steering.placement.hosts_search import Course, Search
from meridian.steering.placement.hours_week import HOURS_OF_WEEK

__all__ = ["HOURS_OF_WEEK", "HourlySaving", "Packing", "pack_by_hour"]


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
    if not len(loads):
        empty = Packing(np.zeros(0, dtype=np.int64), 0)
        return HourlySaving(empty, empty)
    names = tuple(str(resource) for resource in range(len(capacity)))
    kinds = (Kind("host", tuple(capacity.tolist()), tuple(usable.tolist())),)
    workloads = tuple(
        Workload(str(number), tuple(tuple(hours) for hours in load))
        for number, load in enumerate(loads.tolist())
    )
    estate = Estate("hours", None, names, kinds, workloads)
    by_peak = _greedy(estate.by_peaks(), [])
    by_hour = _greedy(estate, by_peak)
    return HourlySaving(_numbered(by_hour), _numbered(by_peak))


def _greedy(estate: Estate, known: list[Host | None]) -> list[Host | None]:
    """The best of the greedy packings, and of a packing known to hold."""
    course = Course(seed=1, rounds=0, spent=lambda: 0.0, tell=lambda _: None)
    return Search(build_problem(estate), course).start([known] if known else []).hosts()


def _numbered(hosts: list[Host | None]) -> Packing:
    numbers = {host: number for number, host in enumerate(dict.fromkeys(hosts))}
    return Packing(np.array([numbers[host] for host in hosts], dtype=np.int64), len(numbers))


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

"""What travels between the command and the worker process; light to import."""

from dataclasses import dataclass

from meridian.solvers.hosts.estate import Estate

Hosts = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class HostsJob:
    """Pack an estate, beginning from a packing already `known` to keep every rule."""

    estate: Estate
    known: Hosts | None = None


@dataclass(frozen=True)
class HostsPlan:
    """Kind and number (from 0) of the host of every workload."""

    hosts: Hosts

"""From where somebody asks: the address behind proxies, and the network that counts as one."""

import logging
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Address = IPv4Address | IPv6Address
MOST_HOPS = 20
# A household gets at least a /64 of its own: to count addresses would be to count nothing.
IPV6_NETWORK_BITS = 64
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")

log = logging.getLogger(__name__)
_warned: set[str] = set()


def read_address(text: str) -> Address | None:
    """An address as proxies write it: bare, `[v6]`, or with a port; v4 inside v6 is v4."""
    bare = text.strip().strip('"')
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def client_address(peer: str, forwarded: str, trusted: Iterable[Any]) -> str:
    """Who asks: `forwarded` is read from its right end for as long as a trusted proxy wrote it.

    What stands further left was written by whoever asks, and counts for nothing.
    """
    address = read_address(peer)
    for text in reversed(forwarded.split(",")[-MOST_HOPS:]):
        if address is None or not _is_trusted(address, trusted):
            break
        further = read_address(text)
        if further is None:
            break
        address = further
    return peer if address is None else str(address)


def _is_trusted(address: Address, trusted: Iterable[Any]) -> bool:
    return any(address in network for network in trusted)


def network_of(address: str) -> str:
    """What counts as one place: an IPv4 address, or the /64 of an IPv6 address."""
    known = read_address(address)
    if isinstance(known, IPv6Address):
        return str(IPv6Network((known, IPV6_NETWORK_BITS), strict=False))
    return str(known) if known else address


class BehindProxies:
    """Middleware, the first of all: `REMOTE_ADDR` is who asks, whatever stands between.

    What a proxy says is believed from those of `TRUSTED_PROXIES` alone; from anybody else it is taken off.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.trusted = [ip_network(text) for text in settings.TRUSTED_PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        peer, said = request.META.get("REMOTE_ADDR", ""), request.META
        address = read_address(peer)
        if address is not None and _is_trusted(address, self.trusted):
            said["REMOTE_ADDR"] = client_address(peer, said.get("HTTP_X_FORWARDED_FOR", ""), self.trusted)
        elif any(name in said for name in FORWARDED):
            _warn(peer)
            for name in FORWARDED:
                said.pop(name, None)
        return self.get_response(request)


def _warn(peer: str) -> None:
    """Say once a process that a proxy is not believed: the operator may have forgotten it."""
    if not _warned:
        _warned.add(peer)
        log.warning(
            "%s speaks for others (X-Forwarded-For), but MERIDIAN_TRUSTED_PROXIES does not name it:"
            " all whom it speaks for count as one network.",
            peer,
        )

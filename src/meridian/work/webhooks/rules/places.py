"""Which addresses of the network a house may call: none of its own, unless named."""

import ipaddress


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open network; wrapped forms of private ones are not."""
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    if isinstance(found, ipaddress.IPv6Address) and found.teredo:
        return False
    if inner is not None and not is_public(str(inner)):
        return False
    if isinstance(found, ipaddress.IPv6Address) and found in ipaddress.ip_network("64:ff9b::/96"):
        return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast and not found.is_reserved

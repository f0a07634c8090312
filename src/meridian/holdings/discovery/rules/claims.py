"""What a report claims of a thing: its sections turned into the attributes of the house."""

from collections.abc import Mapping
from typing import Any

from meridian.holdings.discovery.rules.classes import narrowed
from meridian.holdings.discovery.rules.junk import is_junk, mac_of

Single = Mapping[str, Mapping[str, Any]]
Lists = Mapping[str, list[dict[str, Any]]]
# Attribute, and where it may stand, the first that says something.
FROM = (
    ("name", (("network_device", "name"), ("hardware", "name"))),
    ("maker", (("network_device", "manufacturer"), ("bios", "smanufacturer"), ("bios", "mmanufacturer"))),
    ("model", (("network_device", "model"), ("bios", "smodel"), ("bios", "mmodel"))),
    ("serial", (("network_device", "serial"), ("bios", "ssn"), ("bios", "enclosureserial"))),
    ("uuid", (("hardware", "uuid"),)),
    ("asset_tag", (("network_device", "assettag"), ("bios", "assettag"))),
    ("memory", (("network_device", "ram"), ("hardware", "memory"))),
    ("operating_system", (("operatingsystem", "full_name"), ("operatingsystem", "name"))),
    ("kernel", (("operatingsystem", "kernel_version"),)),
    ("architecture", (("operatingsystem", "arch"),)),
    ("domain", (("operatingsystem", "dns_domain"), ("hardware", "workgroup"))),
    ("firmware", (("network_device", "firmware"), ("bios", "bversion"))),
    ("location", (("network_device", "location"),)),
    ("pages_printed", (("pagecounters", "total"),)),
    ("agent", (("versionclient", "versionclient"),)),
)
KEYS = frozenset({"serial", "uuid", "asset_tag"})
NUMBERS = frozenset({"memory", "pages_printed"})
# Cards that are not the machine's own.
NOT_ITS_OWN = frozenset({"loopback", "bridge", "alias", "aggregate", "bluetooth", "dialup"})
MOST_ADDRESSES = 64


def claims_of(singles: Single, lists: Lists, code: str) -> dict[str, Any]:
    """The attributes that a report tells, those that it has nothing to say about left out."""
    found: dict[str, Any] = {"class": code}
    for attribute, places in FROM:
        values = (_value(attribute, singles.get(section, {}).get(name)) for section, name in places)
        value = next((value for value in values if value not in (None, "")), None)
        if value is not None:
            found[attribute] = value
    if code == "computer":
        hardware = singles.get("hardware", {})
        found["class"] = narrowed(
            str(hardware.get("chassis_type") or ""), str(hardware.get("vmsystem") or "")
        )
    found |= _processors(lists.get("cpus", []))
    found |= _disks(lists.get("storages", []))
    found |= _cards(singles.get("network_device", {}), lists)
    imeis = {str(row.get("imei")) for row in lists.get("modems", []) if row.get("imei")}
    if imeis:
        found["imei"] = min(imeis)
    return found


def _value(attribute: str, value: Any) -> Any:
    if attribute in NUMBERS:
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    if not isinstance(value, str | int | float):
        return None
    text = " ".join(str(value).split())
    if attribute in KEYS and is_junk(text):
        return None
    return text[:200]


def _processors(rows: list[dict[str, Any]]) -> dict[str, Any]:
    cores = [row.get("core") for row in rows]
    names = sorted({" ".join(str(row["name"]).split())[:200] for row in rows if row.get("name")})
    found: dict[str, Any] = {"processor": ", ".join(names)[:200]} if names else {}
    counted = sum(core for core in cores if isinstance(core, int))
    return found | ({"cores": counted} if counted else {})


def _disks(rows: list[dict[str, Any]]) -> dict[str, Any]:
    size = sum(row["disksize"] for row in rows if isinstance(row.get("disksize"), int))
    return {"storage": size} if size else {}


def _cards(device: Mapping[str, Any], lists: Lists) -> dict[str, Any]:
    """Addresses of its own cards, and where it is reached. A port of a switch is no card to know it by."""
    macs = {mac_of(str(device.get("mac") or ""))}
    reached = {str(one) for one in device.get("ips") or () if isinstance(one, str)}
    for row in lists.get("networks", []):
        if row.get("virtualdev") or row.get("type") in NOT_ITS_OWN:
            continue
        macs.add(mac_of(str(row.get("mac") or "")))
        reached |= {str(row[name]) for name in ("ipaddress", "ipaddress6") if row.get(name)}
    macs.discard("")
    found: dict[str, Any] = {"macs": sorted(macs)[:MOST_ADDRESSES]} if macs else {}
    return found | ({"addresses": sorted(reached)[:MOST_ADDRESSES]} if reached else {})

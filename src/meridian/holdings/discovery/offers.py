"""What discovery gives to the demo organisation: machines that agents and the network tell of."""

import hashlib
import time
from typing import Any

import orjson

from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.holdings.discovery.commands import Body, lock, take_in
from meridian.holdings.discovery.models import Sighting, Source

Workstation = reference("inventory.Workstation")
Item = reference("inventory.Item")
MACHINES, SEEN = 48, 20
DAY = 86_400
SYSTEMS = ("Windows 7 Professional", "Windows XP Professional", "Ubuntu 10.04 LTS")
SOFTWARE = (
    *(("Office suite", "12.0"), ("Web browser", "3.6.13"), ("Mail client", "8.5"), ("Antivirus", "11.2")),
    *(
        ("Archive tool", "9.20"),
        ("PDF reader", "9.4"),
        ("Geographic viewer", "5.2"),
        ("Java runtime", "1.6.0_22"),
    ),
)


def discover_demo(actor: Actor) -> None:
    """Reports of some dozen workstations of the register, once; two with one unique id, and one torn."""
    if Sighting.objects.exists():
        return
    rows = list(Workstation.objects.filter(state="in_service").order_by("code")[:MACHINES])
    if not rows:
        return
    glpi, snmp = (Source.objects.get(code=code) for code in ("glpi", "snmp"))
    now = int(time.time())
    told = [Body(f"{row.code}.json", _report(row, place, now)) for place, row in enumerate(rows)]
    bare = {"hardware": {"name": "unnamed", "uuid": _uuid(rows[0].code)}, "versionclient": "GLPI-Agent"}
    told += [
        Body("torn.json", told[0].content[:300]),
        Body("unnamed.json", _dumped("unnamed-host", bare)),
    ]
    take_in(actor=actor, source=glpi, bodies=told)
    seen = [_seen(row, place) for place, row in enumerate(rows[:SEEN])]
    take_in(actor=actor, source=snmp, bodies=[Body(f"seen-{place}", one) for place, one in enumerate(seen)])
    first = Item.objects.filter(identity=f"serial:{_serial(rows[2].code).lower()}").first()
    if first is not None:
        lock(actor=actor, item=first, attribute="name", value="reception", reason="Called so on its label")


def _report(row: Any, place: int, now: int) -> bytes:
    maker, _space, model = (row.model_name or "Computer").partition(" ")
    is_laptop = row.kind == "laptop"
    # Two disks were copied with the unique id of the first.
    uuid = _uuid(row.code) if place != 1 else _uuid_of_copy(row)
    at = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(now - (place % 9) * DAY - 3_600))
    content = {
        "versionclient": "GLPI-Agent_v1.5",
        "accesslog": {"logdate": at},
        "bios": {
            "assettag": row.code,
            "smanufacturer": maker,
            "smodel": model or maker,
            "ssn": _serial(row.code),
            "bversion": f"1.{place % 7}",
        },
        "hardware": {
            "name": row.code.lower(),
            "uuid": uuid,
            "memory": 2048 * (1 + place % 3),
            "chassis_type": "Laptop" if is_laptop else "Desktop",
            "vmsystem": "Physical",
        },
        "operatingsystem": {"full_name": SYSTEMS[place % 3], "arch": "i686"},
        "cpus": [{"name": "Dual-core processor", "core": 2, "manufacturer": maker}],
        "storages": [{"name": "sda", "disksize": 160_000 + 90_000 * (place % 3), "type": "disk"}],
        "networks": [{"mac": _mac(row.code), "type": "ethernet", "ipaddress": f"10.{place}.4.{10 + place}"}],
        "softwares": [{"name": name, "version": version} for name, version in SOFTWARE[place % 4 :]],
    }
    return _dumped(f"{row.code.lower()}-2010-03-01-08-00-00", content)


def _seen(row: Any, place: int) -> bytes:
    """The same machine as the network sees it: another name, and no serial number."""
    device = {
        "name": f"host-{place}",
        "mac": _mac(row.code),
        "ips": [f"10.{place}.4.{10 + place}"],
        "type": "Computer",
        "location": "as the switch knows it",
    }
    content = {"versionclient": "5.1", "network_device": device}
    document = {"action": "netdiscovery", "deviceid": "collector", "itemtype": "Computer", "content": content}
    return orjson.dumps(document)


def _dumped(device: str, content: dict[str, Any]) -> bytes:
    document = {"action": "inventory", "deviceid": device, "itemtype": "Computer", "content": content}
    return orjson.dumps(document)


def _digits(code: str, purpose: str) -> str:
    return hashlib.sha256(f"{purpose} {code}".encode()).hexdigest()


def _serial(code: str) -> str:
    return _digits(code, "serial")[:7].upper() + "K5"


def _uuid(code: str) -> str:
    digits = _digits(code, "uuid")
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"


def _uuid_of_copy(row: Any) -> str:
    first = Workstation.objects.filter(state="in_service").order_by("code").first()
    return _uuid(first.code if first else row.code)


def _mac(code: str) -> str:
    digits = "0024e8" + _digits(code, "card")[:6]
    return ":".join(digits[place : place + 2] for place in range(0, 12, 2))

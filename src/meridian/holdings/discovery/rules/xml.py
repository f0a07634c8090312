"""The older XML reports (OCS, FusionInventory) as documents of the JSON format."""

import re
from typing import Any
from xml.parsers import expat

from meridian.holdings.discovery.rules.faults import Unreadable
from meridian.holdings.discovery.rules.shape import LISTS

DEEPEST = 20
NUMBER = re.compile(r"-?\d{1,15}")
INTEGERS = frozenset(
    "memory swap ram disksize capacity total core thread corecount speed filesize vcpu cpu total size".split()
)
# Of a device that was asked over the network: names there, and here.
OF_DEVICES = {"snmphostname": "name", "dnshostname": "name", "netbiosname": "name"}
DEVICE_TYPES = {
    "NETWORKING": "NetworkEquipment",
    "PRINTER": "Printer",
    "COMPUTER": "Computer",
    "PHONE": "Phone",
}


def document_of_xml(plain: bytes) -> dict[str, Any]:
    """The document that an XML report says. Raises `Unreadable`."""
    tree = _tree(plain)
    if not isinstance(tree, dict) or "content" not in tree:
        raise Unreadable("The XML is no inventory report: it has no REQUEST with CONTENT.")
    content = tree["content"] if isinstance(tree["content"], dict) else {}
    query = str(tree.get("query") or "inventory").lower()
    found: dict[str, Any] = {"deviceid": str(tree.get("deviceid") or ""), "action": query}
    if isinstance(tree.get("itemtype"), str):
        found["itemtype"] = tree["itemtype"]
    if "device" in content:
        devices = content["device"] if isinstance(content["device"], list) else [content["device"]]
        if len(devices) != 1 or not isinstance(devices[0], dict):
            raise Unreadable(f"The XML tells of {len(devices)} devices: send one report for each.")
        return found | _of_device(devices[0])
    return found | {"content": _sections(content)}


def _of_device(device: dict[str, Any]) -> dict[str, Any]:
    told = device.get("info") if isinstance(device.get("info"), dict) else device
    assert isinstance(told, dict)
    if "error" in device:
        raise Unreadable("The device didn't answer: the report holds an error and nothing else.")
    single = {OF_DEVICES.get(name, name): value for name, value in told.items() if isinstance(value, str)}
    ips = told.get("ips")
    found = ips.get("ip") if isinstance(ips, dict) else told.get("ip")
    if found:
        single["ips"] = found if isinstance(found, list) else [found]  # type: ignore[assignment]
    kind = str(single.pop("type", "") or "").upper()
    content = _sections({"network_device": single})
    for name in ("firmwares", "cartridges", "drives"):
        if name in device:
            content |= _sections({name: device[name]})
    return {"itemtype": DEVICE_TYPES.get(kind, kind.capitalize() or "Unmanaged"), "content": content}


def _sections(content: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in content.items():
        if name in LISTS:
            rows = value if isinstance(value, list) else [value]
            found[name] = [_numbers(row) for row in rows if isinstance(row, dict)]
        elif isinstance(value, dict):
            found[name] = _numbers(value)
        elif name == "versionclient":
            found[name] = str(value)
    return found


def _numbers(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: int(value) if name in INTEGERS and isinstance(value, str) and NUMBER.fullmatch(value) else value
        for name, value in row.items()
        if value not in ("", None)
    }


def _tree(plain: bytes) -> Any:
    """Nested dictionaries of texts by names in small letters; what is there twice is a list.

    A document that declares entities is refused: they are how small files become large ones.
    """
    parser = expat.ParserCreate()
    stack: list[tuple[dict[str, Any], list[str]]] = [({}, [])]

    def begin(_name: str, _attributes: Any) -> None:
        if len(stack) > DEEPEST:
            raise Unreadable(f"The XML is nested deeper than {DEEPEST} elements.")
        stack.append(({}, []))

    def end(name: str) -> None:
        parts, texts = stack.pop()
        value: Any = parts or "".join(texts).strip()
        above, key = stack[-1][0], name.lower()
        if key not in above:
            above[key] = value
        elif isinstance(above[key], list):
            above[key].append(value)
        else:
            above[key] = [above[key], value]

    def refuse(*_given: Any) -> None:
        raise Unreadable("The XML declares entities: it is not read.")

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = lambda text: stack[-1][1].append(text)
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(plain, True)
    except expat.ExpatError as fault:
        raise Unreadable(f"The report is no XML: {fault}.") from fault
    return stack[0][0].get("request")

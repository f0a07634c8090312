"""From the bytes of a file or a post to a report: GLPI agents' JSON, or older XML, plain or compressed."""

import gzip
import hashlib
import zlib
from collections.abc import Mapping
from typing import Any

import orjson

from meridian.holdings.discovery.contracts import Report
from meridian.holdings.discovery.rules.claims import claims_of
from meridian.holdings.discovery.rules.classes import class_of_type, family_of
from meridian.holdings.discovery.rules.faults import Unreadable
from meridian.holdings.discovery.rules.instants import instant_in_id, instant_of
from meridian.holdings.discovery.rules.junk import is_junk
from meridian.holdings.discovery.rules.keys import best_key
from meridian.holdings.discovery.rules.sections import list_claim, rows_of, single
from meridian.holdings.discovery.rules.shape import LISTS, SINGLE
from meridian.holdings.discovery.rules.xml import document_of_xml

LARGEST_BYTES = 64 * 1024 * 1024
ZLIB, GZIP = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"), b"\x1f\x8b"
OF_NETWORKS = frozenset({"netinventory", "netdiscovery", "snmpquery"})


def unpacked(body: bytes) -> bytes:
    """A body as it was before it was compressed. Raises `Unreadable` for what is torn, or too much."""
    if len(body) > LARGEST_BYTES:
        raise Unreadable(f"The report is larger than {LARGEST_BYTES // 1024 // 1024} MiB.")
    if body[:2] not in ZLIB and not body.startswith(GZIP):
        return body
    try:
        reader = zlib.decompressobj(zlib.MAX_WBITS | 32)
        found = reader.decompress(body, LARGEST_BYTES + 1)
    except (zlib.error, gzip.BadGzipFile) as fault:
        raise Unreadable("The report is compressed, and torn.") from fault
    if len(found) > LARGEST_BYTES:
        raise Unreadable(f"The report unpacks to more than {LARGEST_BYTES // 1024 // 1024} MiB.")
    if not reader.eof:
        raise Unreadable("The report is compressed, and torn.")
    return found


def document_of(body: bytes) -> dict[str, Any]:
    """The document that a body holds. Raises `Unreadable`."""
    plain = unpacked(body)
    start = plain.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise Unreadable("The report is empty.")
    if start.startswith(b"<"):
        return document_of_xml(start)
    try:
        found = orjson.loads(start)
    except (orjson.JSONDecodeError, RecursionError) as fault:
        raise Unreadable(f"The report is no JSON: {fault}."[:300]) from fault
    if not isinstance(found, dict):
        raise Unreadable("The report is no JSON object.")
    # The database keeps no such sign in its texts.
    return _without_nul(found) if b"\\u0000" in plain else found


def read(body: bytes) -> Report:
    """The report that a body holds. Raises `Unreadable` with the reason."""
    return report_of(document_of(body))


def report_of(document: Mapping[str, Any]) -> Report:
    """The report that a document is. Raises `Unreadable` with the reason."""
    content = document.get("content")
    if not isinstance(content, dict):
        raise Unreadable("The report has no content.")
    device = _text(document, "deviceid")
    if not device:
        raise Unreadable("The report has no deviceid.")
    partial = document.get("partial", False)
    if not isinstance(partial, bool):
        raise Unreadable("“partial” is neither true nor false.")
    singles = {name: single(name, content[name]) for name in sorted(SINGLE & content.keys())}
    lists = {name: rows_of(name, content[name]) for name in sorted(LISTS & content.keys())}
    lists = {name: rows for name, rows in lists.items() if rows or partial}
    code = _class(document, content)
    claims = claims_of(singles, lists, code) | {name: list_claim(rows) for name, rows in lists.items()}
    face = best_key(claims)
    native = _native(_text(document, "action").lower(), device, face, claims)
    told = orjson.dumps([native, face, claims, partial], option=orjson.OPT_SORT_KEYS)
    at = instant_of(singles.get("accesslog", {}).get("logdate"))
    if at is None and not partial:
        at = instant_in_id(device)
    digest = hashlib.sha256(told).hexdigest()[:32]
    return Report(native, face, family_of(claims["class"]), claims, lists, digest, at, partial)


def _text(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name, "")
    if not isinstance(value, str):
        raise Unreadable(f"“{name}” is no text.")
    return value.strip()[:200]


def _class(document: Mapping[str, Any], content: Mapping[str, Any]) -> str:
    kind = _text(document, "itemtype")
    if not kind and ("hardware" in content or "bios" in content):
        kind = "Computer"
    device = content.get("network_device")
    if kind in ("", "Unmanaged") and isinstance(device, dict) and isinstance(device.get("type"), str):
        kind = device["type"]
    code = class_of_type(kind)
    if code is None:
        raise Unreadable(f"“{kind[:60]}” is no type of item that is known here.")
    return code


def _native(action: str, device: str, face: str, claims: Mapping[str, Any]) -> str:
    """The name by which the source knows the thing: for what others saw on the network, its own number."""
    if action in OF_NETWORKS or is_junk(device):
        known = [face, *claims.get("macs", ()), *claims.get("addresses", ()), claims.get("name", "")]
        native = next((str(one) for one in known if one), "")
        if not native:
            raise Unreadable("The report holds nothing by which its device could be known again.")
        return native[:200]
    return device


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "�")
    if isinstance(value, list):
        return [_without_nul(one) for one in value]
    if isinstance(value, dict):
        return {_without_nul(name): _without_nul(one) for name, one in value.items()}
    return value

"""What discovery says on the page of an item: where each value comes from, and what was refused."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from meridian.engine.figures import instant_text, number_text
from meridian.engine.pages.slots import PanelPart
from meridian.engine.policies import Actor
from meridian.holdings.discovery.models import Lock, Sighting, Source
from meridian.holdings.discovery.queries.claims import known_of
from meridian.holdings.discovery.rules.choosing import Choice, Claim, choose
from meridian.holdings.inventory.facade import attributes_of

MOST_ROWS = 12
MOST_WORDS = 4


def where_values_come_from(actor: Actor, row: Any) -> PanelPart | None:
    """Each value of an item with who told it and when, what a lock keeps out, and what was not heard."""
    rows = Sighting.objects.filter(item=row).defer("lists").select_related("source").order_by("pk")
    chosen = choose(claim for one in known_of(rows) for claim in one.claims())
    if not chosen:
        return None
    locks = {lock.attribute: lock for lock in Lock.objects.filter(item=row)}
    sources = {source.code: str(source) for source in Source.objects.all()}
    titles = _titles(row)
    told = [
        _row(titles[attribute], chosen[attribute], locks.get(attribute), sources)
        for attribute in titles
        if attribute in chosen
    ]
    return PanelPart(_("Where each value comes from"), {"rows": told}, "discovery/values.html")


def what_it_consists_of(actor: Actor, row: Any) -> PanelPart | None:
    """The first parts of each kind that the item consists of, and how many there are."""
    if not row.consists_of:
        return None
    holders = Sighting.objects.filter(item=row).select_related("source").order_by("pk")
    known = {one.source.code: one.lists for one in holders}
    kinds = []
    for name, told in sorted(row.consists_of.items()):
        rows = known.get(told["source"], {}).get(name, [])
        first = [text for text in map(_words, rows[:MOST_ROWS]) if text]
        count = number_text(told["rows"])
        kinds.append(
            {"title": _kind_title(name), "count": count, "first": first, "more": len(rows) > MOST_ROWS}
        )
    return PanelPart(_("What it consists of"), {"kinds": kinds}, "discovery/parts.html")


def _titles(row: Any) -> dict[str, str]:
    own = {
        "name": _("Name"),
        "class": _("Class of items"),
        "maker": _("Maker"),
        "model": _("Model"),
        "serial": _("Serial number"),
    }
    return own | {
        found.code: f"{found.name} ({found.unit})" if found.unit else str(found.name)
        for found in attributes_of(row.item_class.code)
    }


def _row(title: str, choice: Choice, lock: Lock | None, sources: dict[str, str]) -> dict[str, Any]:
    held = choice.held
    refused = _different(choice.refused, lock.value if lock else held.value)
    if lock:
        refused = _different((held, *choice.refused), lock.value)
    return {
        "title": title,
        "value": _text(lock.value if lock else held.value),
        "source": _("locked by hand") if lock else sources.get(held.source, held.source),
        "reason": lock.reason if lock else "",
        "seen": "" if lock or not held.at else _instant(held.at),
        "refused": [
            {"value": _text(claim.value), "source": sources.get(claim.source, claim.source)}
            for claim in refused
        ],
    }


def _different(claims: Iterable[Claim], value: Any) -> list[Claim]:
    return [claim for claim in claims if claim.value != value]


def _instant(seconds: int) -> str:
    return instant_text(datetime.datetime.fromtimestamp(seconds, datetime.UTC))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return number_text(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _words(row: dict[str, Any]) -> str:
    """A part in a few words."""
    names = ("name", "model", "manufacturer", "description", "version", "capacity", "disksize", "type")
    found = [str(row[name]) for name in names if row.get(name) not in (None, "")]
    return " · ".join(dict.fromkeys(found[:MOST_WORDS]))


def _kind_title(name: str) -> str:
    known = {
        "antivirus": _("Antivirus"),
        "batteries": _("Batteries"),
        "controllers": _("Controllers"),
        "cpus": _("Processors"),
        "databases_services": _("Databases"),
        "drives": _("File systems"),
        "firmwares": _("Firmware"),
        "memories": _("Memory"),
        "monitors": _("Monitors"),
        "network_ports": _("Network ports"),
        "networks": _("Network cards"),
        "printers": _("Printers"),
        "softwares": _("Software"),
        "storages": _("Disks"),
        "usbdevices": _("USB devices"),
        "virtualmachines": _("Virtual machines"),
    }
    return known.get(name, name.replace("_", " ").capitalize())

"""What pages say of items: prices, levels, questions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meridian.engine.figures import number_text
from meridian.engine.translation import in_language
from meridian.work.catalogue import rules
from meridian.work.catalogue.commands.ordering import WORDS
from meridian.work.catalogue.models import Version

ATTRIBUTES = {"number": "decimal", "date": "", "text": ""}


def price_of(version: Version) -> str:
    """The price of one, and for what it is."""
    if not version.price:
        return _("free of charge")
    unit = f" · {version.price_unit}" if str(version.price_unit) else ""
    return f"{number_text(version.price, 2)} {version.currency}{unit}"


def level_of(version: Version) -> str:
    """How long it takes, in open hours of the desk."""
    sentence = ngettext("%(hours)s open hour", "%(hours)s open hours", version.level_hours)
    return sentence % {"hours": number_text(version.level_hours)}


def shown_item(version: Version) -> dict[str, Any]:
    """An item as a card shows it."""
    return {
        "code": version.item.code,
        "icon": version.item.icon,
        "name": str(version.name),
        "summary": str(version.summary),
        "price": price_of(version),
        "level": level_of(version),
        "is_approved": bool(version.approvals),
    }


def questions_of(
    version: Version, given: Mapping[str, Sequence[str]], faults: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The questions that are asked now, with what was answered and what is amiss."""
    deciding = _deciding(version.questions)
    return [
        _question(field, given.get(field["key"], ()), faults.get(field["key"], ""), field["key"] in deciding)
        for field in rules.shown_fields(version.questions, given)
    ]


def _question(
    field: Mapping[str, Any], values: Sequence[str], fault: str, is_deciding: bool
) -> dict[str, Any]:
    kind = field["type"]
    options = field.get("options", ())
    if kind == "yes":
        options = ({"key": "yes", "label": {"en": _("Yes")}}, {"key": "no", "label": {"en": _("No")}})
        labels = {"yes": _("Yes"), "no": _("No")}
    else:
        labels = {option["key"]: in_language(option.get("label")) for option in options}
    most = field.get("repeats", 1) if kind not in rules.CHOSEN else 1
    rows = [text for text in values if text.strip()]
    return {
        "key": field["key"],
        "name": f"q.{field['key']}",
        "type": kind,
        "label": in_language(field["label"]),
        "help": in_language(field.get("help")),
        "is_needed": bool(field.get("is_needed")),
        "options": [{"key": key, "label": label, "chosen": key in values} for key, label in labels.items()],
        "rows": [*rows, ""][:most] if most > 1 else [rows[0] if rows else ""],
        "repeats": most > 1,
        "fault": _(WORDS[fault]) if fault else "",
        "mode": "decimal" if kind == "number" else "",
        "is_deciding": is_deciding,
    }


def _deciding(fields: Sequence[Mapping[str, Any]]) -> set[str]:
    """The keys of the questions on whose answers others depend."""
    found: set[str] = set()
    waiting = [field.get("when") for field in fields]
    while waiting:
        condition = waiting.pop()
        if not condition:
            continue
        found |= {condition["field"]} if "field" in condition else set()
        waiting += [*condition.get("all", ()), *condition.get("any", ()), condition.get("not")]
    return found

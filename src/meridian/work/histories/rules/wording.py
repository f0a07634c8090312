"""The log's anonymous words as rows and texts that say plainly where they come from."""

from collections.abc import Mapping
from typing import Any

from meridian.work.histories.contracts import LogRow

PERSONS = {"caller": "Caller", "opener": "Opener", "updater": "Updater", "resolver": "Resolver"}
PLACES = {"team": "Group", "site": "Location", "category": "Category"}
NOBODY_KNOWN = "unknown"
LOG_NAME = "incident-log"
KNOWN = "The incident is here already."
HOLD_REASON_NAMES: Mapping[str, Mapping[str, str]] = {
    "requester": {"en": "Requester"},
    "supplier": {"en": "Supplier"},
    "problem": {
        "en": "Problem",
        "fr": "Problème",
        "es": "Problema",
        "ru": "Проблема",
        "zh-hans": "问题",
        "ar": "مشكلة",
    },
    "evidence": {
        "en": "Evidence",
        "fr": "Éléments probants",
        "es": "Pruebas",
        "ru": "Подтверждение",
        "zh-hans": "证据",
        "ar": "أدلة",
    },
    "unknown": {
        "en": "Unknown",
        "fr": "Inconnu",
        "es": "Desconocido",
        "ru": "Неизвестно",
        "zh-hans": "未知",
        "ar": "غير معروف",
    },
}


def code_of(kind: str, word: str) -> str:
    """The key of the row that stands for a word of the log: `log-caller-2403`."""
    return f"log-{kind}-{word}"


def person_of(kind: str, word: str) -> dict[str, Any]:
    """A person of the log: Caller 2403."""
    return {
        "given_name": PERSONS[kind],
        "family_name": word,
        "email": f"{kind}.{word}@incident-log.example",
    }


def bare_number(number: str) -> str:
    """The number as the published file writes it, without the letters before it: `0000045`."""
    return number.removeprefix("INC")


def own_number(number: str) -> str:
    """The number as the desk of the log wrote it: `INC0000045`."""
    return f"INC{bare_number(number)}"


def spare_number(number: str) -> str:
    """The number of an incident whose own one leads to another item of this house already."""
    return f"LOG{bare_number(number)}"


def title_of(number: str, row: LogRow) -> str:
    """The log has no subjects: what it says of the matter instead."""
    said = (("Category", row.category), ("Subcategory", row.subcategory), ("Symptom", row.symptom))
    words = [f"{label} {word}" for label, word in said if word is not None]
    return ", ".join(words) or f"Incident {number} of an imported log"

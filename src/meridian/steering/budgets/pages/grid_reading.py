"""What somebody typed into the grid: the cells that differ from what the page showed, and what is wrong."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.figures import Reader, Unread, number_text, sentence
from meridian.steering.budgets.commands import LineChange, fault_of
from meridian.steering.budgets.models import CHANGES, BudgetLine

EDITED = ("base_usd", *CHANGES)
REASON = "change_reason"
LARGEST_SHOWN = Decimal(10) ** 17


@dataclass(slots=True)
class Typed:
    """The changes by line; the texts and faults by input; `gone` holds what was typed into lost lines."""

    changes: dict[int, LineChange] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)


def cell_text(amount: Decimal) -> str:
    """An amount as an input shows it: cents only where there are any."""
    return number_text(amount, 0 if amount == amount.to_integral_value() else 2)


def shown_values(lines: Iterable[BudgetLine]) -> str:
    """What the page shows of each line, sent along so that only what was changed is saved."""
    return json.dumps({line.pk: _shown(line) for line in lines}, separators=(",", ":"))


def _shown(line: BudgetLine) -> list[Any]:
    amounts = [f"{getattr(line, name).normalize():f}" for name in EDITED]
    return [line.version, *amounts, _digest(line.change_reason)]


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=6).hexdigest()


def read_shown(text: str) -> dict[int, list[Any]]:
    """What the page had shown, as it was sent back; a damaged form is refused."""
    try:
        found = {int(key): values for key, values in json.loads(text or "{}").items()}
        for version, *amounts, digest in found.values():
            if not isinstance(version, int) or len(amounts) != len(EDITED) or not isinstance(digest, str):
                raise TypeError
            if not all(abs(Decimal(amount)) < LARGEST_SHOWN for amount in amounts):
                raise TypeError
    except (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError):
        raise Refusal(
            _("The form came back damaged. Load the page anew and type the change again.")
        ) from None
    return found


def lines_in(post: Iterable[str], shown: Iterable[int]) -> set[int]:
    """The keys of the lines that a form holds cells of."""
    named = (name.removeprefix("base_usd-") for name in post if name.startswith("base_usd-"))
    keys = {*shown, *(int(key) for key in named if key.isascii() and key.isdecimal() and len(key) < 19)}
    return {key for key in keys if 0 < key < 2**63}


def read_typed(
    post: Mapping[str, str], lines: Iterable[BudgetLine], shown: dict[int, list[Any]], reader: Reader
) -> Typed:
    """The cells of these lines that somebody changed; a line without `shown` is taken as it stands."""
    typed = Typed()
    for line in lines:
        _read_line(typed, post, line, shown.pop(line.pk, []) or _shown(line), reader)
    typed.gone = [text for key in shown for text in _changed_texts(post, key, shown[key])]
    return typed


def _read_line(
    typed: Typed, post: Mapping[str, str], line: BudgetLine, was: list[Any], reader: Reader
) -> None:
    version, *amounts, digest = was
    fields: dict[str, Any] = {}
    for name, before in zip(EDITED, map(Decimal, amounts), strict=True):
        place = f"{name}-{line.pk}"
        text = post.get(place)
        if text is None or text.strip() == cell_text(before):
            continue
        try:
            value = reader.amount(text) if text.strip() else Decimal(0)
        except Unread as fault:
            typed.texts[place], typed.faults[place] = text, sentence(fault)
            continue
        if value != before:
            typed.texts[place], fields[name] = text, value
    why = post.get(f"{REASON}-{line.pk}")
    if why is not None and _digest(why.strip()) != digest:
        typed.texts[f"{REASON}-{line.pk}"], fields[REASON] = why, why.strip()
    if fields:
        _judge(typed, line, LineChange(version, fields), post.get("reason", ""))


def _judge(typed: Typed, line: BudgetLine, change: LineChange, reason: str) -> None:
    if line.version != change.version:
        for name in change.fields:
            now = getattr(line, name)
            typed.faults[f"{name}-{line.pk}"] = _(
                "Somebody changed this line while you were writing; here stands “%(value)s” now."
                " Save again to put yours in its place."
            ) % {"value": cell_text(now) if isinstance(now, Decimal) else now}
        return
    fault = fault_of(line, change.fields, reason)
    if fault:
        typed.faults[f"{fault.field}-{line.pk}"] = str(fault)
    else:
        typed.changes[line.pk] = change


def _changed_texts(post: Mapping[str, str], key: int, was: list[Any]) -> Iterable[str]:
    for name, before in zip(EDITED, was[1:], strict=False):
        text = post.get(f"{name}-{key}", "").strip()
        if text and text != cell_text(Decimal(before)):
            yield text

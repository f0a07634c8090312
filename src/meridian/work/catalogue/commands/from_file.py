"""Many lines of a basket from a file."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.exchange.files import read_file
from meridian.engine.listing.parameters import whole_number
from meridian.engine.policies import Actor
from meridian.work.catalogue.commands.ordering import MOST_LINES, checked_answers, put_in_basket
from meridian.work.catalogue.models import Version
from meridian.work.catalogue.queries.offered import is_for, published
from meridian.work.catalogue.queries.people import person_named

MOST_BYTES = 2_000_000
OWN = ("item", "for", "quantity")
# Several answers to one question stand in one cell, parted by this.
PARTED = ";"


@dataclass(slots=True)
class Tried:
    """What a file would order, line by line, and what is amiss in it by the number of its line."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)


def try_lines(actor: Actor, name: str, content: bytes) -> Tried:
    """Read the lines of a file, ordering none; its headings are item, for, quantity and keys of questions."""
    table = read_file(name, content)
    if "item" not in table.headings:
        raise Refusal(_("The file needs a column “item” with codes of the catalogue."), "file")
    if len(table.lines) > MOST_LINES:
        raise Refusal(_("A file may have 500 lines at most: part it."), "file")
    tried, known = Tried(), dict[str, Version]()
    for fault in table.faults:
        tried.faults.append((fault.line or 0, fault.words()))
    for line in table.lines:
        cells = {heading: cell.text.strip() for heading, cell in line.cells.items()}
        try:
            tried.lines.append(_line(actor, cells, known))
        except Refusal as refusal:
            tried.faults.append((line.number, str(refusal)))
    return tried


def _line(actor: Actor, cells: dict[str, str], known: dict[str, Version]) -> dict[str, Any]:
    code = cells.get("item", "")
    if code not in known:
        known[code] = published(actor, code)
    version = known[code]
    keys = {question["key"] for question in version.questions}
    if unknown := [name for name, text in cells.items() if text and name not in keys and name not in OWN]:
        raise Refusal(_("“%(name)s” is no question of this item.") % {"name": unknown[0]})
    count = cells.get("quantity") or "1"
    quantity = whole_number(count) or 0
    if not 1 <= quantity <= 999:
        raise Refusal(_("Order between 1 and 999."))
    person = person_named(cells.get("for", ""))
    if person is not None and not is_for(version, person.pk):
        raise Refusal(_("This is not offered to %(person)s.") % {"person": person})
    answers = {
        name: [part.strip() for part in text.split(PARTED)]
        for name, text in cells.items()
        if name in keys and text
    }
    good = checked_answers(version, answers)
    return {"version": version, "quantity": quantity, "person": person, "answers": good}


def take_lines(actor: Actor, tried: Tried) -> int:
    """Put every line into the basket, or none; how many."""
    with transaction.atomic():
        for line in tried.lines:
            put_in_basket(
                actor=actor,
                item_version=line["version"],
                answers=line["answers"],
                quantity=line["quantity"],
                beneficiary=line["person"],
            )
    return len(tried.lines)

"""What is offered to whom."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from meridian.engine.commands import Unseen
from meridian.engine.figures import day_text
from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.engine.translation import in_language
from meridian.registers.people.facade import unit_of
from meridian.work.catalogue.contracts import Group, VersionState
from meridian.work.catalogue.models import Version

Unit, Person = reference("organisation.Unit"), reference("people.Person")


def is_for(version: Version, person: int) -> bool:
    """Whether the item is for this person: for everybody, or for a unit of theirs or above it."""
    if not version.audience:
        return True
    return bool(codes_above(person) & set(version.audience))


def offered(actor: Actor, words: str = "", group: str = "") -> list[Version]:
    """What is published and for the reader, narrowed by words of its name and summary, by name."""
    rows = Version.objects.permitted(actor, "view").filter(state=VersionState.PUBLISHED)
    rows = rows.select_related("item").order_by("item__code")
    if group:
        rows = rows.filter(item__group=group)
    codes = codes_above(actor.person_id) if actor.person_id else set()
    found = [row for row in rows if not row.audience or codes & set(row.audience)]
    asked = [word for word in words.casefold().split() if word]
    # Whoever reads in one language may know the English word: all languages are looked through.
    found = [row for row in found if all(word in _said(row) for word in asked)]
    return sorted(found, key=lambda row: (Group.values.index(row.item.group), str(row.name).casefold()))


def codes_above(person: int) -> set[str]:
    """The codes of the unit in which a person works and of those above it."""
    at = unit_of(person)
    keys = [int(key) for key in at[1].split("/") if key] if at else []
    return set(Unit.objects.filter(pk__in=keys).values_list("code", flat=True))


def _said(row: Version) -> str:
    texts = [*dict(row.name).values(), *dict(row.summary).values(), row.item.code]
    return " ".join(texts).casefold()


def published(actor: Actor, code: str) -> Version:
    """The published version of an item; `Unseen` where there is none for the reader."""
    row = published_for(actor, code)
    if row is None:
        raise Unseen(_("This is not in the catalogue, or not for your unit."))
    return row


def published_for(actor: Actor, code: str) -> Version | None:
    """The same; None where there is none for the reader."""
    rows = Version.objects.permitted(actor, "view").filter(state=VersionState.PUBLISHED, item__code=code)
    row = rows.select_related("item__owner").first()
    if row is None or actor.person_id is None or not is_for(row, actor.person_id):
        return None
    return row


def answered(version: Version, answers: dict[str, list[str]]) -> Sequence[dict[str, Any]]:
    """The answers in words: the label of each question and of what was chosen, in the language in force."""
    told = []
    for field in version.questions:
        values = answers.get(field["key"])
        if values:
            labels = {option["key"]: in_language(option.get("label")) for option in field.get("options", ())}
            labels |= {"yes": _("yes"), "no": _("no")} if field["type"] == "yes" else {}
            words = ", ".join(labels.get(value, _written(field, value)) for value in values)
            told.append({"label": in_language(field["label"]), "text": words})
    return told


def _written(field: dict[str, Any], value: str) -> str:
    """An answer that was written, not chosen."""
    return day_text(date.fromisoformat(value)) if field["type"] == "date" else value

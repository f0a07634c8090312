"""The log of one item, page by page, and who has it open."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from meridian.engine.listing.cut import Cut, cut
from meridian.work.items.contracts.happenings import NOTED
from meridian.work.items.models import Item
from meridian.work.items.queries.kin import kin_of

TIMELINE_EVENTS = 200
PRESENT_FOR = timedelta(seconds=60)
INTERNAL = "internal"


class TimelineRow(NamedTuple):
    """An event with who did it and what was said, if anything."""

    id: int
    at: datetime
    type: str
    data: dict[str, Any]
    actor: int | None
    given_name: str | None
    family_name: str | None
    message: int | None
    visibility: str | None
    language: str | None
    text: str | None
    sequence: int


def timeline(
    item: Item, *, internal: bool, since: datetime | None = None, whole: bool = False
) -> Cut[TimelineRow]:
    """The events of an item, oldest first; without `internal` what the requester may read.

    Unless the `whole` is asked for, of a long history the last ones after the first, which
    describes the item.
    """
    events = kin_of(type(item)).event.objects.filter(item=item)
    if not internal:
        events = events.exclude(type=NOTED)
    if since:
        events = events.filter(at__gte=since)
    rows = events.order_by("-sequence").values_list(
        *("id", "at", "type", "data", "actor", "actor__given_name", "actor__family_name"),
        *("message", "message__visibility", "message__language", "message__text", "sequence"),
    )
    last = cut(rows, len(rows) if whole else TIMELINE_EVENTS)
    first: Sequence[Any] = [rows.last()] if last.is_cut else []
    found = [TimelineRow(*row) for row in [*first, *reversed(last.shown)]]
    if not internal:
        found = [row if row.visibility != INTERNAL else row._replace(text=None) for row in found]
    return Cut(found, last.of)


def present_at(item: Item, besides: int | None) -> list[tuple[str, bool]]:
    """(name, is writing) of everybody else who has the item open now."""
    rows = kin_of(type(item)).presence.objects.filter(item=item, seen_at__gte=timezone.now() - PRESENT_FOR)
    people = rows.exclude(person=besides).order_by("person")
    names = people.values_list("person__given_name", "person__family_name", "writes")
    return [(f"{given} {family}", writes) for given, family, writes in names]


def words_at(model: type[Item], item: int, sequence: int) -> str:
    """What was said with the event at this place of the item's log; empty when nothing was."""
    said = kin_of(model).message.objects.filter(event__item=item, event__sequence=sequence)
    return said.values_list("text", flat=True).first() or ""

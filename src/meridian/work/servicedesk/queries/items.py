"""One item with all that its page shows, in a handful of statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.utils import timezone

from meridian.engine.listing.cut import Cut, cut
from meridian.engine.policies import NOBODY, Actor
from meridian.engine.policies.policy import permitted
from meridian.work.servicedesk.models import Number, Presence, WorkEvent, WorkItem
from meridian.work.servicedesk.queries.numbers import meant_numbers

TIMELINE_EVENTS = 200
PRESENT_FOR = timedelta(seconds=60)
SHOWN: Mapping[str, tuple[str, ...]] = {
    "requester": ("given_name", "family_name", "email", "telephone"),
    "team": ("code", "name"),
    "assignee": ("given_name", "family_name"),
    "site": ("name",),
    "category": ("name",),
    "hold_reason": ("name", "waits_for_requester"),
    "merged_into": ("number",),
}
SHOWN_COLUMNS = (
    *(field.name for field in WorkItem._meta.concrete_fields),
    *(f"{relation}__{column}" for relation, columns in SHOWN.items() for column in columns),
)


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


@dataclass(frozen=True, slots=True)
class Names:
    """Names of the rows that events mention, by kind and id."""

    texts: dict[tuple[str, int], str]

    def of(self, kind: str, key: Any) -> str:
        return self.texts.get((kind, key), "") if key is not None else ""


def find_item(actor: Actor, number: str, action: str = "view") -> WorkItem | None:
    """The item of this number, or of this further number, if the actor may do `action` to it.

    The attribute `at_desk` says whether the actor meets it as the desk and not only as the
    requester or a watcher.
    """
    items = _shown(actor, action)
    found = items.filter(number=number).first()
    if found is None:
        further = Number.objects.filter(alias=number).values("item")
        found = items.filter(pk__in=further).first()
    return found


def own_number(actor: Actor, text: str) -> str | None:
    """The present number of the one item that `text` means, in any short form, if the actor may see it.

    None where it means several, such as an incident and a request: the search shows them.
    """
    asked = meant_numbers(text)
    numbers = WorkItem.objects.permitted(actor, "view").values_list("number", flat=True).order_by("pk")
    found = list(numbers.filter(number__in=asked)[:2])
    found = found or list(numbers.filter(pk__in=Number.objects.filter(alias__in=asked).values("item"))[:2])
    return found[0] if len(found) == 1 else None


def _shown(actor: Actor, action: str) -> QuerySet[WorkItem]:
    desk = permitted(WorkItem, actor, "queue")
    if desk == Q():
        at_desk: Any = Value(True)
    elif desk == NOBODY:
        at_desk = Value(False)
    else:
        at_desk = Case(When(desk, then=True), default=False, output_field=BooleanField())
    items = WorkItem.objects.permitted(actor, action).select_related(*SHOWN).only(*SHOWN_COLUMNS)
    return items.annotate(at_desk=at_desk)


def timeline(
    item: WorkItem, *, internal: bool, since: datetime | None = None, whole: bool = False
) -> Cut[TimelineRow]:
    """The events of an item, oldest first; without `internal` what the requester may read.

    Unless the `whole` is asked for, of a long history the last ones after the first, which
    describes the item.
    """
    events = WorkEvent.objects.filter(item=item)
    if not internal:
        events = events.exclude(type="noted")
    if since:
        events = events.filter(at__gte=since)
    rows = events.order_by("-sequence").values_list(
        *("id", "at", "type", "data", "actor", "actor__given_name", "actor__family_name"),
        *("message", "message__visibility", "message__language", "message__text"),
    )
    last = cut(rows, len(rows) if whole else TIMELINE_EVENTS)
    first = [rows.last()] if last.is_cut else []
    found = [TimelineRow(*row) for row in [*first, *reversed(last.shown)]]
    if not internal:
        found = [row if row.visibility != "internal" else row._replace(text=None) for row in found]
    return Cut(found, last.of)


def present_at(item: WorkItem, besides: int | None) -> list[tuple[str, bool]]:
    """(name, is writing) of everybody else who has the item open now."""
    rows = Presence.objects.filter(item=item, seen_at__gte=timezone.now() - PRESENT_FOR).exclude(
        person=besides
    )
    return [
        (f"{given} {family}", writes)
        for given, family, writes in rows.values_list(
            "person__given_name", "person__family_name", "writes"
        ).order_by("person")
    ]


def holder_of(item: WorkItem) -> int | None:
    """The id of the person who has the item now."""
    return WorkItem.objects.filter(pk=item.pk).values_list("assignee", flat=True).first()

"""One item with all that its page shows, in a handful of statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from meridian.engine.policies import NOBODY, Actor
from meridian.engine.policies.policy import permitted
from meridian.work.servicedesk.models import Number, WorkItem
from meridian.work.servicedesk.queries.numbers import meant_numbers

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


@dataclass(frozen=True, slots=True)
class Names:
    """Names of the rows that events mention, by kind and id."""

    texts: dict[tuple[str, int], str]

    def of(self, kind: str, key: Any) -> str:
        return self.texts.get((kind, key), "") if key is not None else ""


def find_item(actor: Actor, number: str, action: str = "view") -> Any:
    """The `WorkItem` of this number, or of this further number, if the actor may do `action` to it.

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


def holder_of(item: WorkItem) -> int | None:
    """The id of the person who has the item now."""
    return WorkItem.objects.filter(pk=item.pk).values_list("assignee", flat=True).first()

"""One item with all that its page shows, in a handful of statements."""

from collections.abc import Mapping
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from meridian.engine.policies import NOBODY, Actor
from meridian.engine.policies.policy import permitted
from meridian.work.servicedesk.models import Number, WorkItem

SHOWN: Mapping[str, tuple[str, ...]] = {
    "requester": ("given_name", "family_name", "email", "telephone"),
    "team": ("code", "name"),
    "assignee": ("given_name", "family_name"),
    "site": ("name",),
    "category": ("name",),
    "concerns": ("kind", "row_id", "code", "name"),
    "hold_reason": ("name", "waits_for_requester"),
    "merged_into": ("number",),
}
SHOWN_COLUMNS = (
    *(field.name for field in WorkItem._meta.concrete_fields),
    *(f"{relation}__{column}" for relation, columns in SHOWN.items() for column in columns),
)


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

"""Which routines are meant for an item, and its steps."""

from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from meridian.engine.policies import Actor
from meridian.work.routines.models import Checklist, ItemStep, StandardText
from meridian.work.servicedesk.facade import WorkItem


def meant_for(rows: QuerySet[Any], item: WorkItem) -> QuerySet[Any]:
    """Of these routines, the ones in use for the item's category and team: those that name both first."""
    fits = Q(category=None) | Q(category=item.category_id)
    fits &= Q(team=None) | Q(team=item.team_id)
    nearness = [
        Case(When(**{name: None}, then=Value(0)), default=Value(weight), output_field=IntegerField())
        for name, weight in (("category", 2), ("team", 1))
    ]
    return (
        rows.filter(fits, is_active=True)
        .annotate(nearness=nearness[0] + nearness[1])
        .order_by("-nearness", "code")
    )


def texts_for(actor: Actor, item: WorkItem, words: str) -> list[StandardText]:
    """Standard texts for the item; with words, those of any category that hold all of them."""
    texts = StandardText.objects.permitted(actor)
    if not words:
        return list(meant_for(texts, item).filter(nearness__gt=0)[:3])
    found = texts.filter(is_active=True).filter(Q(team=None) | Q(team=item.team_id))
    for word in words.split():
        found = found.filter(Q(code__icontains=word) | Q(name__icontains=word) | Q(text__icontains=word))
    return list(found.order_by("code")[:5])


def checklists_for(actor: Actor, item: WorkItem) -> list[Checklist]:
    """Checklists that may be begun for the item."""
    begun = ItemStep.objects.filter(item=item).exclude(checklist=None).values("checklist")
    return list(meant_for(Checklist.objects.permitted(actor, "use"), item).exclude(pk__in=begun))


def steps_of(actor: Actor, item: WorkItem) -> list[ItemStep]:
    """The steps of the item that the actor may see, in order, with who has done them."""
    return list(
        ItemStep.objects.permitted(actor).filter(item=item).select_related("done_by").order_by("place")
    )

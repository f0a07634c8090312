"""Sums of the time spent."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Count, Sum

from meridian.engine.policies import Actor
from meridian.work.effort.models import TimeEntry
from meridian.work.servicedesk.facade import WorkItem

# What time can be added up by, with how many words its name has.
GROUPS: Mapping[str, tuple[str, ...]] = {"team": ("name",), "person": ("given_name", "family_name")}


def minutes_on(person: int, day: date, besides: int | None = None) -> int:
    """What the person has written down for this day, but for the entry `besides`."""
    rows = TimeEntry.objects.filter(person=person, worked_on=day)
    if besides is not None:
        rows = rows.exclude(pk=besides)
    return rows.aggregate(minutes=Sum("minutes"))["minutes"] or 0


def time_of(actor: Actor, item: WorkItem) -> list[TimeEntry]:
    """The time spent on the item, the newest first."""
    rows = TimeEntry.objects.permitted(actor).filter(item=item)
    return list(rows.select_related("person").order_by("-worked_on", "-pk"))


def week_of(actor: Actor, today: date) -> tuple[int, date, date]:
    """Minutes that the actor has written down in the week of this day, from its Monday to its Sunday."""
    monday = today - timedelta(days=today.weekday())
    rows = TimeEntry.objects.permitted(actor).filter(
        person=actor.person_id, worked_on__gte=monday, worked_on__lt=monday + timedelta(days=7)
    )
    return rows.aggregate(minutes=Sum("minutes"))["minutes"] or 0, monday, monday + timedelta(days=6)


def added_up(actor: Actor, group: str, first: date, last: date) -> list[tuple[int | None, str, int, int]]:
    """Minutes from `first` to `last`, both included, by team or person; most first.

    Each is the id of the group (None without a team), its name, minutes, and how many items.
    """
    rows = TimeEntry.objects.permitted(actor).filter(worked_on__range=(first, last))
    names = [f"{group}__{name}" for name in GROUPS[group]]
    sums = rows.values_list(group, *names).annotate(
        minutes=Sum("minutes"), items=Count("item", distinct=True)
    )
    return [
        (key, " ".join(name for name in words if name), minutes, items)
        for key, *words, minutes, items in sums.order_by("-minutes", group)
    ]

"""Clocks near their end, and where nobody will be there."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet

from meridian.engine.policies import Actor
from meridian.registers.calendars.facade import working_times
from meridian.work.service_levels.contracts import ClockState
from meridian.work.service_levels.facade import Clock
from meridian.work.servicedesk.facade import Team

LONGEST = timedelta(days=14)


class Near(NamedTuple):
    """A running clock, and whether anybody is there when it is due: the team, a hub, or nobody."""

    clock: Clock
    there: str


TEAM, HUB, NOBODY = "team", "hub", "nobody"


def near_end(actor: Actor, now: datetime, ahead: timedelta) -> QuerySet[Clock]:
    """The running clocks that the reader sees and that are due until then or overdue, the first due first."""
    rows = Clock.objects.permitted(actor, "view").filter(state=ClockState.RUNNING)
    due = rows.filter(due_at__lte=now + ahead, due_at__gte=now - LONGEST)
    return due.select_related("item", "team").order_by("due_at", "pk")


def with_who_is_there(clocks: list[Clock]) -> list[Near]:
    """Whether somebody is there when each is due; what is due at closing time is due while they are."""
    hubs = list(Team.objects.filter(is_hub=True, is_active=True).values_list("calendar", flat=True))
    calendars: dict[int, int] = {
        row.team_id: row.team.calendar_id for row in clocks if row.team_id and row.team
    }
    schedules = working_times([*hubs, *calendars.values()])

    def there(clock: Clock) -> str:
        last = clock.due_at - timedelta(seconds=1)
        own: Any = calendars.get(clock.team_id or 0)
        if own is not None and schedules[own].is_open(last):
            return TEAM
        return HUB if any(schedules[hub].is_open(last) for hub in hubs) else NOBODY

    return [Near(clock, there(clock)) for clock in clocks]

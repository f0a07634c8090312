"""Who sees which clocks."""

from typing import Any

from django.db.models import Q

from meridian.engine.policies import Actor, Policy
from meridian.engine.records import permitted_rows
from meridian.work.service_levels.models import Clock
from meridian.work.servicedesk.facade import WorkItem


class ClockRights(Policy):
    """Whoever works on an item (`queue`) sees its clocks; by a role at the team's unit they are judged."""

    unit = "team__unit__path"

    def own(self, actor: Actor, action: str) -> Q:
        return seen_at_desk(actor) if action == "view" else super().own(actor, action)


def seen_at_desk(actor: Actor) -> Q:
    """The clocks of items on which the actor works."""
    rows: Any = permitted_rows(WorkItem, actor, "queue")
    return Q(item__in=rows.values("pk"))


class ClockPartRights(Policy):
    """Who may see a clock may see what was said to it and who was called."""

    unit = "clock__team__unit__path"

    def own(self, actor: Actor, action: str) -> Q:
        rows: Any = permitted_rows(Clock, actor, "view")
        return Q(clock__in=rows.values("pk")) if action == "view" else super().own(actor, action)

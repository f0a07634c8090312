"""What the desk gives to the scorecard: whether what was promised is kept."""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.pages.first_page import Figure
from meridian.engine.policies import Actor, policy_of
from meridian.work.agentdesk.parts import figure
from meridian.work.agentdesk.queries import QueueFilter, queued
from meridian.work.servicedesk.facade import WorkItem


def promises(actor: Actor) -> list[Figure]:
    """Open items of which the due time lies ahead, and those of which it is past; one statement."""
    if not policy_of(WorkItem).may(actor, "queue"):
        return []
    late = Count("pk", filter=Q(due_at__lte=timezone.now()))
    counts = queued(actor, QueueFilter(view="open")).order_by().aggregate(all=Count("pk"), late=late)
    in_time = counts["all"] - counts["late"]
    return [
        figure(in_time, _("open requests in time"), "good", view="open", due="later"),
        figure(counts["late"], _("open requests late"), "bad", view="open", due="late"),
    ]

"""What projects give to the scorecard: how many of those under way are on time."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.pages.first_page import Figure, counted
from meridian.engine.policies import Actor, policy_of
from meridian.work.projects.models import Project


def on_time(actor: Actor) -> list[Figure]:
    """Projects under way whose last day is still to come, and those whose last day is past."""
    if not policy_of(Project).may(actor, "view"):
        return []
    today, state = timezone.localdate(), Project.State.IN_PROGRESS
    rows = Project.objects.permitted(actor).filter(state=state)
    until = (today - timedelta(days=1)).isoformat()
    return [
        counted(
            rows.filter(ends_on__gte=today),
            _("projects on time"),
            "good",
            state=state.value,
            ends_on_from=today.isoformat(),
        ),
        counted(
            rows.filter(ends_on__lt=today), _("projects late"), "bad", state=state.value, ends_on_to=until
        ),
    ]

"""What rosters do by themselves."""

from meridian.engine.policies import system_actor
from meridian.work.servicedesk.facade import Team
from meridian.work.shifts.commands.materialising import rebuild_shifts

HOUSE = system_actor("Rosters")


def extend(timestamp: int) -> None:
    """Every night make shifts for the day that has come within 90 days; a change of the clocks' rules
    is taken up with it."""
    for team in Team.objects.filter(rotations__isnull=False).distinct().order_by("pk"):
        rebuild_shifts(actor=HOUSE, team=team)

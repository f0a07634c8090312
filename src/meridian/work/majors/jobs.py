"""What major incidents do by themselves."""

from django.utils import timezone

from meridian.engine.commands import Refusal
from meridian.engine.policies import system_actor
from meridian.work.majors.commands import escalate
from meridian.work.majors.queries import late_majors

HOUSE = system_actor("Major incidents")


def escalate_missed(timestamp: int) -> None:
    """Every minute tell those who lead a major incident of the update that nobody gave."""
    for row in late_majors(timezone.now()):
        try:
            escalate(actor=HOUSE, row=row)
        except Refusal:
            # Somebody gave it at this very moment.
            continue

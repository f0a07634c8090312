"""What problems do by themselves."""

from datetime import UTC, datetime

from meridian.engine.policies import system_actor
from meridian.work.problems.commands.incidents import find_candidates

HOUSE = system_actor("Problems")


def find(timestamp: int) -> None:
    """Every night look for what rises among incidents."""
    find_candidates(actor=HOUSE, on=datetime.fromtimestamp(timestamp, UTC).date())

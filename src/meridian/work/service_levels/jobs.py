"""What service levels do by themselves."""

from meridian.engine.policies import system_actor
from meridian.work.service_levels.commands.correcting import follow_corrections
from meridian.work.service_levels.commands.counting import recount_open_clocks, take_up_items
from meridian.work.service_levels.commands.firing import call_people, fire_clocks
from meridian.work.service_levels.queries.book import forget_book

HOUSE = system_actor("Service levels")


def speak(timestamp: int) -> None:
    """Every minute: clocks that passed a threshold speak, and whose hours have begun is told."""
    while fire_clocks(actor=HOUSE):
        pass
    call_people(actor=HOUSE)


def look_after(timestamp: int) -> None:
    """Every hour: take up what was loaded, and count anew what a corrected calendar or policy changes."""
    take_up_items(actor=HOUSE)
    follow_corrections(actor=HOUSE)


def recount(reason: str) -> None:
    """Count every open clock anew, after a policy was written; what this process knew of policies is old."""
    forget_book()
    recount_open_clocks(actor=HOUSE, reason=reason)

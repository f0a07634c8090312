"""A roster of one week for every group of agents of a plan, with what an independent check finds broken."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from meridian.solvers.desks.figures import Member
from meridian.solvers.desks.rosters import RestRules, Roster, Shift, make_roster, shifts_of, violations

MOST_SECONDS_EACH = 5.0
RULES = RestRules()


def rosters(members: list[Member], seed: int, remaining_seconds: Callable[[], float]) -> dict[str, object]:
    """People, and for each the first hour (UTC, 0 is Monday 00:00) and hours of the shifts of the week."""
    groups = [
        (one, place, wanted)
        for one in members
        for place, cover in enumerate(one.shifts)
        if (wanted := shifts_of(cover))
    ]
    made = []
    for number, (one, place, wanted) in enumerate(groups):
        seconds = min(MOST_SECONDS_EACH, 0.8 * remaining_seconds() / (len(groups) - number))
        roster = make_roster(wanted, RULES, seconds, seed)
        made.append(_printed(one, place, wanted, roster))
    return {
        "people": sum(one["people"] for one in made),
        "least_people": sum(one["least_people"] for one in made),
        "rules": asdict(RULES),
        "rules_kept": not any(one["violations"] for one in made),
        "groups": made,
    }


def _printed(one: Member, place: int, wanted: dict[Shift, int], roster: Roster) -> dict[str, Any]:
    broken = violations(roster, wanted, RULES)
    return {
        "pool": one.pool.name,
        "languages": [one.pool.languages[index] for index in one.staffing.skills[place]],
        "people": len(roster.people),
        "least_people": roster.least_people,
        "shifts": sum(wanted.values()),
        "violations": broken,
        "week": [[[shift.start, shift.hours] for shift in shifts] for shifts in roster.people],
    }

"""The door of shifts for other modules: who is awake, who comes next, the hubs."""

from meridian.work.shifts.models import AgentSkill, Hub, Skill
from meridian.work.shifts.queries.duty import (
    coming_shifts,
    hubs,
    hubs_at,
    is_on_duty,
    languages_of,
    leads_to_tell,
    next_on_duty,
    next_start,
    on_duty,
    open_swaps,
)

__all__ = [
    "AgentSkill",
    "Hub",
    "Skill",
    "coming_shifts",
    "hubs",
    "hubs_at",
    "is_on_duty",
    "languages_of",
    "leads_to_tell",
    "next_on_duty",
    "next_start",
    "on_duty",
    "open_swaps",
]

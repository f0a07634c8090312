"""Every write of service levels."""

from meridian.work.service_levels.commands.correcting import note_calendars
from meridian.work.service_levels.commands.counting import count_clocks
from meridian.work.service_levels.commands.firing import call_person, fire_clock
from meridian.work.service_levels.commands.judging import annul_clock, explain_breach, reinstate_clock
from meridian.work.service_levels.commands.setting import (
    add_clock_policy,
    add_policy_version,
    add_site_hours,
    change_clock_policy,
    change_policy_version,
    change_site_hours,
    remove_clock_policy,
    remove_policy_version,
    remove_site_hours,
)
from meridian.work.service_levels.commands.subjects import sign_clock, start_clock

__all__ = [
    "add_clock_policy",
    "add_policy_version",
    "add_site_hours",
    "annul_clock",
    "call_person",
    "change_clock_policy",
    "change_policy_version",
    "change_site_hours",
    "count_clocks",
    "explain_breach",
    "fire_clock",
    "note_calendars",
    "reinstate_clock",
    "remove_clock_policy",
    "remove_policy_version",
    "remove_site_hours",
    "sign_clock",
    "start_clock",
]

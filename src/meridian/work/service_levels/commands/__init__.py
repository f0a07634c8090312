"""Every write of service levels."""

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

__all__ = [
    "add_clock_policy",
    "add_policy_version",
    "add_site_hours",
    "annul_clock",
    "change_clock_policy",
    "change_policy_version",
    "change_site_hours",
    "explain_breach",
    "reinstate_clock",
    "remove_clock_policy",
    "remove_policy_version",
    "remove_site_hours",
]

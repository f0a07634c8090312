"""Tables of service levels."""

from meridian.work.service_levels.models.clocks import Call, Clock, ClockSign, CountedBy
from meridian.work.service_levels.models.policies import (
    ClockPolicy,
    Escalation,
    PolicyVersion,
    SiteHours,
    usual_thresholds,
)

__all__ = [
    "Call",
    "Clock",
    "ClockPolicy",
    "ClockSign",
    "CountedBy",
    "Escalation",
    "PolicyVersion",
    "SiteHours",
    "usual_thresholds",
]

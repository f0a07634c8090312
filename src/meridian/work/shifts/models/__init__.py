"""Tables of shifts."""

from meridian.work.shifts.models.changes import Absence, Override, Swap
from meridian.work.shifts.models.hubs import AgentSkill, CoverageNeed, Hub, Skill
from meridian.work.shifts.models.rotations import Rotation, RotationMember, Shift

__all__ = [
    "Absence",
    "AgentSkill",
    "CoverageNeed",
    "Hub",
    "Override",
    "Rotation",
    "RotationMember",
    "Shift",
    "Skill",
    "Swap",
]

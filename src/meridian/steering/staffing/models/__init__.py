"""The tables of staffing."""

from meridian.steering.staffing.models.norms import DriverAmount, JobTitle, Role, StaffingNorm
from meridian.steering.staffing.models.posts import Establishment, Headcount, Post, PostAction, Stage
from meridian.steering.staffing.models.rates import StandardCost, VacancyRate

__all__ = [
    "DriverAmount",
    "Establishment",
    "Headcount",
    "JobTitle",
    "Post",
    "PostAction",
    "Role",
    "Stage",
    "StaffingNorm",
    "StandardCost",
    "VacancyRate",
]

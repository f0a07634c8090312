"""The tables of the portfolio."""

from meridian.steering.portfolio.models.limits import (
    BenefitPool,
    Ceiling,
    FundingPeriod,
    Skill,
    SkillCapacity,
)
from meridian.steering.portfolio.models.proposals import (
    BenefitLine,
    CostLine,
    GateDecision,
    Option,
    Proposal,
    ProposalTie,
    SkillNeed,
)
from meridian.steering.portfolio.models.selections import Selection

__all__ = [
    "BenefitLine",
    "BenefitPool",
    "Ceiling",
    "CostLine",
    "FundingPeriod",
    "GateDecision",
    "Option",
    "Proposal",
    "ProposalTie",
    "Selection",
    "Skill",
    "SkillCapacity",
    "SkillNeed",
]

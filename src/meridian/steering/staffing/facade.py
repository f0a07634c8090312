"""The door of staffing for other modules."""

from meridian.steering.staffing.commands import act_on_post, establish_post
from meridian.steering.staffing.queries.costs import CostEffect, cost_effect, costed, rates_on
from meridian.steering.staffing.rules.costs import (
    CostedPosts,
    NoRate,
    PostRates,
    cost_usd,
    delayed_impact_usd,
)

__all__ = [
    "CostEffect",
    "CostedPosts",
    "NoRate",
    "PostRates",
    "act_on_post",
    "cost_effect",
    "cost_usd",
    "costed",
    "delayed_impact_usd",
    "establish_post",
    "rates_on",
]

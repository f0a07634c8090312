"""How sure the numbers of posts are: the same contacts drawn again for every plan (parametric bootstrap).

The demand is a mean over some observed weeks, so each cell is drawn again as a Poisson count over those
weeks. Agents follow by the closed form, scaled by what simulation and shifts added to it in the plan itself.
Every plan sees the same draws, so the interval of a difference is that of the difference.
"""

from dataclasses import dataclass

import numpy as np

from meridian.solvers.desks.figures import Interval, Member
from meridian.solvers.desks.plans import PLANS, SEPARATE, Study, designs_of
from meridian.solvers.desks.pools import Pool, split
from meridian.solvers.desks.staffing import analytic

RESAMPLES = 100

Key = tuple[str, str]


@dataclass(frozen=True)
class Draws:
    """Agent-hours of the closed form for each (plan, design): for the demand as read and for each draw."""

    as_read: dict[Key, float]
    drawn: dict[Key, np.ndarray]


@dataclass(frozen=True)
class Posts:
    """Posts of each (plan, design): as planned, and one figure per draw."""

    planned: dict[Key, int]
    drawn: dict[Key, np.ndarray]

    def interval(self, key: Key) -> Interval:
        return _around(self.planned[key], self.drawn[key])

    def freed(self, key: Key, kept_ready: float = 1.0) -> Interval:
        """Posts fewer than with separate desks; `kept_ready` is the factor that covers a lost hub."""
        base = (SEPARATE, "pooled")
        value = self.planned[base] - round(self.planned[key] * kept_ready)
        return _around(value, self.drawn[base] - self.drawn[key] * kept_ready)


def _around(value: float, drawn: np.ndarray) -> Interval:
    """The draws' percentiles, moved so that the planned figure stands at their mean."""
    low, high = np.percentile(drawn - drawn.mean(), (2.5, 97.5))
    return Interval(value, float(value + min(low, 0.0)), float(value + max(high, 0.0)))


def draw_demand(study: Study) -> Draws:
    """What the closed form asks for when the observed weeks are drawn again and again; the slow half."""
    keys = [(plan, design) for plan in PLANS for design in designs_of(plan)]
    drawn: dict[Key, list[float]] = {key: [] for key in keys}
    random = np.random.default_rng(study.settings.seed)
    weeks = study.settings.observed_weeks
    for _ in range(RESAMPLES):
        contacts = random.poisson(study.layout.contacts * weeks) / weeks
        for plan in PLANS:
            pools = study.pools(plan, contacts)
            for design in designs_of(plan):
                drawn[plan, design].append(_analytic_hours(pools, design, study))
    return Draws(
        {key: _analytic_hours(study.pools(key[0]), key[1], study) for key in keys},
        {key: np.array(values) for key, values in drawn.items()},
    )


def posts_of(members: dict[str, dict[str, list[Member]]], study: Study, draws: Draws) -> Posts:
    """Posts of every plan and design for the demand as read and for each draw."""
    planned = {
        key: sum(one.posts(study.settings.year) for one in members[key[0]][key[1]]) for key in draws.drawn
    }
    return Posts(planned, {key: draws.drawn[key] * planned[key] / draws.as_read[key] for key in planned})


def _analytic_hours(pools: list[Pool], design: str, study: Study) -> float:
    """Agent-hours of the closed form; the paired design stands between its two ends."""
    if design == "paired":
        return 0.5 * (_analytic_hours(pools, "pooled", study) + _analytic_hours(pools, "split", study))
    parts = [one for pool in pools for one in split(pool)] if design == "split" else pools
    return sum(
        analytic(one, study.settings.promise, study.layout.clock).agent_hours_per_week for one in parts
    )

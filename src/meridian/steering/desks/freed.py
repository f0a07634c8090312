"""How sure the numbers of posts are: the same contacts drawn again for every plan (parametric bootstrap).

The demand is a mean over some observed weeks, so each cell is drawn again as a Poisson count over those
weeks. Agents follow by the closed form, scaled by what simulation and shifts added to it in the plan itself.
Every plan sees the same draws, so the interval of a difference is that of the difference.
"""

from dataclasses import dataclass

import numpy as np

from meridian.steering.desks.figures import Interval, Member
from meridian.steering.desks.plans import PLANS, SEPARATE, Study, designs_of
from meridian.steering.desks.pools import Pool, split
from meridian.steering.desks.staffing import analytic

RESAMPLES = 100


@dataclass(frozen=True)
class Posts:
    """Posts of each (plan, design): as planned, and one figure per draw."""

    planned: dict[tuple[str, str], int]
    drawn: dict[tuple[str, str], np.ndarray]

    def interval(self, key: tuple[str, str]) -> Interval:
        return _around(self.planned[key], self.drawn[key])

    def freed(self, key: tuple[str, str], kept_ready: float = 1.0) -> Interval:
        """Posts fewer than with separate desks; `kept_ready` is the factor that covers a lost hub."""
        base = (SEPARATE, "pooled")
        value = self.planned[base] - round(self.planned[key] * kept_ready)
        return _around(value, self.drawn[base] - self.drawn[key] * kept_ready)


def _around(value: float, drawn: np.ndarray) -> Interval:
    """The draws' percentiles, moved so that the planned figure stands at their mean."""
    low, high = np.percentile(drawn - drawn.mean(), (2.5, 97.5))
    return Interval(value, float(value + min(low, 0.0)), float(value + max(high, 0.0)))


def draw_posts(members: dict[str, dict[str, list[Member]]], study: Study) -> Posts:
    """Posts of every plan and design for the demand as read and for each draw."""
    keys = [(plan, design) for plan in PLANS for design in designs_of(plan)]
    planned = {
        (plan, design): sum(one.posts(study.settings.year) for one in members[plan][design])
        for plan, design in keys
    }
    base = {key: _analytic_posts(study.pools(key[0]), key[1], study) for key in keys}
    drawn: dict[tuple[str, str], list[float]] = {key: [] for key in keys}
    random = np.random.default_rng(study.settings.seed)
    weeks = study.settings.observed_weeks
    for _ in range(RESAMPLES):
        contacts = random.poisson(study.layout.contacts * weeks) / weeks
        for plan in PLANS:
            pools = study.pools(plan, contacts)
            for design in designs_of(plan):
                key = (plan, design)
                drawn[key].append(_analytic_posts(pools, design, study) * planned[key] / base[key])
    return Posts(planned, {key: np.array(values) for key, values in drawn.items()})


def _analytic_posts(pools: list[Pool], design: str, study: Study) -> float:
    """Agent-hours of the closed form; the paired design stands between its two ends."""
    if design == "paired":
        return 0.5 * (_analytic_posts(pools, "pooled", study) + _analytic_posts(pools, "split", study))
    parts = [one for pool in pools for one in split(pool)] if design == "split" else pools
    return sum(
        analytic(one, study.settings.promise, study.layout.clock).agent_hours_per_week for one in parts
    )

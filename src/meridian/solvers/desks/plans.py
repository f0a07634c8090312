"""Compare separate desks, regional hubs and one virtual desk for one demand.

Each plan is a set of pools. A desk's agents speak the languages of their own site. The agents of hubs and of
the virtual desk speak two languages, their own and the one most in use (`paired`); beside that stand the two
ends: every agent speaks every language (`pooled`) and every agent speaks one (`split`).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from meridian.solvers.desks.demand import Demand
from meridian.solvers.desks.figures import Member, member
from meridian.solvers.desks.hubs import HubChoice, choose_hubs
from meridian.solvers.desks.pools import Layout, Pool, Staffing, split
from meridian.solvers.desks.settings import Settings
from meridian.solvers.desks.staffing import (
    Trial,
    analytic,
    paired_start,
    raise_short_hours,
    staff_by_cuts,
)

SEPARATE, REGIONAL, VIRTUAL = "separate_desks", "regional_hubs", "virtual_desk"
PLANS = (SEPARATE, REGIONAL, VIRTUAL)
DESIGNS = ("pooled", "paired", "split")
WEEKS = 52
MOST_CONTACTS_PLAYED = 60_000_000


@dataclass
class Study:
    """One demand under study: its arrays, its hubs, and the trials, short for the search and long for the
    figures.
    """

    demand: Demand
    settings: Settings

    def __post_init__(self) -> None:
        self.layout = Layout(self.demand)
        settings = self.settings
        played_weekly = float(self.layout.contacts.sum()) * settings.replications
        weeks = int(min(WEEKS, max(1, MOST_CONTACTS_PLAYED // played_weekly)))
        self.search = Trial(
            settings.promise,
            self.layout.clock,
            settings.handling_variation,
            settings.seed,
            settings.replications,
            max(1, weeks // 4),
        )
        # The figures come from contacts that the search has not seen.
        self.final = replace(self.search, seed=settings.seed + 1_000_003, weeks=weeks)
        self.choice: HubChoice = choose_hubs(self._contacts_by_offset(), settings.hubs)
        self._places: dict[str, dict[str, np.ndarray]] = {}
        self.everywhere = np.arange(len(self.layout.contacts))

    def _contacts_by_offset(self) -> dict[int, float]:
        totals: dict[int, float] = {}
        for row in self.demand.rows:
            offset = self.demand.offset_minutes[row.site]
            totals[offset] = totals.get(offset, 0.0) + row.contacts
        return totals

    def sites_of(self, served: Callable[[int], bool]) -> frozenset[str]:
        """Sites whose distance from UTC satisfies a test."""
        return frozenset(site for site in self.demand.sites if served(self.demand.offset_minutes[site]))

    def sites_of_hub(self, hub: int) -> frozenset[str]:
        """Sites whose first hub stands at a distance from UTC."""
        return self.sites_of(lambda offset: self.choice.first[offset] == hub)

    def places(self, plan: str) -> dict[str, np.ndarray]:
        """The rows of each pool of a plan, by the pool's name."""
        if plan not in self._places:
            self._places[plan] = self._cut_places(plan)
        return self._places[plan]

    def _cut_places(self, plan: str) -> dict[str, np.ndarray]:
        if plan == SEPARATE:
            return {site: self.layout.places(frozenset([site])) for site in self.demand.sites}
        if plan == REGIONAL:
            return {hub_name(hub): self.layout.places(self.sites_of_hub(hub)) for hub in self.choice.hubs}
        return {"virtual desk": self.everywhere}

    def pools(self, plan: str, contacts: np.ndarray | None = None) -> list[Pool]:
        figures = self.layout.contacts if contacts is None else contacts
        return [
            self.layout.pool(name, places, figures)
            for name, places in self.places(plan).items()
            if figures[places].any()
        ]


def hub_name(offset_minutes: int) -> str:
    """A hub is named by where it stands, such as UTC+03:00."""
    hours, minutes = divmod(abs(offset_minutes), 60)
    return f"UTC{'-' if offset_minutes < 0 else '+'}{hours:02}:{minutes:02}"


def designs_of(plan: str) -> tuple[str, ...]:
    """Separate desks are staffed in one way only."""
    return ("pooled",) if plan == SEPARATE else DESIGNS


def main_design(plan: str) -> str:
    return "pooled" if plan == SEPARATE else "paired"


def staffed(pool: Pool, design: str, study: Study, going: Callable[[], bool]) -> list[tuple[Pool, Staffing]]:
    """Agents for one pool under one design; with nothing `going` they are those of the closed form."""
    trial = study.search
    if design == "split":
        return [pair for one in split(pool) for pair in staffed(one, "pooled", study, going)]
    if design == "paired" and len(pool.languages) > 1:
        start = paired_start(pool, trial.promise, trial.clock)
        return [(pool, staff_by_cuts(pool, start, trial, going))]
    start = analytic(pool, trial.promise, trial.clock)
    return [(pool, raise_short_hours(pool, start, trial, going))]


def members_of(plan: str, study: Study, trial: Trial, going: Callable[[], bool]) -> dict[str, list[Member]]:
    """All pools of a plan, staffed and played, for each design."""
    pools = study.pools(plan)
    return {
        design: [
            member(one, staffing, trial)
            for pool in pools
            for one, staffing in staffed(pool, design, study, going)
        ]
        for design in designs_of(plan)
    }

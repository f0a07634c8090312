"""The desk planner in a process of its own: `python -m meridian.solvers.desks`."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any

from meridian.solvers.desks.demand import Demand
from meridian.solvers.desks.figures import Member, service, service_by_language, size
from meridian.solvers.desks.freed import Draws, Posts, draw_demand, posts_of
from meridian.solvers.desks.losses import hub_lost
from meridian.solvers.desks.plans import (
    PLANS,
    REGIONAL,
    SEPARATE,
    VIRTUAL,
    Study,
    designs_of,
    hub_name,
    main_design,
    members_of,
)
from meridian.solvers.desks.settings import Settings
from meridian.solvers.desks.staffing import Trial
from meridian.solvers.desks.weeks import rosters
from meridian.solvers.solving.worker import Reporter, serve

REFINING_SHARE = 0.7
QUICK_REPLICATIONS = 4


@dataclass
class Watch:
    """Whether to go on refining, and whether that was ever denied."""

    going: Callable[[], bool]
    ended: bool = False

    def __call__(self) -> bool:
        self.ended = not self.going()
        return not self.ended


@dataclass
class Comparison:
    """The plans of a study as far as they are worked out: their pools, and what is told of each."""

    study: Study
    members: dict[str, dict[str, list[Member]]] = field(default_factory=dict)
    lost: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    plans: dict[str, dict[str, Any]] = field(default_factory=dict)

    @cached_property
    def draws(self) -> Draws:
        return draw_demand(self.study)

    def work_out(self, plan: str, trial: Trial, going: Callable[[], bool]) -> None:
        """Staff a plan, by simulation while `going`, and play it and its lost hubs as `trial` says."""
        watch = Watch(going)
        designs = members_of(plan, self.study, trial, watch)
        members = designs[main_design(plan)]
        lost = None if plan == SEPARATE else hub_lost(plan, members, self.study, trial)
        self.members[plan], self.lost[plan] = designs, lost
        self.plans[plan] = {
            **_figures(members, self.study, trial),
            "service_level_by_language": service_by_language(members),
            "by_design": {
                design: _figures(designs[design], self.study, trial) for design in designs_of(plan)
            },
            "hub_lost": lost,
            "refined_by_simulation": not watch.ended,
            "replications": trial.replications,
            "weeks_per_replication": trial.weeks,
        }

    def told(self) -> dict[str, object]:
        """All that is printed; every plan has been worked out."""
        posts = posts_of(self.members, self.study, self.draws)
        return {
            "plans": [self._plan(plan, posts) for plan in PLANS],
            "posts_freed": {plan: self._freed(plan, posts) for plan in (REGIONAL, VIRTUAL)},
            "hubs": _hubs(self.study),
            "assumptions": _assumptions(self.study),
        }

    def _plan(self, plan: str, posts: Posts) -> dict[str, Any]:
        figures = self.plans[plan]
        by_design = {
            design: {"agents": posts.interval((plan, design)).printed(), **figures["by_design"][design]}
            for design in designs_of(plan)
        }
        agents = by_design[main_design(plan)]["agents"]
        return {"plan": plan, "agents": agents, **figures, "by_design": by_design}

    def _freed(self, plan: str, posts: Posts) -> dict[str, object]:
        """Low: one language each and a lost hub covered. High: every agent all languages, no reserve."""
        lost = self.lost[plan]
        reserve = lost["agents_to_hold_target"] / posts.planned[plan, "paired"] if lost else 1.0
        return {
            "low": posts.freed((plan, "split"), max(1.0, reserve)).printed(),
            "planned": posts.freed((plan, "paired")).printed(),
            "high": posts.freed((plan, "pooled")).printed(),
        }


def solve(job: tuple[Demand, Settings], reporter: Reporter) -> None:
    """Tell a whole comparison staffed by the closed forms first, then again with each plan refined."""
    demand, settings = job
    study = Study(demand, settings)
    comparison = Comparison(study)
    quick = replace(study.search, replications=min(QUICK_REPLICATIONS, settings.replications))
    for plan in PLANS:
        comparison.work_out(plan, quick, lambda: False)
    reporter.raise_bound(0.0)
    steps = len(PLANS) + int(settings.rosters)
    reporter.improve(steps, comparison.told())
    reserve_seconds = (1.0 - REFINING_SHARE) * reporter.remaining_seconds()
    for refined, plan in enumerate((SEPARATE, VIRTUAL, REGIONAL), 1):
        comparison.work_out(plan, study.final, lambda: reporter.remaining_seconds() > reserve_seconds)
        reporter.improve(steps - refined, comparison.told())
    if settings.rosters:
        weeks = {
            plan: rosters(
                comparison.members[plan][main_design(plan)], settings.seed, reporter.remaining_seconds
            )
            for plan in (VIRTUAL, REGIONAL, SEPARATE)
        }
        reporter.improve(0, {**comparison.told(), "rosters": weeks})


def _figures(members: list[Member], study: Study, trial: Trial) -> dict[str, object]:
    return {**service(members, trial), **size(members, study.layout.clock)}


def _hubs(study: Study) -> list[dict[str, object]]:
    return [
        {
            "hub": hub_name(hub),
            "sites": sorted(study.sites_of_hub(hub)),
        }
        for hub in study.choice.hubs
    ]


def _assumptions(study: Study) -> dict[str, object]:
    settings = study.settings
    return {
        "agents": "posts: shifts of 8 and 4 hours cover every hour; paid hours over net hours of a post",
        "net_hours_per_post": settings.year.net_hours,
        "work_year": asdict(settings.year),
        "service_level_formula": "answered within target / offered; abandoned contacts count as not answered",
        "target_share": settings.promise.share,
        "target_seconds": settings.promise.target_seconds,
        "patience_seconds": settings.promise.patience_seconds,
        "handling_variation": settings.handling_variation,
        "languages": "separate desks: an agent speaks the languages of the site; hubs and virtual desk: an "
        "agent speaks one language and the one most in use (by_design: pooled all, paired two, split one)",
        "hub": "sites at one distance from UTC are a band; hubs stand in bands at the least hours apart, no "
        "hub with more than 1.35 times its equal part where the bands allow it",
        "posts_freed": "low: one language an agent and any one hub lost; high: all languages, no hub lost",
        "interval": "95 %: service figures over the weeks played; agents and posts over demand drawn again",
        "observed_weeks": settings.observed_weeks,
        "reference_week": settings.reference_week,
        "slot_minutes": study.layout.clock.slot_minutes,
        "hubs": settings.hubs,
        "replications": settings.replications,
        "weeks_per_replication": study.final.weeks,
        "seed": settings.seed,
    }


if __name__ == "__main__":
    serve(solve)

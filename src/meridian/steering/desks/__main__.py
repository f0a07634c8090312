"""The desk planner in a process of its own: `python -m meridian.steering.desks`."""

from dataclasses import asdict, replace

from meridian.engine.solving.worker import Reporter, serve
from meridian.steering.desks.demand import Demand
from meridian.steering.desks.figures import Member, service, service_by_language, size
from meridian.steering.desks.freed import Posts, draw_posts
from meridian.steering.desks.losses import hub_lost
from meridian.steering.desks.plans import (
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
from meridian.steering.desks.settings import Settings
from meridian.steering.desks.staffing import Trial
from meridian.steering.desks.weeks import rosters

REFINING_SHARE = 0.7
QUICK_REPLICATIONS = 4

Members = dict[str, dict[str, list[Member]]]


def solve(job: tuple[Demand, Settings], reporter: Reporter) -> None:
    """Tell a whole comparison from the closed forms first, then again with each plan refined."""
    demand, settings = job
    study = Study(demand, settings)
    quick = replace(study.search, replications=min(QUICK_REPLICATIONS, settings.replications))
    members: Members = {plan: members_of(plan, study, quick, lambda: False) for plan in PLANS}
    refined: list[str] = []
    reporter.raise_bound(0.0)
    steps = len(PLANS) + int(settings.rosters)
    reporter.improve(steps, _comparison(study, members, quick, refined))
    reserve_seconds = (1.0 - REFINING_SHARE) * reporter.remaining_seconds()
    for plan in (SEPARATE, VIRTUAL, REGIONAL):
        members[plan] = members_of(
            plan, study, study.final, lambda: reporter.remaining_seconds() > reserve_seconds
        )
        refined.append(plan)
        told = _comparison(study, members, study.final, refined)
        reporter.improve(steps - len(refined), told)
    if settings.rosters:
        weeks = {
            plan: rosters(members[plan][main_design(plan)], settings.seed, reporter.remaining_seconds)
            for plan in (VIRTUAL, REGIONAL, SEPARATE)
        }
        reporter.improve(0, {**told, "rosters": weeks})


def _comparison(study: Study, members: Members, trial: Trial, refined: list[str]) -> dict[str, object]:
    posts = draw_posts(members, study)
    trials = {
        plan: study.final if plan in refined else replace(study.search, replications=trial.replications)
        for plan in PLANS
    }
    plans = [_plan(plan, members[plan], posts, study, trials[plan]) for plan in PLANS]
    lost = {plan["plan"]: plan["hub_lost"] for plan in plans}
    return {
        "plans": [{**plan, "refined_by_simulation": plan["plan"] in refined} for plan in plans],
        "posts_freed": {plan: _freed(plan, posts, lost[plan]) for plan in (REGIONAL, VIRTUAL)},
        "hubs": _hubs(study),
        "assumptions": _assumptions(study),
    }


def _plan(
    plan: str, designs: dict[str, list[Member]], posts: Posts, study: Study, trial: Trial
) -> dict[str, object]:
    main = main_design(plan)
    members = designs[main]
    return {
        "plan": plan,
        "agents": posts.interval((plan, main)).printed(),
        **service(members, trial),
        **size(members, study.layout.clock),
        "service_level_by_language": service_by_language(members),
        "by_design": {
            design: {
                "agents": posts.interval((plan, design)).printed(),
                **service(designs[design], trial),
                **size(designs[design], study.layout.clock),
            }
            for design in designs_of(plan)
        },
        "hub_lost": None if plan == SEPARATE else hub_lost(plan, members, study, trial),
    }


def _freed(plan: str, posts: Posts, lost: dict[str, object] | None) -> dict[str, object]:
    """Low: one language each and a lost hub covered. High: every agent speaks every language, no reserve."""
    reserve = 1.0 if lost is None else lost["agents_to_hold_target"] / posts.planned[(plan, "paired")]
    return {
        "low": posts.freed((plan, "split"), max(1.0, reserve)).printed(),
        "planned": posts.freed((plan, "paired")).printed(),
        "high": posts.freed((plan, "pooled")).printed(),
    }


def _hubs(study: Study) -> list[dict[str, object]]:
    return [
        {
            "hub": hub_name(hub),
            "sites": sorted(study.sites_of(lambda offset, hub=hub: study.choice.first[offset] == hub)),
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

"""What is left when any one hub is lost, and how many posts would hold the promise then."""

import numpy as np

from meridian.steering.desks.figures import Member, member, service
from meridian.steering.desks.plans import REGIONAL, Study, hub_name
from meridian.steering.desks.pools import Pool, Staffing
from meridian.steering.desks.posts import paid_hours
from meridian.steering.desks.staffing import Trial, analytic


def hub_lost(plan: str, members: list[Member], study: Study, trial: Trial) -> dict[str, object] | None:
    """The worst case over the hubs with the agents as planned, and posts that hold the promise in every case.

    None where there is only one hub. The agents of the virtual desk sit in the hubs in equal parts.
    """
    hubs = study.choice.hubs
    if len(hubs) < 2:
        return None
    if plan == REGIONAL:
        cases = {hub_name(lost): _regional_case(lost, members, study, trial) for lost in hubs}
        posts = sum(_posts_in_every_case(one, study) for one in members)
    else:
        cases = {"any": [_virtual_case(one, len(hubs), trial) for one in members]}
        posts = sum(_spread_posts(one, len(hubs), study) for one in members)
    figures = {name: service(case, trial) for name, case in cases.items()}
    worst = min(figures, key=lambda name: figures[name]["service_level"]["value"])
    return {"worst": worst, **figures[worst], "agents_to_hold_target": posts}


def _regional_case(lost: int, members: list[Member], study: Study, trial: Trial) -> list[Member]:
    """The other hubs take the bands of the lost one with the agents they have."""
    by_name = {one.pool.name: one for one in members}
    case = []
    for hub in study.choice.hubs:
        if hub == lost or hub_name(hub) not in by_name:
            continue
        pool = _with_deputised(hub, lost, study)
        case.append(member(pool, _translated(by_name[hub_name(hub)], pool), trial))
    return case


def _with_deputised(hub: int, lost: int, study: Study) -> Pool:
    first, deputy = study.choice.first, study.choice.deputy

    def served(offset: int) -> bool:
        return first[offset] == hub or (first[offset] == lost and deputy[offset] == hub)

    return study.layout.pool(
        hub_name(hub), study.layout.places(study.sites_of(served)), study.layout.contacts
    )


def _translated(one: Member, pool: Pool) -> Staffing:
    """The same agents in a pool with more languages: what nobody speaks, nobody answers."""
    skills = tuple(
        tuple(pool.languages.index(one.pool.languages[index]) for index in group)
        for group in one.staffing.skills
    )
    return Staffing(skills, one.staffing.agents)


def _posts_in_every_case(one: Member, study: Study) -> int:
    """Posts of a hub that can take over from any other: the closed form's growth of each hour, on the plan's
    agents.
    """
    clock, promise = study.layout.clock, study.settings.promise
    base = analytic(one.pool, promise, clock).agents[0]
    most = base.copy()
    hub = next(hub for hub in study.choice.hubs if hub_name(hub) == one.pool.name)
    for lost in study.choice.hubs:
        if lost != hub:
            most = np.maximum(most, analytic(_with_deputised(hub, lost, study), promise, clock).agents[0])
    planned = one.staffing.agents.sum(axis=0)
    needed = np.where(base > 0, np.ceil(planned * most / np.maximum(base, 1)), most).astype(np.int64)
    return study.settings.year.posts(float(paid_hours(Staffing(((0,),), needed[None, :]), clock).sum()))


def _virtual_case(one: Member, hubs: int, trial: Trial) -> Member:
    left = one.staffing.agents - -(-one.staffing.agents // hubs)
    return member(one.pool, Staffing(one.staffing.skills, left), trial)


def _spread_posts(one: Member, hubs: int, study: Study) -> int:
    """Agents so many more that those of all hubs but one are as many as planned."""
    more = -(-one.staffing.agents * hubs // (hubs - 1))
    hours = paid_hours(Staffing(one.staffing.skills, more), study.layout.clock)
    return sum(study.settings.year.posts(float(part)) for part in hours)

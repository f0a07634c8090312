"""What is left when any one hub is lost, and how many posts would hold the promise then; all simulated."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from meridian.solvers.desks.figures import Member, played, service
from meridian.solvers.desks.plans import REGIONAL, Study, hub_name
from meridian.solvers.desks.pools import Pool, Staffing
from meridian.solvers.desks.posts import paid_hours
from meridian.solvers.desks.staffing import Trial, paired_start

GROWTH = 1.08
MOST_ROUNDS = 8


@dataclass(frozen=True)
class Crew:
    """The agents of one pool, and the languages that their skills count through."""

    pool: Pool
    languages: tuple[str, ...]
    staffing: Staffing

    def in_pool(self, pool: Pool) -> Staffing:
        """The same agents where `pool` calls: a language that nobody speaks, nobody answers."""
        index = {language: place for place, language in enumerate(pool.languages)}
        kept = [
            (tuple(index[self.languages[one]] for one in group if self.languages[one] in index), agents)
            for group, agents in zip(self.staffing.skills, self.staffing.agents, strict=True)
        ]
        useful = [(skills, agents) for skills, agents in kept if skills]
        return Staffing(tuple(skills for skills, _ in useful), np.array([agents for _, agents in useful]))

    def grown(self, factor: float) -> "Crew":
        agents = np.ceil(self.staffing.agents * factor - 1e-9).astype(np.int64)
        return Crew(self.pool, self.languages, Staffing(self.staffing.skills, agents))


def hub_lost(plan: str, members: list[Member], study: Study, trial: Trial) -> dict[str, object] | None:
    """Every case of one hub lost, simulated: with the agents as planned, and with as many as hold the promise
    in every case. None where there is only one hub.

    The agents of the virtual desk sit in the hubs in equal parts, so that losing any is one case.
    """
    if len(study.choice.hubs) < 2:
        return None
    planned = [Crew(one.pool, one.pool.languages, one.staffing) for one in members]
    figures = _cases(plan, planned, study, trial)
    reserve = [_reserve(plan, crew, study) for crew in planned]
    held = _cases(plan, reserve, study, trial)
    for _ in range(MOST_ROUNDS):
        if min(_level(figure) for figure in held.values()) >= trial.promise.share:
            break
        reserve = [crew.grown(GROWTH) for crew in reserve]
        held = _cases(plan, reserve, study, trial)
    worst = min(figures, key=lambda name: _level(figures[name]))
    return {
        "worst": worst,
        **figures[worst],
        "cases": figures,
        "agents_to_hold_target": sum(_posts(crew.staffing, study) for crew in reserve),
        "service_level_with_those": {name: figure["service_level"] for name, figure in held.items()},
    }


def _level(figure: dict[str, Any]) -> float:
    return figure["service_level"]["value"]


def _cases(plan: str, crews: list[Crew], study: Study, trial: Trial) -> dict[str, dict[str, object]]:
    hubs = study.choice.hubs
    if plan != REGIONAL:
        left = [played(crew.pool, _less_one_hub(crew.staffing, len(hubs)), trial) for crew in crews]
        return {"any": service(left, trial)}
    by_name = {crew.pool.name: crew for crew in crews}
    cases = {}
    for lost in hubs:
        left = []
        for hub in hubs:
            if hub != lost and hub_name(hub) in by_name:
                pool = _with_deputised(hub, lost, study)
                left.append(played(pool, by_name[hub_name(hub)].in_pool(pool), trial))
        cases[hub_name(lost)] = service(left, trial)
    return cases


def _with_deputised(hub: int, lost: int, study: Study) -> Pool:
    first, deputy = study.choice.first, study.choice.deputy

    def served(offset: int) -> bool:
        return first[offset] == hub or (first[offset] == lost and deputy[offset] == hub)

    return study.layout.pool(
        hub_name(hub), study.layout.places(study.sites_of(served)), study.layout.contacts
    )


def _less_one_hub(staffing: Staffing, hubs: int) -> Staffing:
    return Staffing(staffing.skills, staffing.agents - -(-staffing.agents // hubs))


def _reserve(plan: str, crew: Crew, study: Study) -> Crew:
    """Where to begin: a regional hub has for each language what the closed form asks in its worst case; the
    agents of the virtual desk are so many more that those of all hubs but one are as many as planned.
    """
    hubs = study.choice.hubs
    if plan != REGIONAL:
        planned = crew.staffing.agents
        more = planned.copy()
        while (short := planned - (more - -(-more // len(hubs)))).max() > 0:
            more += np.maximum(short, 0)
        return Crew(crew.pool, crew.languages, Staffing(crew.staffing.skills, more))
    hub = next(hub for hub in hubs if hub_name(hub) == crew.pool.name)
    most = {
        crew.languages[group[0]]: agents
        for group, agents in zip(crew.staffing.skills, crew.staffing.agents, strict=True)
    }
    for lost in hubs:
        if lost != hub:
            pool = _with_deputised(hub, lost, study)
            start = paired_start(pool, study.settings.promise, study.layout.clock)
            for language, agents in zip(pool.languages, start.agents, strict=True):
                most[language] = np.maximum(most.get(language, 0), agents)
    languages = tuple(one for one in study.demand.languages if one in most)
    skills = ((0,), *((index, 0) for index in range(1, len(languages))))
    return Crew(crew.pool, languages, Staffing(skills, np.array([most[one] for one in languages])))


def _posts(staffing: Staffing, study: Study) -> int:
    return sum(study.settings.year.posts(float(part)) for part in paid_hours(staffing, study.layout.clock))

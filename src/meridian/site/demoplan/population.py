"""63,000 people with a staff account, the 4,219 of ICT among them, each at a site."""

import dataclasses
from collections import defaultdict

import numpy as np

from meridian.site.demoplan.apportionment import apportion
from meridian.site.demoplan.names import invent_names
from meridian.site.demoplan.rows import Desk, DutyStation, Entity, Person, Site
from meridian.site.demoplan.structure import unit_weights
from meridian.site.demoplan.targets import GROUPS, STAFF_ACCOUNTS, read_targets
from meridian.site.demoplan.workforce import Post

MAIL_DOMAIN = "meridian.example"
OFFICE_CATEGORIES = ("professional",) * 9 + ("general_service",) * 10 + ("director",)
CATEGORIES = {
    "headquarters": OFFICE_CATEGORIES,
    "offices_away": OFFICE_CATEGORIES,
    "missions": ("professional", "field_service_and_project", "local", "local", "local", "volunteer"),
}
LINK_WEIGHT = {"A": 3.0, "B": 2.0, "C": 1.2, "D": 0.7}


def site_weights(sites: list[Site], stations: list[DutyStation], entities: list[Entity]) -> list[float]:
    """How many people a site of a unit draws: six times as many at the unit's own duty station."""
    return [
        LINK_WEIGHT[stations[site.duty_station].bandwidth_class]
        * (6.0 if site.duty_station == entities[site.unit].duty_station else 1.0)
        for site in sites
    ]


def build_people(
    entities: list[Entity],
    stations: list[DutyStation],
    sites: list[Site],
    desks: list[Desk],
    posts: list[Post],
    random: np.random.Generator,
) -> tuple[list[Person], list[Desk]]:
    """Everybody, ICT people first, and the desks with their agents.

    Accounts are shared over the location groups as workstations are; within a group over sites by size.
    """
    names = invent_names(STAFF_ACCOUNTS, random)
    weights = site_weights(sites, stations, entities)
    of_unit: dict[int, list[int]] = defaultdict(list)
    for index, site in enumerate(sites):
        of_unit[site.unit].append(index)
    people: list[Person] = []
    agents: dict[int, list[int]] = defaultdict(list)
    placed = np.zeros(len(sites), dtype=np.int64)
    for post in posts:
        own = of_unit[post.unit]
        if post.desk >= 0:
            own = [i for i in own if sites[i].duty_station == desks[post.desk].duty_station] or own
            agents[post.desk].append(len(people))
        seat = own[_pick([weights[index] for index in own], random)]
        placed[seat] += 1
        languages = _languages(stations[sites[seat].duty_station], float(random.random()))
        draft = _Draft(seat, post.unit, post.category, languages)
        person = _person(len(people), names, draft, entities)
        people.append(dataclasses.replace(person, job_title=post.title, function=post.function))
    people += _other_staff(entities, stations, sites, weights, placed, names, random)
    seated = [dataclasses.replace(desk, people=tuple(agents[index])) for index, desk in enumerate(desks)]
    return people, seated


def _other_staff(
    entities: list[Entity],
    stations: list[DutyStation],
    sites: list[Site],
    weights: list[float],
    placed: np.ndarray,
    names: list[tuple[str, str]],
    random: np.random.Generator,
) -> list[Person]:
    """Staff outside ICT: they belong to the department above the unit that runs their site."""
    by_workstations = [read_targets().statistics["workstations"][group] for group in GROUPS]
    totals = apportion(STAFF_ACCOUNTS, by_workstations)
    size = unit_weights()
    people: list[Person] = []
    start = int(placed.sum())
    for group, total in zip(GROUPS, totals, strict=True):
        own = [index for index, site in enumerate(sites) if site.location_group == group]
        share: dict[int, float] = defaultdict(float)
        for index in own:
            share[sites[index].unit] += weights[index]
        pull = [
            weights[index] / share[sites[index].unit] * size[entities[sites[index].unit].code]
            for index in own
        ]
        rest = int(total - placed[own].sum())
        for index, count in zip(own, apportion(rest, pull, lower=2), strict=True):
            station = stations[sites[index].duty_station]
            home = entities[sites[index].unit].parent
            for draw, rank in random.random((int(count), 2)).tolist():
                category = CATEGORIES[group][int(rank * len(CATEGORIES[group]))]
                draft = _Draft(index, home, category, _languages(station, draw))
                people.append(_person(start + len(people), names, draft, entities))
    return people


@dataclasses.dataclass(frozen=True, slots=True)
class _Draft:
    site: int
    entity: int
    category: str
    languages: tuple[str, ...]


def _person(number: int, names: list[tuple[str, str]], draft: _Draft, entities: list[Entity]) -> Person:
    given, family = names[number]
    return Person(
        code=f"P{number + 1:06d}",
        given_name=given,
        family_name=family,
        email=f"{given}.{family}@{MAIL_DOMAIN}".lower(),
        languages=draft.languages,
        site=draft.site,
        entity=draft.entity,
        location_group=entities[draft.entity].location_group,
        category=draft.category,
    )


def _languages(station: DutyStation, draw: float) -> tuple[str, ...]:
    """Preferred languages by the place: most people take its first, some its second or a later one."""
    known = station.languages
    first = 0 if draw < 0.6 or len(known) == 1 else 1 if draw < 0.85 else int(draw * 1000) % len(known)
    chosen = [known[first]]
    if int(draw * 10_000) % 2:
        chosen += [language for language in (*known, "en") if language not in chosen][:1]
    return tuple(chosen)


def _pick(weights: list[float], random: np.random.Generator) -> int:
    ladder = np.cumsum(weights)
    return int(np.searchsorted(ladder, random.random() * ladder[-1], side="right"))

"""Put the plan together: the same seed gives the same organisation, row for row."""

import numpy as np

from meridian.site.demoplan.budget import build_budget_lines
from meridian.site.demoplan.estate import (
    build_applications,
    build_facilities,
    build_servers,
    build_workstations,
)
from meridian.site.demoplan.geography import build_countries, build_duty_stations, build_regions
from meridian.site.demoplan.network import build_desks, build_sites, presences
from meridian.site.demoplan.population import build_people
from meridian.site.demoplan.rows import Plan
from meridian.site.demoplan.structure import build_entities, people_by_unit
from meridian.site.demoplan.teams import build_resolvers
from meridian.site.demoplan.workforce import build_posts

DEFAULT_SEED = 2010


def build_plan(seed: int = DEFAULT_SEED) -> Plan:
    """Every row of the demo organisation but its requests."""
    random = np.random.default_rng(seed)
    countries = build_countries()
    stations, presence = build_duty_stations(countries)
    entities = build_entities(stations)
    persons = people_by_unit(entities)
    places = presences(entities, presence)
    desks = build_desks(entities, stations, countries, places, persons)
    sites = build_sites(entities, stations, places, persons, desks, random)
    posts = build_posts(entities, persons, desks, random)
    people, desks = build_people(entities, stations, sites, desks, posts, random)
    facilities = build_facilities(sites, entities, random)
    applications = build_applications(entities, people, random)
    return Plan(
        seed=seed,
        regions=build_regions(),
        countries=countries,
        duty_stations=stations,
        entities=entities,
        desks=desks,
        resolvers=build_resolvers(entities, stations, countries, people),
        sites=sites,
        people=people,
        facilities=facilities,
        applications=applications,
        servers=build_servers(facilities, applications, random),
        workstations=build_workstations(sites, people, random),
        budget_lines=build_budget_lines(entities, persons),
    )

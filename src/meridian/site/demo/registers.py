"""Copy the plan's registers: places, the organisation, calendars and people."""

import datetime
from collections.abc import Iterator

from babel import Locale

from meridian.site.demo.copying import Copier
from meridian.site.demoplan.rows import Desk, Plan
from meridian.site.demoplan.targets import GROUPS

BEGINNING = datetime.date(2008, 1, 1)
LOCALES = {"en": "en", "fr": "fr", "es": "es", "ru": "ru", "zh-hans": "zh_Hans", "ar": "ar"}
# The world's parts by the codes of the United Nations' M49, which CLDR names in every language.
M49 = {
    "northern-america": "021",
    "latin-america": "419",
    "northern-africa": "015",
    "western-africa": "011",
    "middle-africa": "017",
    "eastern-africa": "014",
    "southern-africa": "018",
    "western-asia": "145",
    "central-asia": "143",
    "southern-asia": "034",
    "eastern-asia": "030",
    "south-eastern-asia": "035",
    "oceania": "009",
    "western-europe": "155",
    "northern-europe": "154",
    "southern-europe": "039",
    "eastern-europe": "151",
}
ROUND_TRIP_MILLISECONDS = {"A": 60, "B": 140, "C": 420, "D": 690}
KINDS = {"secretariat": "organisation", "entity": "entity", "department": "entity", "unit": "unit"}


def territory_names(code: str) -> dict[str, str]:
    """The name of a country or part of the world in the six languages."""
    return {language: Locale.parse(locale).territories[code] for language, locale in LOCALES.items()}


def copy_places(copier: Copier, plan: Plan) -> tuple[list[int], list[int], list[int]]:
    """Regions, countries, duty stations and sites; returns the keys of the last three."""
    regions = copier.copy(
        "places.region", ("code", "name"), [(r.code, territory_names(M49[r.code])) for r in plan.regions]
    )
    countries = copier.copy(
        "places.country",
        ("code", "name", "region_id"),
        [(c.code, territory_names(c.code), regions[c.region]) for c in plan.countries],
    )
    groups = station_groups(plan)
    stations = copier.copy(
        "places.dutystation",
        ("code", "name", "country_id", "location_group", "zone", "latitude", "longitude", "languages"),
        [
            (
                *(s.code, {"en": s.name}, countries[s.country], groups[index]),
                *(s.zone, s.latitude, s.longitude, list(s.languages)),
            )
            for index, s in enumerate(plan.duty_stations)
        ],
    )
    return countries, stations, _copy_sites(copier, plan, stations)


def _copy_sites(copier: Copier, plan: Plan, stations: list[int]) -> list[int]:
    fields = ("code", "name", "duty_station_id", "bandwidth_class", "round_trip_milliseconds", "criticality")
    rows = []
    for site in plan.sites:
        band = plan.duty_stations[site.duty_station].bandwidth_class
        at_home = site.duty_station == plan.entities[site.unit].duty_station
        criticality = 1 if site.location_group == GROUPS[0] else 2 if at_home else 3
        rows.append(
            (
                site.code,
                site.name,
                stations[site.duty_station],
                band,
                ROUND_TRIP_MILLISECONDS[band],
                criticality,
            )
        )
    return copier.copy("places.site", fields, rows)


def station_groups(plan: Plan) -> list[str]:
    """The location group of each duty station: the first, in their order, that has a site there."""
    found = ["missions"] * len(plan.duty_stations)
    for group in reversed(GROUPS):
        for site in plan.sites:
            if site.location_group == group:
                found[site.duty_station] = group
    return found


def copy_units(copier: Copier, plan: Plan, stations: list[int]) -> list[int]:
    """The tree of units with its paths; the 70 ICT units provide ICT."""
    keys = copier.take_ids("organisation.unit", len(plan.entities))
    paths: list[str] = []
    rows = []
    for key, entity in zip(keys, plan.entities, strict=True):
        paths.append((paths[entity.parent] if entity.parent >= 0 else "") + f"{key}/")
        rows.append(
            (
                *(
                    entity.code,
                    {"en": entity.name},
                    KINDS[entity.kind],
                    keys[entity.parent] if paths[1:] else None,
                ),
                *(paths[-1], stations[entity.duty_station], entity.location_group),
                *(entity.kind == "unit", BEGINNING),
            )
        )
    fields = (
        "code",
        "name",
        "kind",
        "parent_id",
        "path",
        "duty_station_id",
        "location_group",
        "provides_ict",
    )
    return copier.copy("organisation.unit", (*fields, "starts_on"), rows, keys)


def copy_calendars(copier: Copier, plan: Plan, countries: list[int]) -> dict[str, int]:
    """A calendar for every different pattern of hours in a country's zone; keys by `calendar_code`."""
    patterns: dict[str, Desk] = {}
    for team in plan.teams:
        patterns.setdefault(calendar_code(plan, team), team)
    keys = copier.copy(
        "calendars.calendar",
        ("code", "name", "zone", "country_id"),
        [_calendar(plan, code, team, countries) for code, team in patterns.items()],
    )
    copier.copy(
        "calendars.calendarversion",
        ("calendar_id", "effective_on", "weekly"),
        [(key, BEGINNING, _weekly(team)) for key, team in zip(keys, patterns.values(), strict=True)],
    )
    return dict(zip(patterns, keys, strict=True))


def calendar_code(plan: Plan, team: Desk) -> str:
    """The same for teams with the same country, zone, days and hours: `LB-Asia/Beirut-12345-0800-1730`."""
    station = plan.duty_stations[team.duty_station]
    country = plan.countries[station.country].code
    days = "".join(map(str, team.weekdays))
    hours = f"{_clock(team.opens_minute)}-{_clock(team.closes_minute)}".replace(":", "")
    return f"{country}-{station.zone.split('/')[-1]}-{days}-{hours}"[:40]


def _calendar(plan: Plan, code: str, team: Desk, countries: list[int]) -> tuple[object, ...]:
    station = plan.duty_stations[team.duty_station]
    hours = f"{_clock(team.opens_minute)}–{_clock(team.closes_minute)}"
    return (
        code,
        {"en": f"{station.name}, {len(team.weekdays)} days, {hours}"},
        station.zone,
        countries[station.country],
    )


def _weekly(team: Desk) -> dict[str, list[list[str]]]:
    hours = [[_clock(team.opens_minute), _clock(team.closes_minute)]]
    return {str(day): hours for day in team.weekdays}


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def copy_people(copier: Copier, plan: Plan, sites: list[int], units: list[int]) -> list[int]:
    """63,000 people and the unit of each."""
    keys = copier.copy(
        "people.person",
        ("number", "given_name", "family_name", "email", "site_id", "language", "languages"),
        (
            (
                p.code,
                p.given_name,
                p.family_name,
                p.email,
                sites[p.site],
                p.languages[0],
                list(p.languages[1:]),
            )
            for p in plan.people
        ),
    )
    copier.copy(
        "people.affiliation",
        ("person_id", "unit_id", "category", "job_title", "works_in_ict", "starts_on"),
        (
            (key, units[p.entity], p.category, p.job_title, p.works_in_ict, starts_on)
            for key, p, starts_on in zip(keys, plan.people, _joined(), strict=False)
        ),
    )
    return keys


def _joined() -> Iterator[datetime.date]:
    """Days on which people joined, spread over the years before the count of 2010."""
    day = 0
    while True:
        yield BEGINNING + datetime.timedelta(days=day)
        day = (day + 97) % 900

"""Service desks and network sites: who is served where, and by whom."""

from collections.abc import Sequence

import numpy as np

from meridian.site.demoplan.apportionment import apportion
from meridian.site.demoplan.rows import Country, Desk, DutyStation, Entity, Site
from meridian.site.demoplan.targets import GROUPS, NETWORK_SITES, read_targets

HUBS = ("ICT-OICT-IM", "ICT-UNLB", "ICT-UNON", "ICT-ESCAP")
WITHOUT_DESK = "ICT-OICT-OC"
SERVED_INSTEAD_BY = "ICT-OICT-IM"
BUILDINGS = {
    "headquarters": ("Main building", "Annex", "Second building", "Third building"),
    "offices_away": ("Main building", "Annex", "Conference centre", "Field office"),
    "missions": ("Headquarters camp", "Logistics base", "Airport", "Team site", "Forward base"),
}
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


def presences(entities: list[Entity], presence: list[list[str]]) -> dict[int, list[int]]:
    """For each ICT unit the duty stations where it is present, its own first."""
    position = {entity.code: index for index, entity in enumerate(entities)}
    found: dict[int, list[int]] = {
        index: [entity.duty_station] for index, entity in enumerate(entities) if entity.kind == "unit"
    }
    for station, codes in enumerate(presence):
        for code in codes:
            places = found[position["ICT-" + code]]
            if station not in places:
                places.append(station)
    return found


def build_desks(
    entities: list[Entity],
    stations: list[DutyStation],
    countries: list[Country],
    places: dict[int, list[int]],
    persons: dict[int, int],
) -> list[Desk]:
    """131 desks in 69 units (one central unit is served by its neighbour), each at a duty station."""
    wanted = read_targets().statistics["service_desks"]
    desks: list[Desk] = []
    for group in GROUPS:
        units = [
            unit
            for unit in places
            if entities[unit].location_group == group and entities[unit].code != WITHOUT_DESK
        ]
        highest = [max(1, persons[unit] // 3) for unit in units]
        counts = apportion(wanted[group], [persons[unit] for unit in units], lower=1, upper=highest)
        for unit, count in zip(units, counts, strict=True):
            for number in range(int(count)):
                station = places[unit][number % len(places[unit])]
                country = countries[stations[station].country]
                desks.append(_desk(entities[unit], unit, number, station, stations[station], country))
    return desks


def _desk(
    entity: Entity, unit: int, number: int, position: int, station: DutyStation, country: Country
) -> Desk:
    short = entity.code.removeprefix("ICT-")
    hub = entity.code in HUBS and number == 0
    weekdays: Sequence[int] = EVERY_DAY if hub else country.weekdays
    opens, closes = (7 * 60, 20 * 60) if hub else (8 * 60 + 30 * (number % 2), 17 * 60 + 30)
    if entity.location_group == "missions" and number == 0 and not hub:
        weekdays, closes = sorted({*weekdays, 6}), 18 * 60
    return Desk(
        code=f"DESK-{short}-{number + 1}",
        name=f"{short} service desk, {station.name}" + (f" {number + 1}" if number else ""),
        unit=unit,
        duty_station=position,
        location_group=entity.location_group,
        languages=station.languages[: 6 if hub else 3],
        weekdays=tuple(weekdays),
        opens_minute=opens,
        closes_minute=closes,
        is_hub=hub,
    )


def build_sites(
    entities: list[Entity],
    stations: list[DutyStation],
    places: dict[int, list[int]],
    persons: dict[int, int],
    desks: list[Desk],
    random: np.random.Generator,
) -> list[Site]:
    """594 network sites: at least one for every unit at every place where it is present."""
    pairs = [(unit, station) for unit, present in places.items() for station in present]
    weights = [persons[unit] / len(places[unit]) ** 0.5 for unit, _ in pairs]
    counts = apportion(NETWORK_SITES, weights, lower=1, upper=9)
    sites: list[Site] = []
    for (unit, station), count in zip(pairs, counts, strict=True):
        desk = _serving_desk(entities, stations, desks, unit, station)
        for number in range(int(count)):
            sites.append(_site(entities[unit], unit, stations[station], station, number, desk, random))
    return sites


def _site(
    entity: Entity,
    unit: int,
    station: DutyStation,
    position: int,
    number: int,
    desk: int,
    random: np.random.Generator,
) -> Site:
    short = entity.code.removeprefix("ICT-")
    names = BUILDINGS[entity.location_group]
    building = names[min(number, len(names) - 1)]
    more = f" {number - len(names) + 2}" if number >= len(names) else ""
    shift = random.uniform(-0.02, 0.02, 2)
    return Site(
        code=f"{station.code}-{short}-{number + 1}",
        name=f"{station.name}, {short}, {building}{more}",
        duty_station=position,
        unit=unit,
        location_group=entity.location_group,
        latitude=round(station.latitude + float(shift[0]), 4),
        longitude=round(station.longitude + float(shift[1]), 4),
        desk=desk,
    )


def _serving_desk(
    entities: list[Entity], stations: list[DutyStation], desks: list[Desk], unit: int, station: int
) -> int:
    """The desk of the unit that is nearest to the duty station."""
    code = entities[unit].code
    serving = SERVED_INSTEAD_BY if code == WITHOUT_DESK else code
    own = [index for index, desk in enumerate(desks) if entities[desk.unit].code == serving]
    here = stations[station]

    def distance(index: int) -> float:
        there = stations[desks[index].duty_station]
        return (here.latitude - there.latitude) ** 2 + (here.longitude - there.longitude) ** 2

    return min(own, key=distance)

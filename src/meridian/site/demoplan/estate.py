"""What the organisation has: facilities, applications, servers, workstations."""

import datetime
from collections import defaultdict
from itertools import islice

import numpy as np

from meridian.site.demoplan.apportionment import apportion
from meridian.site.demoplan.portfolio import application_names
from meridian.site.demoplan.rows import Application, Entity, Facility, Person, Server, Site, Workstation
from meridian.site.demoplan.structure import unit_weights
from meridian.site.demoplan.targets import GROUPS, read_targets

DATA_CENTRES = {"headquarters": 2, "offices_away": 10, "missions": 22}
ENTERPRISE_DATA_CENTRES = ("ICT-UNLB", "ICT-UNLB-V")
SERVER_MODELS = ("Tower, 1 socket", "Rack 1U, 2 sockets", "Rack 2U, 2 sockets", "Rack 4U, 4 sockets", "Blade")
COUNTED_ON = datetime.date(2010, 6, 30)
TECHNOLOGIES = ("Java", "C#/.NET", "Lotus Notes", "PHP", "Visual Basic", "Oracle Forms", "Access", "Python")


def build_facilities(
    sites: list[Site], entities: list[Entity], random: np.random.Generator
) -> list[Facility]:
    """34 data centres and 177 server rooms, holding 2.4 petabytes; largest units get a data centre first."""
    figures, size = read_targets().figures, unit_weights()
    drafts: list[tuple[str, int]] = []
    for group in GROUPS:
        wanted = read_targets().statistics["computing_facilities"][group]
        own = [index for index, site in enumerate(sites) if site.location_group == group]
        homes: dict[int, int] = {}
        for index in own:
            homes.setdefault(sites[index].unit, index)
        first = sorted(homes, key=lambda unit: -size[entities[unit].code])
        first.sort(key=lambda unit: entities[unit].code not in ENTERPRISE_DATA_CENTRES)
        centres = [homes[unit] for unit in first[: DATA_CENTRES[group]]]
        others = [index for index in own if index not in centres]
        spread = random.permutation(len(others))[: wanted - len(centres)]
        drafts += [("data_centre", index) for index in centres]
        drafts += [("server_room", others[index]) for index in sorted(spread)]
    weights = [12 if kind == "data_centre" else 1 for kind, _ in drafts]
    storage = apportion(int(figures["storage"] * 1000), weights, lower=2)
    return [
        _facility(number, kind, index, sites[index], entities, int(terabytes), random)
        for number, ((kind, index), terabytes) in enumerate(zip(drafts, storage, strict=True), start=1)
    ]


def _facility(
    number: int,
    kind: str,
    index: int,
    site: Site,
    entities: list[Entity],
    terabytes: int,
    random: np.random.Generator,
) -> Facility:
    large = kind == "data_centre"
    return Facility(
        code=f"FAC-{number:03d}",
        name=f"{'Data centre' if large else 'Server room'}, {site.name}",
        kind=kind,
        site=index,
        unit=site.unit,
        location_group=entities[site.unit].location_group,
        floor_area_square_metres=int(random.integers(90, 600) if large else random.integers(12, 60)),
        power_capacity_kilowatts=int(random.integers(60, 400) if large else random.integers(8, 40)),
        storage_terabytes=terabytes,
    )


def build_applications(
    entities: list[Entity], people: list[Person], random: np.random.Generator
) -> list[Application]:
    """1,994 applications of the ICT units, 88 of them critical."""
    statistics, size = read_targets().statistics["applications"], unit_weights()
    owners: dict[int, list[int]] = defaultdict(list)
    for index, person in enumerate(people):
        if person.works_in_ict:
            owners[person.entity].append(index)
    drafts: list[tuple[int, str]] = []
    for group in GROUPS:
        units = [u for u, e in enumerate(entities) if e.kind == "unit" and e.location_group == group]
        pull = [size[entities[unit].code] ** 0.5 for unit in units]
        for unit, count in zip(units, apportion(statistics[group], pull, lower=2), strict=True):
            drafts += [(unit, name) for name in islice(application_names(), int(count))]
    critical = _critical(drafts, entities)
    return [
        _application(number, unit, name, number in critical, owners[unit], entities, random)
        for number, (unit, name) in enumerate(drafts)
    ]


def _critical(drafts: list[tuple[int, str]], entities: list[Entity]) -> set[int]:
    """Positions of the critical applications, by location group as applications are, first of each unit."""
    statistics = read_targets().statistics["applications"]
    total = int(read_targets().figures["critical_applications"])
    critical: set[int] = set()
    for group, count in zip(GROUPS, apportion(total, [statistics[g] for g in GROUPS]), strict=True):
        ranks: dict[int, int] = defaultdict(int)
        order = []
        for index, (unit, _) in enumerate(drafts):
            if entities[unit].location_group == group:
                order.append((ranks[unit], index))
                ranks[unit] += 1
        critical |= {index for _, index in sorted(order)[: int(count)]}
    return critical


def _application(
    number: int,
    unit: int,
    name: str,
    is_critical: bool,
    owners: list[int],
    entities: list[Entity],
    random: np.random.Generator,
) -> Application:
    short = entities[unit].code.removeprefix("ICT-")
    return Application(
        code=f"APP-{number + 1:04d}",
        name=f"{name} ({short})",
        unit=unit,
        owner=owners[int(random.integers(len(owners)))],
        location_group=entities[unit].location_group,
        scope="enterprise" if is_critical or random.random() < 0.2 else "local",
        technology=TECHNOLOGIES[int(random.integers(len(TECHNOLOGIES)))],
        in_use_since=int(random.integers(1992, 2011)),
        users=int(10 ** random.uniform(0.7, 3.2)),
        is_critical=is_critical,
        recovery_time_hours=(4 if random.random() < 0.4 else 24) if is_critical else 0,
    )


def build_servers(
    facilities: list[Facility], applications: list[Application], random: np.random.Generator
) -> list[Server]:
    """4,557 physical servers; a data centre holds about eight times what a room holds."""
    servers: list[Server] = []
    for group in GROUPS:
        own = [i for i, facility in enumerate(facilities) if facility.location_group == group]
        hosted = [i for i, application in enumerate(applications) if application.location_group == group]
        pull = [8 if facilities[index].kind == "data_centre" else 1 for index in own]
        total = read_targets().statistics["servers"][group]
        for facility, count in zip(own, apportion(total, pull, lower=2), strict=True):
            for _ in range(int(count)):
                runs = hosted[int(random.integers(len(hosted)))]
                servers.append(_server(len(servers), facility, runs, group, random))
    return servers


def _server(number: int, facility: int, runs: int, group: str, random: np.random.Generator) -> Server:
    model, age, load, power = random.integers((0, 30, 3, 180), (5, 2400, 45, 700)).tolist()
    return Server(
        code=f"SRV-{number + 1:05d}",
        model=SERVER_MODELS[model],
        facility=facility,
        application=runs,
        location_group=group,
        cores=(2, 4, 8, 16, 8)[model],
        memory_gibibytes=(4, 8, 16, 64, 32)[model],
        power_watts=power,
        utilisation_percent=load,
        acquired_on=COUNTED_ON - datetime.timedelta(days=age),
    )


def build_workstations(
    sites: list[Site], people: list[Person], random: np.random.Generator
) -> list[Workstation]:
    """83,796 desktops and laptops: one for everybody, the rest in pools at the sites."""
    at_site: dict[int, list[int]] = defaultdict(list)
    for index, person in enumerate(people):
        at_site[person.site].append(index)
    holders: list[tuple[int, int]] = []
    for group in GROUPS:
        own = [index for index, site in enumerate(sites) if site.location_group == group]
        staff = [len(at_site[index]) for index in own]
        total = read_targets().statistics["workstations"][group]
        for index, pool in zip(own, apportion(total - sum(staff), staff), strict=True):
            holders += [(index, person) for person in at_site[index]] + [(index, -1)] * int(pool)
    draws = random.integers((0, 20), (10, 1800), (len(holders), 2)).tolist()
    return [
        Workstation(
            code=f"PC-{number:06d}",
            kind="laptop" if draw < 3 else "desktop",
            model="Laptop 14 inch" if draw < 3 else "Desktop, small" if draw < 8 else "Desktop, tower",
            site=site,
            person=person,
            location_group=sites[site].location_group,
            acquired_on=COUNTED_ON - datetime.timedelta(days=age),
        )
        for number, ((site, person), (draw, age)) in enumerate(zip(holders, draws, strict=True), start=1)
    ]

"""The rows of the plan. References between them are positions in the plan's lists, or -1 for none."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Country:
    """ISO 3166-1 alpha-2 code (XK for Kosovo), English name, working days as ISO weekdays."""

    code: str
    name: str
    region: int
    weekdays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DutyStation:
    """A place of work. `zone` is an IANA name; degrees north and east; languages by preference."""

    code: str
    name: str
    country: int
    zone: str
    latitude: float
    longitude: float
    languages: tuple[str, ...]
    bandwidth_class: str


@dataclass(frozen=True, slots=True)
class Site:
    """A network site of one unit at a duty station; `desk` serves it."""

    code: str
    name: str
    duty_station: int
    unit: int
    location_group: str
    latitude: float
    longitude: float
    desk: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A node of the tree. `kind` is secretariat, entity, department (an office, mission or
    department) or unit (one of the 70 ICT units); `statistic` is the entity of the published tables."""

    code: str
    name: str
    kind: str
    parent: int
    statistic: str
    location_group: str
    duty_station: int


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person with a staff account. Only ICT people have a title and a function."""

    code: str
    given_name: str
    family_name: str
    email: str
    languages: tuple[str, ...]
    site: int
    entity: int
    location_group: str
    category: str
    job_title: str = ""
    function: str = ""

    @property
    def works_in_ict(self) -> bool:
        return bool(self.function)


@dataclass(frozen=True, slots=True)
class Desk:
    """A service desk of a unit, or (kind resolver) a group behind the desks.

    Open on `weekdays` (ISO) from `opens_minute` to `closes_minute` of the local day; `people` are the
    positions of its agents.
    """

    code: str
    name: str
    unit: int
    duty_station: int
    location_group: str
    languages: tuple[str, ...]
    weekdays: tuple[int, ...]
    opens_minute: int
    closes_minute: int
    is_hub: bool
    kind: str = "desk"
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Facility:
    """A computing facility: `data_centre` or `server_room`."""

    code: str
    name: str
    kind: str
    site: int
    unit: int
    location_group: str
    floor_area_square_metres: int
    power_capacity_kilowatts: int
    storage_terabytes: int


@dataclass(frozen=True, slots=True)
class Application:
    """An application owned by a unit; `recovery_time_hours` is its objective where it is critical."""

    code: str
    name: str
    unit: int
    owner: int
    location_group: str
    scope: str
    technology: str
    in_use_since: int
    users: int
    is_critical: bool
    recovery_time_hours: int


@dataclass(frozen=True, slots=True)
class Server:
    """A physical server in a facility, running mostly one application."""

    code: str
    model: str
    facility: int
    application: int
    location_group: str
    cores: int
    memory_gibibytes: int
    power_watts: int
    utilisation_percent: int
    acquired_on: datetime.date


@dataclass(frozen=True, slots=True)
class Workstation:
    """A desktop or laptop at a site, given to a person or (-1) in a pool."""

    code: str
    kind: str
    model: str
    site: int
    person: int
    location_group: str
    acquired_on: datetime.date


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A yearly ICT budget line of a unit, in units of 100 USD (the precision of the published table)."""

    unit: int
    statistic: str
    location_group: str
    fund: str
    function: str
    activity: str
    hundreds_of_usd: int


@dataclass(frozen=True)
class Plan:
    """The whole organisation but its requests."""

    seed: int
    regions: list[Region]
    countries: list[Country]
    duty_stations: list[DutyStation]
    entities: list[Entity]
    desks: list[Desk]
    resolvers: list[Desk]
    sites: list[Site]
    people: list[Person]
    facilities: list[Facility]
    applications: list[Application]
    servers: list[Server]
    workstations: list[Workstation]
    budget_lines: list[BudgetLine]

    @property
    def teams(self) -> list[Desk]:
        """Desks, then resolver groups: requests refer to teams by position in this list."""
        return self.desks + self.resolvers

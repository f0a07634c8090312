"""An estate of our own: sites over several periods, and the groups of workload that live in them.

Costs are planning amounts in one unit chosen by the planner; loads are kW of ICT; distances km;
round trips ms; emissions kg of CO2e. A number given once stands for every period.
"""

import math
from dataclasses import dataclass
from pathlib import Path

from meridian.kernel.console import Fault
from meridian.solvers.solving.intake import Record, read_json, unique

EARTH_RADIUS_KM = 6371.0088
HOURS_PER_PERIOD = 8_760.0


@dataclass(frozen=True)
class Site:
    """A facility: what it holds, costs and emits per period, and what binds it."""

    name: str
    capacity_kw: float
    fixed_cost: tuple[float, ...]
    tariff_per_kwh: tuple[float, ...]
    kg_per_kwh: tuple[float, ...]
    pue: float
    opening_cost: float
    closing_cost: float
    open_now: bool
    lease_ends: int
    close_by: int | None
    keep_until: int
    country: str
    hazards: frozenset[str]
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Group:
    """Workload that moves as one: load per period, where it is, who uses it and what binds it."""

    name: str
    load_kw: tuple[float, ...]
    tier: int
    now: int | None
    residency: frozenset[str]
    users: tuple[str, ...]
    round_trip_limit_ms: float | None
    migration_cost: float
    migration_kg: float


@dataclass(frozen=True)
class Pair:
    """The mirrored pair: `tiers` live in it and each half can carry the tiers of the other."""

    minimum_km: float
    hazards_differ: bool
    tiers: frozenset[int]
    first_period: int


@dataclass(frozen=True)
class Estate:
    """Everything the plan depends on; positions of sites, groups and periods count from 0."""

    name: str
    periods: tuple[str, ...]
    hours: float
    discount_rate: float
    carbon_price_per_kg: float
    sites: tuple[Site, ...]
    groups: tuple[Group, ...]
    pair: Pair | None
    round_trips_ms: dict[tuple[str, str], float]
    network_costs: dict[tuple[str, str], float]
    edge_costs: dict[str, float]

    def discount(self, period: int) -> float:
        """The factor that brings a cost of `period` to the first period."""
        return (1 + self.discount_rate) ** -period

    def pairs(self, *, far: bool = True, different: bool = True) -> list[tuple[int, int]]:
        """Pairs of sites far enough apart and without a common hazard, either rule may be left out."""
        found = []
        for first in range(len(self.sites)):
            for second in range(first + 1, len(self.sites)):
                here, there = self.sites[first], self.sites[second]
                near = far and self.pair is not None and distance_km(here, there) < self.pair.minimum_km
                alike = (
                    different
                    and self.pair is not None
                    and self.pair.hazards_differ
                    and here.hazards & there.hazards
                )
                if not near and not alike:
                    found.append((first, second))
        return found

    def too_far(self, group: Group, site: Site) -> tuple[str, ...]:
        """The places of users for whom this site answers later than the group allows."""
        if group.round_trip_limit_ms is None:
            return ()
        return tuple(
            place
            for place in group.users
            if self.round_trips_ms.get((place, site.name), math.inf) > group.round_trip_limit_ms
        )


@dataclass(frozen=True)
class EstatePlan:
    """Open sites per period, the site of each group in each period, the pair, places with an edge node."""

    open: tuple[tuple[int, ...], ...]
    location: tuple[tuple[int, ...], ...]
    pair: tuple[int, ...]
    edges: tuple[str, ...]


def distance_km(here: Site, there: Site) -> float:
    """Great-circle distance (haversine)."""
    lat_a, lon_a, lat_b, lon_b = map(
        math.radians, (here.latitude, here.longitude, there.latitude, there.longitude)
    )
    chord = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def read_estate(path: Path) -> Estate:
    """Read and check an estate; a fault names the record and the field."""
    model = read_json(path)
    periods = model.texts("periods", ("one period",))
    sites = tuple(_site(each, periods) for each in model.records("sites"))
    if not periods or not sites:
        raise Fault(f"{path}: an estate needs at least one period and one site.", "Add them.")
    unique((site.name for site in sites), "sites", path)
    places = {site.name: at for at, site in enumerate(sites)}
    groups = tuple(_group(each, periods, places) for each in model.records("groups"))
    unique((group.name for group in groups), "groups", path)
    if not groups:
        raise Fault(f"{path}: an estate without groups has nothing to house.", "Add groups.")
    round_trips, network_costs = _round_trips(model, places)
    estate = Estate(
        name=model.text("name", path.stem),
        periods=periods,
        hours=model.number("hours_per_period", HOURS_PER_PERIOD),
        discount_rate=model.number("discount_rate", 0.0),
        carbon_price_per_kg=model.number("carbon_price_per_tonne", 0.0) / 1000,
        sites=sites,
        groups=groups,
        pair=_pair(model.record("pair"), periods) if model.has("pair") else None,
        round_trips_ms=round_trips,
        network_costs=network_costs,
        edge_costs=model.table("edge_costs"),
    )
    model.finish()
    return estate


def _site(record: Record, periods: tuple[str, ...]) -> Site:
    count = len(periods)
    site = Site(
        name=record.text("name"),
        capacity_kw=record.number("capacity_kw"),
        fixed_cost=record.numbers("fixed_cost", count),
        tariff_per_kwh=record.numbers("tariff_per_kwh", count, (0.0,) * count),
        kg_per_kwh=record.numbers("kg_per_kwh", count, (0.0,) * count),
        pue=record.number("pue", 1.0, minimum=1.0),
        opening_cost=record.number("opening_cost", 0.0),
        closing_cost=record.number("closing_cost", 0.0),
        open_now=record.flag("open_now"),
        lease_ends=_period(record, "lease_ends", periods) or 0,
        close_by=_period(record, "close_by", periods),
        keep_until=_period(record, "keep_until", periods) or 0,
        country=record.text("country", ""),
        hazards=frozenset(record.texts("hazards", ())),
        latitude=record.number("latitude", 0.0, minimum=-90.0),
        longitude=record.number("longitude", 0.0, minimum=-180.0),
    )
    record.finish()
    return site


def _period(record: Record, name: str, periods: tuple[str, ...]) -> int | None:
    """The position of the named period, the first one in which the term no longer binds; None for no term."""
    chosen = record.text(name, None)
    if chosen is None:
        return None
    if chosen not in periods:
        record.refuse(f"{name!r} names no period: {chosen!r}", f"Periods are: {', '.join(periods)}.")
    return periods.index(chosen)


def _group(record: Record, periods: tuple[str, ...], places: dict[str, int]) -> Group:
    now = record.text("now", None)
    if now is not None and now not in places:
        record.refuse(f"'now' names no site: {now!r}")
    group = Group(
        name=record.text("name"),
        load_kw=record.numbers("load_kw", len(periods)),
        tier=record.whole("tier", 3, minimum=1),
        now=None if now is None else places[now],
        residency=frozenset(record.texts("residency", ())),
        users=record.texts("users", ()),
        round_trip_limit_ms=record.number("round_trip_limit_ms", None),
        migration_cost=record.number("migration_cost", 0.0),
        migration_kg=record.number("migration_kg", 0.0),
    )
    record.finish()
    return group


def _pair(record: Record, periods: tuple[str, ...]) -> Pair:
    tiers = record.numbers("tiers", 2, (1.0, 2.0), minimum=1)
    pair = Pair(
        minimum_km=record.number("minimum_km", 0.0),
        hazards_differ=record.flag("hazards_differ", True),
        tiers=frozenset(int(tier) for tier in tiers),
        first_period=_period(record, "from", periods) or 0,
    )
    record.finish()
    return pair


def _round_trips(
    model: Record, places: dict[str, int]
) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    times: dict[tuple[str, str], float] = {}
    costs: dict[tuple[str, str], float] = {}
    for record in model.records("round_trips", []):
        key = (record.text("users"), record.text("site"))
        if key[1] not in places:
            record.refuse(f"names no site: {key[1]!r}")
        if key in times:
            record.refuse(f"repeats the round trip of {key[0]!r} to {key[1]!r}")
        times[key] = record.number("milliseconds")
        costs[key] = record.number("cost", 0.0)
        record.finish()
    return times, costs

"""The MILP of an estate: who lives where in which period, and which sites are open for it.

Each rule that a planner can give up has a name, so that the smallest set at fault can be found
by building the model with some of the rules only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from meridian.solvers.sites.estate import Estate, EstatePlan, Pair
from meridian.solvers.solving.mip import Mip

Rule = tuple[str, str]


def rules_of(estate: Estate) -> list[Rule]:
    """The rules of an estate as (kind, subject)."""
    rules: list[Rule] = [("capacity", site.name) for site in estate.sites]
    rules += [("closing", site.name) for site in estate.sites if site.close_by is not None]
    rules += [("keeping", site.name) for site in estate.sites if site.keep_until > 0]
    rules += [("residency", group.name) for group in estate.groups if group.residency]
    rules += [("round trip", group.name) for group in estate.groups if group.round_trip_limit_ms is not None]
    if estate.pair is not None:
        rules += [("pair", kind) for kind in ("distance", "hazard", "mirror", "N+1")]
    return rules


def describe(rule: Rule) -> str:
    """A rule in words."""
    kind, subject = rule
    if kind == "pair":
        return {
            "distance": "the distance within the pair",
            "hazard": "no common hazard within the pair",
            "mirror": "the mirrored pair for its tiers",
            "N+1": "the spare room in each half of the pair",
        }[subject]
    word = {
        "closing": "closing",
        "keeping": "keeping",
        "residency": "the residency",
        "capacity": "the capacity",
    }
    return f"{word.get(kind, 'the round trip')} of {subject}"


@dataclass(frozen=True)
class Kernel:
    """What a smaller model keeps: `homes[group, period, site]`, `openings[site, period]` and pairs."""

    homes: np.ndarray
    openings: np.ndarray
    pairs: tuple[tuple[int, int], ...]


@dataclass
class EstateMip:
    """The columns of an estate's model and the reading of their values as a plan."""

    estate: Estate
    rules: frozenset[Rule]
    kernel: Kernel | None = None

    def __post_init__(self) -> None:
        self.mip = Mip()
        self.periods = range(len(self.estate.periods))
        self._add_sites()
        self._add_groups()
        self._add_edges()
        self.pairing: dict[tuple[int, int], int] = {}
        if self.estate.pair is not None and ("pair", "mirror") in self.rules:
            self._add_pair(self.estate.pair)

    def _add_sites(self) -> None:
        """Open and closed: an open site pays, a lease is paid to its end, a closed site stays closed."""
        self.open: dict[tuple[int, int], int] = {}
        for s, site in enumerate(self.estate.sites):
            starts = []
            for t in self.periods:
                discount = self.estate.discount(t)
                leased = site.open_now and t < site.lease_ends
                fixed = discount * site.fixed_cost[t]
                self.mip.offset += fixed if leased else 0.0
                closed = (
                    ("closing", site.name) in self.rules and site.close_by is not None and t >= site.close_by
                )
                kept = ("keeping", site.name) in self.rules and t < site.keep_until
                column = self.mip.column(0.0 if leased else fixed, integer=True)
                self.mip.row([(column, 1.0)], lower=float(kept), upper=float(not closed))
                self.open[s, t] = column
                starts.append(self._add_change(s, t, column))
            self.mip.row([(start, 1.0) for start in starts], upper=0.0 if site.open_now else 1.0)

    def _add_change(self, s: int, t: int, column: int) -> int:
        """Columns that pay for opening and closing between t-1 and t; returns the opening's."""
        site, discount = self.estate.sites[s], self.estate.discount(t)
        opening = self.mip.column(discount * site.opening_cost)
        closing = self.mip.column(discount * site.closing_cost)
        terms = [(column, 1.0), (opening, -1.0), (closing, 1.0)]
        if t > 0:
            terms.append((self.open[s, t - 1], -1.0))
        before = float(site.open_now) if t == 0 else 0.0
        self.mip.row(terms, lower=before, upper=before)
        return opening

    def _add_groups(self) -> None:
        self.at: dict[tuple[int, int, int], int] = {}
        sites = range(len(self.estate.sites))
        for g in range(len(self.estate.groups)):
            homes = [s for s in sites if self._may_house(g, s)]
            for t in self.periods:
                for s in homes:
                    if self.kernel is None or self.kernel.homes[g, t, s]:
                        self.at[g, s, t] = self.mip.column(living_cost(self.estate, g, s, t), integer=True)
                        self.mip.row([(self.at[g, s, t], 1.0), (self.open[s, t], -1.0)], upper=0.0)
                terms = [(self.at[g, s, t], 1.0) for s in homes if (g, s, t) in self.at]
                self.mip.row(terms, lower=1.0, upper=1.0)
                self._add_move(g, t)
        for s, site in enumerate(self.estate.sites):
            if ("capacity", site.name) in self.rules:
                for t in self.periods:
                    self.mip.row([*self._load(s, t), (self.open[s, t], -site.capacity_kw)], upper=0.0)

    def _may_house(self, g: int, s: int) -> bool:
        """Whether residency and round trips let the group live there, perhaps with edge nodes."""
        group, site = self.estate.groups[g], self.estate.sites[s]
        if ("residency", group.name) in self.rules and site.country not in group.residency:
            return False
        far = self.estate.too_far(group, site) if ("round trip", group.name) in self.rules else ()
        return all(place in self.estate.edge_costs for place in far)

    def _load(self, s: int, t: int, *, paired: bool = True) -> list[tuple[int, float]]:
        """What lives at a site, all of it or without the tiers of the pair."""
        tiers = self.estate.pair.tiers if self.estate.pair and not paired else frozenset()
        return [
            (self.at[g, s, t], group.load_kw[t])
            for g, group in enumerate(self.estate.groups)
            if (g, s, t) in self.at and group.tier not in tiers
        ]

    def _add_move(self, g: int, t: int) -> None:
        """A group that arrives at a site in t pays its migration, unless it had no home before."""
        cost = moving_cost(self.estate, g, t)
        if cost == 0:
            return
        for s in range(len(self.estate.sites)):
            if (g, s, t) not in self.at or (t == 0 and s == self.estate.groups[g].now):
                continue
            move = self.mip.column(cost)
            terms = [(move, 1.0), (self.at[g, s, t], -1.0)]
            if t > 0 and (g, s, t - 1) in self.at:
                terms.append((self.at[g, s, t - 1], 1.0))
            self.mip.row(terms, lower=0.0)

    def _add_edges(self) -> None:
        """A site that answers too late needs an edge node near the users."""
        total = sum(map(self.estate.discount, self.periods))
        self.edges = {
            place: self.mip.column(total * cost, integer=True)
            for place, cost in self.estate.edge_costs.items()
        }
        far = {
            (g, s): self.estate.too_far(group, site)
            for g, group in enumerate(self.estate.groups)
            if ("round trip", group.name) in self.rules
            for s, site in enumerate(self.estate.sites)
        }
        for g in range(len(self.estate.groups)):
            for t in self.periods:
                for place, column in self.edges.items():
                    # A group lives at one site, so that all its late sites share one row.
                    late = [
                        (self.at[g, s, t], 1.0)
                        for s in range(len(self.estate.sites))
                        if (g, s, t) in self.at and place in far.get((g, s), ())
                    ]
                    if late:
                        self.mip.row([*late, (column, -1.0)], upper=0.0)

    def _add_pair(self, pair: Pair) -> None:
        far, different = ("pair", "distance") in self.rules, ("pair", "hazard") in self.rules
        spare = ("pair", "N+1") in self.rules
        for halves in self.estate.pairs(far=far, different=different):
            if self.kernel is None or halves in self.kernel.pairs:
                self.pairing[halves] = self.mip.column(0.0, integer=True)
        self.mip.row([(column, 1.0) for column in self.pairing.values()], lower=1.0, upper=1.0)
        for t in range(pair.first_period, len(self.estate.periods)):
            needed = paired_load(self.estate, t)
            for s, site in enumerate(self.estate.sites):
                chosen = [(column, -1.0) for halves, column in self.pairing.items() if s in halves]
                self.mip.row([(self.open[s, t], 1.0), *chosen], lower=0.0)
                for g, group in enumerate(self.estate.groups):
                    if group.tier in pair.tiers and (g, s, t) in self.at:
                        self.mip.row([(self.at[g, s, t], 1.0), *chosen], upper=0.0)
                if spare:
                    # All tiers of the pair must fit into either half, whoever lives where.
                    kept = [(column, needed) for column, _ in chosen]
                    room = (self.open[s, t], -site.capacity_kw)
                    self.mip.row([*self._load(s, t, paired=False), *kept, room], upper=0.0)

    def plan(self, values: np.ndarray) -> EstatePlan:
        """The plan that rounded values stand for."""
        sites = range(len(self.estate.sites))
        return EstatePlan(
            open=tuple(tuple(s for s in sites if values[self.open[s, t]] > 0.5) for t in self.periods),
            location=tuple(
                tuple(
                    max(sites, key=lambda s: values[self.at[g, s, t]] if (g, s, t) in self.at else -1.0)
                    for t in self.periods
                )
                for g in range(len(self.estate.groups))
            ),
            pair=next((halves for halves, column in self.pairing.items() if values[column] > 0.5), ()),
            edges=tuple(place for place, column in self.edges.items() if values[column] > 0.5),
        )


def living_cost(estate: Estate, g: int, s: int, t: int) -> float:
    """Discounted energy, carbon and network cost of a group at a site in one period."""
    group, site = estate.groups[g], estate.sites[s]
    per_kwh = site.tariff_per_kwh[t] + estate.carbon_price_per_kg * site.kg_per_kwh[t]
    energy = group.load_kw[t] * estate.hours * site.pue * per_kwh
    network = sum(estate.network_costs.get((place, site.name), 0.0) for place in group.users)
    return estate.discount(t) * (energy + network)


def moving_cost(estate: Estate, g: int, t: int) -> float:
    """Discounted cost and carbon of moving a group in `t`; nothing in the first period without a home."""
    group = estate.groups[g]
    if t == 0 and group.now is None:
        return 0.0
    return estate.discount(t) * (group.migration_cost + estate.carbon_price_per_kg * group.migration_kg)


def paired_load(estate: Estate, t: int) -> float:
    """The load of all groups whose tier lives in the mirrored pair."""
    tiers = estate.pair.tiers if estate.pair else frozenset()
    return sum(group.load_kw[t] for group in estate.groups if group.tier in tiers)


def quick_bound(estate: Estate) -> float:
    """Every group where living and its share of what the site costs are least, and the leases already due."""
    total, sites = 0.0, range(len(estate.sites))
    for t in range(len(estate.periods)):
        shares = []
        for site in estate.sites:
            fixed = estate.discount(t) * site.fixed_cost[t]
            is_leased = site.open_now and t < site.lease_ends
            total += fixed if is_leased else 0.0
            shares.append(0.0 if is_leased or site.capacity_kw <= 0 else fixed / site.capacity_kw)
        total += sum(
            min(living_cost(estate, g, s, t) + shares[s] * group.load_kw[t] for s in sites)
            for g, group in enumerate(estate.groups)
        )
    return total


def can_hold(estate: Estate, rules: Sequence[Rule], seconds: float) -> bool:
    """Whether any plan meets these rules; undecided in time counts as yes."""
    built = EstateMip(estate, frozenset(rules))
    built.mip.costs = [0.0] * len(built.mip.costs)
    return built.mip.solve(seconds=seconds).status != "infeasible"

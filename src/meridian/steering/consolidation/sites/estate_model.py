"""The MILP of an estate: who lives where in which period, and which sites are open for it.

Each rule that a planner can give up has a name, so that the smallest set at fault can be found
by building the model with some of the rules only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from meridian.engine.solving.mip import Mip
from meridian.steering.consolidation.sites.estate import Estate, EstatePlan

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


@dataclass
class EstateMip:
    """The columns of an estate's model and the reading of their values as a plan."""

    estate: Estate
    rules: frozenset[Rule]

    def __post_init__(self) -> None:
        self.mip = Mip()
        self.periods = range(len(self.estate.periods))
        self._add_sites()
        self._add_groups()
        self._add_edges()
        self.pairing: dict[tuple[int, int], int] = {}
        if self.estate.pair is not None and ("pair", "mirror") in self.rules:
            self._add_pair()

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
        for g in range(len(self.estate.groups)):
            for t in self.periods:
                for s in range(len(self.estate.sites)):
                    self.at[g, s, t] = self.mip.column(self._living_cost(g, s, t), integer=True)
                    self.mip.row([(self.at[g, s, t], 1.0), (self.open[s, t], -1.0)], upper=0.0)
                self.mip.row(
                    [(self.at[g, s, t], 1.0) for s in range(len(self.estate.sites))], lower=1.0, upper=1.0
                )
                self._add_move(g, t)
        for s, site in enumerate(self.estate.sites):
            if ("capacity", site.name) in self.rules:
                for t in self.periods:
                    self.mip.row([*self._load(s, t), (self.open[s, t], -site.capacity_kw)], upper=0.0)
        self._forbid_residency()

    def _living_cost(self, g: int, s: int, t: int) -> float:
        estate, group, site = self.estate, self.estate.groups[g], self.estate.sites[s]
        per_kwh = site.tariff_per_kwh[t] + estate.carbon_price_per_kg * site.kg_per_kwh[t]
        energy = group.load_kw[t] * estate.hours * site.pue * per_kwh
        network = sum(estate.network_costs.get((place, site.name), 0.0) for place in group.users)
        return estate.discount(t) * (energy + network)

    def _load(self, s: int, t: int, tiers: frozenset[int] | None = None) -> list[tuple[int, float]]:
        return [
            (self.at[g, s, t], group.load_kw[t])
            for g, group in enumerate(self.estate.groups)
            if tiers is None or group.tier in tiers
        ]

    def _add_move(self, g: int, t: int) -> None:
        """A group that arrives at a site in t pays its migration, unless it had no home before."""
        group = self.estate.groups[g]
        cost = group.migration_cost + self.estate.carbon_price_per_kg * group.migration_kg
        if cost == 0 or (t == 0 and group.now is None):
            return
        for s in range(len(self.estate.sites)):
            move = self.mip.column(self.estate.discount(t) * cost)
            terms = [(move, 1.0), (self.at[g, s, t], -1.0)]
            if t > 0:
                terms.append((self.at[g, s, t - 1], 1.0))
            self.mip.row(terms, lower=-1.0 if t == 0 and s == group.now else 0.0)

    def _forbid_residency(self) -> None:
        for g, group in enumerate(self.estate.groups):
            if ("residency", group.name) not in self.rules:
                continue
            for s, site in enumerate(self.estate.sites):
                if site.country not in group.residency:
                    self.mip.row([(self.at[g, s, t], 1.0) for t in self.periods], upper=0.0)

    def _add_edges(self) -> None:
        """A site that answers too late needs an edge node near the users, or is out of the question."""
        total = sum(map(self.estate.discount, self.periods))
        self.edges = {
            place: self.mip.column(total * cost, integer=True)
            for place, cost in self.estate.edge_costs.items()
        }
        for g, group in enumerate(self.estate.groups):
            if ("round trip", group.name) not in self.rules:
                continue
            for s, site in enumerate(self.estate.sites):
                for place in self.estate.too_far(group, site):
                    node = [(self.edges[place], -1.0)] if place in self.edges else []
                    for t in self.periods:
                        self.mip.row([(self.at[g, s, t], 1.0), *node], upper=0.0)

    def _add_pair(self) -> None:
        pair = self.estate.pair
        far, different = ("pair", "distance") in self.rules, ("pair", "hazard") in self.rules
        for halves in self.estate.pairs(far=far, different=different):
            self.pairing[halves] = self.mip.column(0.0, integer=True)
        self.mip.row([(column, 1.0) for column in self.pairing.values()], lower=1.0, upper=1.0)
        for t in range(pair.first_period, len(self.estate.periods)):
            for s in range(len(self.estate.sites)):
                chosen = [(column, -1.0) for halves, column in self.pairing.items() if s in halves]
                self.mip.row([(self.open[s, t], 1.0), *chosen], lower=0.0)
                for g, group in enumerate(self.estate.groups):
                    if group.tier in pair.tiers:
                        self.mip.row([(self.at[g, s, t], 1.0), *chosen], upper=0.0)
            if ("pair", "N+1") in self.rules:
                self._add_spare(t)

    def _add_spare(self, t: int) -> None:
        """Each half has room for the tiers of the other: binds only for the pair that is chosen."""
        total = sum(group.load_kw[t] for group in self.estate.groups)
        for halves, column in self.pairing.items():
            for lost, other in (halves, halves[::-1]):
                terms = [*self._load(lost, t, self.estate.pair.tiers), *self._load(other, t), (column, total)]
                self.mip.row(terms, upper=total + self.estate.sites[other].capacity_kw)

    def plan(self, values: np.ndarray) -> EstatePlan:
        """The plan that rounded values stand for."""
        sites = range(len(self.estate.sites))
        return EstatePlan(
            open=tuple(tuple(s for s in sites if values[self.open[s, t]] > 0.5) for t in self.periods),
            location=tuple(
                tuple(max(sites, key=lambda s: values[self.at[g, s, t]]) for t in self.periods)
                for g in range(len(self.estate.groups))
            ),
            pair=next((halves for halves, column in self.pairing.items() if values[column] > 0.5), ()),
            edges=tuple(place for place, column in self.edges.items() if values[column] > 0.5),
        )


def can_hold(estate: Estate, rules: Sequence[Rule], seconds: float) -> bool:
    """Whether any plan meets these rules; undecided in time counts as yes."""
    built = EstateMip(estate, frozenset(rules))
    built.mip.costs = [0.0] * len(built.mip.costs)
    return built.mip.solve(seconds=seconds).status != "infeasible"

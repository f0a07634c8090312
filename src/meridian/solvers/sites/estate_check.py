"""The independent check of an estate's plan: every rule and every amount afresh from the model."""

import math
from dataclasses import dataclass

from meridian.kernel.console import Fault
from meridian.solvers.sites.estate import Estate, EstatePlan, distance_km

TOLERANCE = 1e-6


@dataclass(frozen=True)
class EstateCheck:
    """Discounted cost, its parts by kind, and energy and emissions per period."""

    cost: float
    parts: dict[str, float]
    energy_kwh: tuple[float, ...]
    emissions_kg: tuple[float, ...]


def checked_estate(estate: Estate, plan: EstatePlan) -> EstateCheck:
    """Verify `plan` and add up its cost; a plan that breaks a rule is a `Fault`."""
    for breach in [
        *_site_breaches(estate, plan),
        *_group_breaches(estate, plan),
        *_pair_breaches(estate, plan),
    ]:
        raise Fault(f"The solver's plan failed the check: {breach}.", "Report it with the file.")
    energy, emissions = _energy(estate, plan)
    parts = {
        "sites": math.fsum(_site_costs(estate, plan)),
        "energy": math.fsum(
            estate.discount(t)
            * group.load_kw[t]
            * estate.hours
            * estate.sites[plan.location[g][t]].pue
            * estate.sites[plan.location[g][t]].tariff_per_kwh[t]
            for t in range(len(estate.periods))
            for g, group in enumerate(estate.groups)
        ),
        "network": math.fsum(_network_costs(estate, plan)),
        "migration": math.fsum(
            estate.discount(t) * estate.groups[g].migration_cost for g, t in _moves(estate, plan)
        ),
        "carbon": math.fsum(
            estate.discount(t) * estate.carbon_price_per_kg * kg for t, kg in enumerate(emissions)
        ),
    }
    return EstateCheck(math.fsum(parts.values()), parts, energy, emissions)


def _moves(estate: Estate, plan: EstatePlan) -> list[tuple[int, int]]:
    """Each (group, period) in which a group is somewhere else than before."""
    moves = []
    for g, group in enumerate(estate.groups):
        before = group.now
        for t, site in enumerate(plan.location[g]):
            if before is not None and site != before:
                moves.append((g, t))
            before = site
    return moves


def _energy(estate: Estate, plan: EstatePlan) -> tuple[tuple[float, ...], tuple[float, ...]]:
    count = len(estate.periods)
    energy, emissions = [0.0] * count, [0.0] * count
    for g, group in enumerate(estate.groups):
        for t, at in enumerate(plan.location[g]):
            used = group.load_kw[t] * estate.hours * estate.sites[at].pue
            energy[t] += used
            emissions[t] += used * estate.sites[at].kg_per_kwh[t]
    for g, t in _moves(estate, plan):
        emissions[t] += estate.groups[g].migration_kg
    return tuple(energy), tuple(emissions)


def _site_costs(estate: Estate, plan: EstatePlan) -> list[float]:
    costs = []
    for s, site in enumerate(estate.sites):
        was_open = site.open_now
        for t, open_sites in enumerate(plan.open):
            is_open, leased = s in open_sites, site.open_now and t < site.lease_ends
            costs.append(estate.discount(t) * site.fixed_cost[t] * (is_open or leased))
            costs.append(estate.discount(t) * site.opening_cost * (is_open and not was_open))
            costs.append(estate.discount(t) * site.closing_cost * (was_open and not is_open))
            was_open = is_open
    return costs


def _network_costs(estate: Estate, plan: EstatePlan) -> list[float]:
    costs = []
    for t in range(len(estate.periods)):
        for g, group in enumerate(estate.groups):
            site = estate.sites[plan.location[g][t]].name
            costs += [
                estate.discount(t) * estate.network_costs.get((place, site), 0.0) for place in group.users
            ]
        costs += [estate.discount(t) * estate.edge_costs[place] for place in plan.edges]
    return costs


def _site_breaches(estate: Estate, plan: EstatePlan) -> list[str]:
    found = []
    for s, site in enumerate(estate.sites):
        states = [site.open_now] + [s in open_sites for open_sites in plan.open]
        changes = [
            (before, after) for before, after in zip(states, states[1:], strict=False) if before != after
        ]
        if (True, False) in changes and changes[-1] != (True, False):
            found.append(f"{site.name} opens again after it was closed")
        for t, period in enumerate(estate.periods):
            is_open = s in plan.open[t]
            load = math.fsum(g.load_kw[t] for at, g in enumerate(estate.groups) if plan.location[at][t] == s)
            if load > site.capacity_kw * is_open + TOLERANCE:
                found.append(
                    f"{site.name} carries {load:g} kW in {period} and holds {site.capacity_kw * is_open:g}"
                )
            if is_open and site.close_by is not None and t >= site.close_by:
                found.append(f"{site.name} is open in {period} though it must be closed")
            if not is_open and t < site.keep_until:
                found.append(f"{site.name} is closed in {period} though it must be kept")
    return found


def _group_breaches(estate: Estate, plan: EstatePlan) -> list[str]:
    found = []
    for g, group in enumerate(estate.groups):
        for t, at in enumerate(plan.location[g]):
            site = estate.sites[at]
            if at not in plan.open[t]:
                found.append(f"{group.name} lives in {site.name}, closed in {estate.periods[t]}")
            if group.residency and site.country not in group.residency:
                found.append(f"{group.name} may not reside in {site.name}")
            if set(estate.too_far(group, site)) - set(plan.edges):
                found.append(f"{group.name} answers too late from {site.name}")
    return found


def _pair_breaches(estate: Estate, plan: EstatePlan) -> list[str]:
    if estate.pair is None:
        return []
    if len(plan.pair) != 2 or plan.pair[0] == plan.pair[1]:
        return ["there is no mirrored pair"]
    found = []
    here, there = (estate.sites[at] for at in plan.pair)
    if distance_km(here, there) < estate.pair.minimum_km:
        found.append(f"{here.name} and {there.name} are too near each other")
    if estate.pair.hazards_differ and here.hazards & there.hazards:
        found.append(f"{here.name} and {there.name} share a hazard")
    for t in range(estate.pair.first_period, len(estate.periods)):
        for half, other in (plan.pair, plan.pair[::-1]):
            if half not in plan.open[t]:
                found.append(f"{estate.sites[half].name} of the pair is closed in {estate.periods[t]}")
            lost = math.fsum(
                g.load_kw[t] for at, g in enumerate(estate.groups)
                if plan.location[at][t] == half and g.tier in estate.pair.tiers
            )  # fmt: skip
            kept = math.fsum(
                g.load_kw[t] for at, g in enumerate(estate.groups) if plan.location[at][t] == other
            )
            if lost > estate.sites[other].capacity_kw - kept + TOLERANCE:
                found.append(
                    f"{estate.sites[other].name} has no room for the tiers of {estate.sites[half].name}"
                )
        outside = [
            g.name for at, g in enumerate(estate.groups)
            if g.tier in estate.pair.tiers and plan.location[at][t] not in plan.pair
        ]  # fmt: skip
        found += [f"{name} lives outside the pair" for name in outside]
    return found

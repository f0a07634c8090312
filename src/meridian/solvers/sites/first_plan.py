"""A plan and a bound of a capacitated model at once, without any library: what stands when time is short."""

from collections.abc import Iterator

from meridian.solvers.sites.warehouses import Supply, Warehouses

SPECK = 1e-9


def quick_bound(model: Warehouses) -> float:
    """Everyone at the least of cost plus the share of a fixed cost that its demand takes of the room."""
    room = [
        (at, cost / capacity)
        for at, (cost, capacity) in enumerate(zip(model.fixed_costs, model.capacities, strict=True))
        if capacity > 0
    ]
    return sum(
        min((costs[at] + demand * per_unit for at, per_unit in room), default=0.0)
        if demand > 0
        else min(costs)
        for demand, costs in zip(model.demands, model.costs, strict=True)
    )


def first_plan(model: Warehouses) -> Supply | None:
    """Open by cost per room until everyone fits, served where cheapest; None when somebody finds no room."""
    order = sorted(
        (at for at, capacity in enumerate(model.capacities) if capacity > 0),
        key=lambda at: (_cost_of_opening(model, at), at),
    )
    if not order:
        return None
    need, room = sum(model.demands), 0.0
    for count, at in enumerate(order, 1):
        room += model.capacities[at]
        if room >= need * (1 - SPECK):
            plan = _serve(model, order[:count])
            if plan is not None:
                return plan
    return None


def _cost_of_opening(model: Warehouses, at: int) -> float:
    """Fixed cost per room and mean cost per demand of one warehouse."""
    served = sum(costs[at] for costs in model.costs) / max(sum(model.demands), SPECK)
    return model.fixed_costs[at] / model.capacities[at] + served


def _serve(model: Warehouses, opened: list[int]) -> Supply | None:
    free = {at: model.capacities[at] for at in opened}
    shares: list[tuple[int, int, float]] = []
    for customer in sorted(range(len(model.demands)), key=lambda each: -model.demands[each]):
        parts = list(_parts(model, customer, free))
        total = sum(share for _, share in parts)
        if total < 1 - 1e-7:
            return None
        shares += [(customer, at, share / total) for at, share in parts]
    return Supply(tuple(sorted({at for _, at, _ in shares})), tuple(sorted(shares)))


def _parts(model: Warehouses, customer: int, free: dict[int, float]) -> Iterator[tuple[int, float]]:
    """Where one customer finds room, the cheapest first; with one source all of it or nothing."""
    demand, left = model.demands[customer], 1.0
    for at in sorted(free, key=lambda each: model.costs[customer][each]):
        share = left if demand * left <= free[at] else free[at] / demand
        if share < SPECK or (model.single_source and share < 1.0):
            continue
        free[at] = max(0.0, free[at] - share * demand)
        left -= share
        yield at, share
        if left < SPECK:
            return

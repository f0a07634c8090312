"""Warehouse location: the model, the OR-Library file format and the independent check.

The files (Beasley, "OR-Library", J. Oper. Res. Soc. 41(11), 1990) hold: the numbers of
warehouses m and customers n; capacity and fixed cost of every warehouse; then for every
customer its demand and m costs, each for serving the **whole** demand from one warehouse.
The large files give the word `capacity` where the planner must choose a number.
"""

import math
from dataclasses import dataclass
from pathlib import Path

from meridian.kernel.console import Fault
from meridian.solvers.solving.intake import Numbers, read_text

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Warehouses:
    """A location problem; `costs[customer][warehouse]` serves the whole demand, positions count from 0."""

    instance: str
    capacities: tuple[float, ...]
    fixed_costs: tuple[float, ...]
    demands: tuple[float, ...]
    costs: tuple[tuple[float, ...], ...]
    uncapacitated: bool = False
    single_source: bool = False


@dataclass(frozen=True)
class Supply:
    """A plan: the open warehouses, and who serves which share of whom as (customer, warehouse, share)."""

    open: tuple[int, ...]
    shares: tuple[tuple[int, int, float], ...]


def read_warehouses(
    path: Path, *, uncapacitated: bool = False, single_source: bool = False, capacity: float | None = None
) -> Warehouses:
    """Read an OR-Library file, plain or .xz; `capacity` stands where the file says `capacity`."""
    numbers = Numbers(read_text(path), path)
    warehouse_count = numbers.count("the number of warehouses", minimum=1)
    customer_count = numbers.count("the number of customers", minimum=1)
    capacities, fixed_costs = [], []
    for position in range(1, warehouse_count + 1):
        capacities.append(_capacity(numbers, position, uncapacitated, capacity))
        fixed_costs.append(numbers.number(f"the fixed cost of warehouse {position}"))
    demands, costs = [], []
    for position in range(1, customer_count + 1):
        demands.append(numbers.number(f"the demand of customer {position}"))
        costs.append(
            tuple(
                numbers.number(f"cost {at} of {warehouse_count} of customer {position} of {customer_count}")
                for at in range(1, warehouse_count + 1)
            )
        )
    numbers.finish(f"the costs of customer {customer_count}")
    instance = path.name.removesuffix(".xz").removesuffix(".txt")
    model = Warehouses(
        instance,
        tuple(capacities),
        tuple(fixed_costs),
        tuple(demands),
        tuple(costs),
        uncapacitated,
        single_source,
    )
    if not uncapacitated:
        _refuse_impossible(model, path)
    return model


def _capacity(numbers: Numbers, position: int, uncapacitated: bool, chosen: float | None) -> float:
    what = f"the capacity of warehouse {position}"
    word = numbers.word(what)
    if word == "capacity":
        if uncapacitated:
            return math.inf
        if chosen is None:
            numbers.refuse(
                "the file leaves the capacity open", "Choose it with --capacity, or give --uncapacitated."
            )
        return chosen
    try:
        value = float(word)
    except ValueError:
        numbers.refuse(f"{what} should be a number, not {word!r}")
    if not 0 <= value < math.inf:
        numbers.refuse(f"{what} should be at least 0, not {word}")
    return value


def _refuse_impossible(model: Warehouses, path: Path) -> None:
    demand, capacity = math.fsum(model.demands), math.fsum(model.capacities)
    if demand > capacity * (1 + TOLERANCE):
        raise Fault(
            f"{path}: all customers together need {demand:g}, all warehouses together hold {capacity:g}.",
            "Raise a capacity or drop a customer.",
        )
    largest = max(model.capacities)
    for position, need in enumerate(model.demands, 1):
        if model.single_source and need > largest * (1 + TOLERANCE):
            raise Fault(
                f"{path}: customer {position} needs {need:g} from one source, the largest holds {largest:g}.",
                "Allow several sources, or raise a capacity.",
            )


def checked_cost(model: Warehouses, supply: Supply) -> float:
    """The cost of a plan, added up afresh from the model; a plan that breaks a rule is a `Fault`."""
    is_open = set(supply.open)
    received, load = [0.0] * len(model.demands), [0.0] * len(model.capacities)
    parts = [model.fixed_costs[warehouse] for warehouse in is_open]
    for customer, warehouse, share in supply.shares:
        _require(warehouse in is_open, f"customer {customer} is served from closed warehouse {warehouse}")
        _require(share > 0, f"customer {customer} has a share of {share:g}")
        _require(not model.single_source or share == 1.0, f"customer {customer} has more than one source")
        received[customer] += share
        load[warehouse] += share * model.demands[customer]
        parts.append(share * model.costs[customer][warehouse])
    for customer, share in enumerate(received):
        _require(abs(share - 1) <= TOLERANCE, f"customer {customer} receives {share:g} of its demand")
    for warehouse, used in enumerate(load):
        limit = math.inf if model.uncapacitated else model.capacities[warehouse]
        _require(
            used <= limit + TOLERANCE * max(1.0, limit), f"warehouse {warehouse} holds {used:g} of {limit:g}"
        )
    return math.fsum(parts)


def _require(holds: bool, breach: str) -> None:
    if not holds:
        raise Fault(f"The solver's plan failed the check: {breach}.", "Report it with the file.")

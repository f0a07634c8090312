"""`meridian plan sites`: which facilities stay open."""

import math
from pathlib import Path
from typing import Any

import click

from meridian.kernel.console import Fault, json_option, print_json
from meridian.solvers.sites.dual_ascent import LARGEST_CELLS, ascend
from meridian.solvers.sites.estate import read_estate
from meridian.solvers.sites.estate_check import checked_estate
from meridian.solvers.sites.first_plan import first_plan, quick_bound
from meridian.solvers.sites.warehouses import Warehouses, checked_cost, read_warehouses
from meridian.solvers.solving.limits import Limits, limits_from
from meridian.solvers.solving.worker import NOTHING_KNOWN, Known, run

SOLVER = "meridian.solvers.sites.solve"
ESTATE_SOLVER = "meridian.solvers.sites.solve_estate"
PROVEN_WITHIN = 1e-7


@click.command("sites")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--uncapacitated", is_flag=True, help="Let every facility hold any load.")
@click.option("--single-source", is_flag=True, help="Serve every customer from one facility.")
@click.option("--capacity", type=float, help="The number where the file says 'capacity'.")
@click.option("--seconds", type=float, default=60.0, show_default=True, help="Limit, start-up included.")
@json_option
def sites(
    file: Path,
    uncapacitated: bool,
    single_source: bool,
    capacity: float | None,
    seconds: float,
    as_json: bool,
) -> None:
    """Choose the facilities that stay open in FILE at least cost, with a proven bound.

    FILE is an OR-Library warehouse file (plain or .xz; sites are counted from 0 in its order),
    or an estate of our own in .json, described in the module's README.
    """
    limits = limits_from(seconds)
    if file.suffix == ".json":
        if uncapacitated or single_source or capacity is not None:
            raise Fault(
                "An estate says itself what its sites hold.", "Leave out the options for warehouse files."
            )
        report = _plan_estate(file, limits)
    else:
        report = _plan_warehouses(file, uncapacitated, single_source, capacity, limits)
    if as_json:
        print_json(report)
    else:
        _print(report)


def _plan_warehouses(
    file: Path, uncapacitated: bool, single_source: bool, capacity: float | None, limits: Limits
) -> dict[str, Any]:
    if uncapacitated and (single_source or capacity is not None):
        raise Fault("Without capacities everyone has one source already.", "Give --uncapacitated alone.")
    if capacity is not None and not 0 < capacity < float("inf"):
        raise Fault(f"A capacity of {capacity:g} holds nothing.", "Give --capacity a number above 0.")
    model = read_warehouses(file, uncapacitated=uncapacitated, single_source=single_source, capacity=capacity)
    outcome = run(SOLVER, model, limits, known=_known(model))
    objective = checked_cost(model, outcome.solution)
    proven = outcome.proven(PROVEN_WITHIN)
    return {
        "instance": model.instance,
        "objective": round(objective, 6),
        "bound": round(min(outcome.bound, objective), 6) if outcome.bound > float("-inf") else None,
        "proven": proven,
        "open": list(outcome.solution.open),
        "seconds": outcome.seconds,
    }


def _known(model: Warehouses) -> Known:
    """A first plan and bound at once; for a small uncapacitated model often with its proof."""
    if not model.uncapacitated:
        plan = first_plan(model)
        bound = quick_bound(model)
        return Known(checked_cost(model, plan), plan, bound) if plan else Known(math.inf, None, bound)
    if len(model.demands) * len(model.capacities) > LARGEST_CELLS:
        return NOTHING_KNOWN
    cost, supply, bound = ascend(model)
    proves = cost - bound <= PROVEN_WITHIN * 1e-2 * max(1.0, cost)
    return Known(cost, supply, cost if proves else bound)


def _plan_estate(file: Path, limits: Limits) -> dict[str, Any]:
    model = read_estate(file)
    outcome = run(ESTATE_SOLVER, model, limits)
    check = checked_estate(model, outcome.solution)
    return {
        "instance": model.name,
        "objective": round(check.cost, 2),
        "bound": round(min(outcome.bound, check.cost), 2) if outcome.bound > float("-inf") else None,
        "proven": outcome.proven(PROVEN_WITHIN),
        "open": [[model.sites[site].name for site in period] for period in outcome.solution.open],
        "seconds": outcome.seconds,
        "pair": [model.sites[site].name for site in outcome.solution.pair],
        "location": {
            group.name: [model.sites[site].name for site in outcome.solution.location[at]]
            for at, group in enumerate(model.groups)
        },
        "parts": {name: round(value, 2) for name, value in check.parts.items()},
        "energy_kwh": [round(value, 1) for value in check.energy_kwh],
        "emissions_kg": [round(value, 1) for value in check.emissions_kg],
    }


def _print(report: dict[str, Any]) -> None:
    bound = "no bound yet" if report["bound"] is None else f"bound {report['bound']}"
    proof = "proven least" if report["proven"] else bound
    click.echo(f"{report['instance']}: cost {report['objective']} ({proof}) after {report['seconds']} s")
    periods = report["open"] if report["open"] and isinstance(report["open"][0], list) else [report["open"]]
    for number, period in enumerate(periods, 1):
        head = f"period {number}: " if len(periods) > 1 else "open: "
        click.echo(head + ", ".join(map(str, period)))


VERBS: dict[str, click.Command] = {"plan sites": sites}

"""Which rules and counts of hosts cannot hold together, when no packing keeps them all."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from meridian.kernel.console import Fault
from meridian.solvers.hosts.bound import lower_bound
from meridian.solvers.hosts.estate import Estate
from meridian.solvers.hosts.exact import Ears, Effort, pack_exactly, small_enough
from meridian.solvers.hosts.model import build_problem
from meridian.solvers.solving.conflict import smallest_conflict

FIELDS = ("apart", "together", "near", "spread")
LARGEST_TRIAL_SECONDS = 2.0
MOST_NAMED = 5
Rule = tuple[str, int]


def impossible(estate: Estate, effort: Effort) -> Fault:
    """A fault that names a smallest set of rules and counts at fault, as far as `effort` can tell."""
    rules: list[Rule] = [(field, at) for field in FIELDS for at in range(len(getattr(estate, field)))]
    rules += [("count", at) for at, kind in enumerate(estate.kinds) if kind.count is not None]
    trial = replace(effort, seconds=min(LARGEST_TRIAL_SECONDS, effort.seconds / (2 + 2 * len(rules))))
    found = smallest_conflict(rules, lambda kept: _can_hold(estate, kept, trial))
    if not found:
        return Fault(
            "No packing keeps every rule at once: the hosts there are do not suffice.",
            "Give more hosts or fewer rules.",
        )
    named = "; ".join(_named(estate, rule) for rule in found)
    return Fault(f"These cannot hold together: {named}.", "Give more hosts or drop one of them.")


def _can_hold(estate: Estate, kept: Sequence[Rule], effort: Effort) -> bool:
    """Whether the estate can be packed with these rules only; True where that is not found out."""
    rules: dict[str, Any] = {
        field: tuple(getattr(estate, field)[at] for name, at in kept if name == field) for field in FIELDS
    }
    kinds = tuple(
        kind if ("count", at) in kept else replace(kind, count=None) for at, kind in enumerate(estate.kinds)
    )
    # Costs make no difference here; without them the first packing found will do.
    kinds = tuple(replace(kind, cost=0) for kind in kinds)
    problem = build_problem(replace(estate, kinds=kinds, **rules))
    if not problem.fits().any(axis=1).all():
        return False
    if lower_bound(problem, seconds=effort.seconds) is None:
        return False
    if not small_enough(problem, None):
        return True
    ears = Ears(lambda _hosts, _cost: None, lambda _bound: None)
    return pack_exactly(problem, None, None, effort, ears) is not False


def _named(estate: Estate, rule: Rule) -> str:
    field, at = rule
    if field == "count":
        return f"{estate.kinds[at].count} hosts of kind {estate.kinds[at].name!r}"
    group = estate.spread[at].workloads if field == "spread" else getattr(estate, field)[at]
    names = ", ".join(repr(estate.workloads[each].name) for each in group[:MOST_NAMED])
    more = f" and {len(group) - MOST_NAMED} others" if len(group) > MOST_NAMED else ""
    domains = f" over {estate.spread[at].domains} domains" if field == "spread" else ""
    return f"{field} {names}{more}{domains}"

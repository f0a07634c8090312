"""A wave plan as people and programs read it: cost and bound by term, groups, sites, what changed."""

import time
from typing import Any

from meridian.solvers.scheduling.facade import Scheduled
from meridian.solvers.solving.limits import Limits
from meridian.solvers.waves.plan import Move, Plan, WavePlan
from meridian.solvers.waves.terms import least_terms, limits_for_terms
from meridian.solvers.waves.translation import Former, Translation, group_name
from meridian.solvers.waves.wave_check import checked_waves, cost_terms


def wave_report(translation: Translation, done: Scheduled, limits: Limits) -> dict[str, Any]:
    """The report of a plan that passed the check; terms that are proven by themselves add to the bound."""
    plan, former = translation.plan, translation.former
    solution = translation.waves(done.schedule)
    cost = checked_waves(plan, solution, former)
    costs = cost_terms(plan, solution, former)
    allowed = limits_for_terms(limits, interrupted=done.interrupted)
    least = least_terms(translation.project, costs, allowed)
    bound = min(cost, max(sum(least.values()), done.bound))
    changes = _changes(plan, solution, former)
    return {
        "instance": plan.name,
        "objective": cost,
        "bound": bound,
        "proven": bound == cost,
        "seconds": round(time.monotonic() - limits.started_at, 3),
        "terms": [{"name": name, "cost": each, "least": least[name]} for name, each in costs.items()],
        "groups": [_row(plan, move) for move in solution.moves],
        "cuts": [list(pair) for pair in solution.cuts],
        "sites": _site_rows(plan, solution),
        "changed": changes,
        "churn": _churn(solution, former, changes),
    }


def _row(plan: Plan, move: Move) -> dict[str, Any]:
    servers = sum(each.servers for each in plan.workloads if each.name in move.workloads)
    return {
        "name": group_name(move.workloads),
        "wave": move.start // plan.wave_days + 1,
        "workloads": list(move.workloads),
        "servers": servers,
        "method": move.method,
        "start": plan.day(move.start).isoformat(),
        "end": plan.day(move.until - 1).isoformat(),
    }


def _site_rows(plan: Plan, solution: WavePlan) -> list[dict[str, str]]:
    """The day on which the last workload leaves each site."""
    ends: dict[str, int] = {}
    for move in solution.moves:
        for workload in plan.workloads:
            if workload.site and workload.name in move.workloads:
                ends[workload.site] = max(ends.get(workload.site, 0), move.until)
    return [{"name": site, "empty_on": plan.day(end - 1).isoformat()} for site, end in sorted(ends.items())]


def _changes(plan: Plan, solution: WavePlan, former: Former) -> list[dict[str, Any]]:
    """The groups that were planned before and now start on another day or move another way."""
    before = {frozenset(move.workloads): move for move in former.moves}
    changes = []
    for move in solution.moves:
        planned = before.get(frozenset(move.workloads))
        if planned is not None and (planned.start, planned.method) != (move.start, move.method):
            changes.append(
                {
                    "name": group_name(move.workloads),
                    "former_start": plan.day(planned.start).isoformat(),
                    "start": plan.day(move.start).isoformat(),
                    "days": move.start - planned.start,
                    "former_method": planned.method,
                    "method": move.method,
                }
            )
    return changes


def _churn(solution: WavePlan, former: Former, changes: list[dict[str, Any]]) -> dict[str, int]:
    """How much of the former plan is left: groups that had begun, groups that changed, days they moved."""
    planned = {frozenset(move.workloads): move for move in former.moves}
    again = [planned[key] for move in solution.moves if (key := frozenset(move.workloads)) in planned]
    return {
        "planned_before": len(again),
        "begun": sum(move.start < former.today for move in again),
        "changed": len(changes),
        "days": sum(abs(change["days"]) for change in changes),
    }

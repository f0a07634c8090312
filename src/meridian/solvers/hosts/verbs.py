"""`meridian plan hosts`: which host carries which workload, and what packing by the hour saves."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from meridian.kernel.console import Fault, json_option, print_json
from meridian.solvers.hosts.check import Load, Verdict, verified
from meridian.solvers.hosts.estate import Estate, host_name, read_estate
from meridian.solvers.hosts.hours_week import hour_name
from meridian.solvers.hosts.plan import HostsJob
from meridian.solvers.solving.limits import Limits, limits_from
from meridian.solvers.solving.worker import NOTHING_KNOWN, Known, Outcome, run

SOLVER = "meridian.solvers.hosts.solve"
PEAKS_SHARE = 0.4


@click.command("hosts")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--seconds", type=float, default=60.0, show_default=True, help="Limit, start-up included.")
@click.option("--seed", type=int, default=1, show_default=True, help="Start of the random numbers.")
@click.option("--steps", type=int, help="Stop after so many rounds, on one thread: a repeatable run.")
@json_option
def hosts(file: Path, seconds: float, seed: int, steps: int | None, as_json: bool) -> None:
    """Pack the workloads of FILE (.json, see the module's README) on hosts, by the hour and by peaks."""
    limits = limits_from(seconds, seed, steps)
    estate = read_estate(file)
    peaks = _packed_by_peaks(estate, limits)
    by_hour = _packed_by_hour(estate, peaks, limits)
    report = _report(estate, by_hour, peaks)
    if as_json:
        print_json(report)
    else:
        _print(report)


def _packed_by_peaks(estate: Estate, limits: Limits) -> Outcome | Fault:
    """The packing by peaks, or why there is none: hosts that hold every hour need not hold all peaks."""
    click.echo("Packing by peaks", err=True)
    share = limits.keeping((1 - PEAKS_SHARE) * limits.seconds)
    try:
        return run(SOLVER, HostsJob(estate.by_peaks()), share)
    except Fault as fault:
        return fault


def _packed_by_hour(estate: Estate, peaks: Outcome | Fault, limits: Limits) -> Outcome:
    """The packing by the hour, never dearer than by peaks: what holds for peaks holds for every hour."""
    if isinstance(peaks, Fault):
        job, known = HostsJob(estate), NOTHING_KNOWN
    else:
        job = HostsJob(estate, peaks.solution.hosts)
        known = Known(peaks.objective, peaks.solution)
        if peaks.interrupted:
            return replace(peaks, bound=-math.inf)
    click.echo("Packing by the hour", err=True)
    return run(SOLVER, job, limits, known=known)


def _report(estate: Estate, by_hour: Outcome, peaks: Outcome | Fault) -> dict[str, Any]:
    verdict = verified(estate, by_hour.solution, round(by_hour.objective))
    report = {
        "instance": estate.name,
        "week": estate.week.isoformat() if estate.week else None,
        "seconds": by_hour.seconds,
        "by_hour": _figures(verdict, by_hour),
    }
    if isinstance(peaks, Fault):
        return report | {
            "by_peaks": None,
            "by_peaks_fault": peaks.message,
            "saving": None,
            "placement": _placement(estate, verdict),
        }
    at_peaks = verified(estate.by_peaks(), peaks.solution, round(peaks.objective))
    # What hosts draw follows the use that really is, whichever way they were packed.
    drawn = verified(estate, peaks.solution, round(peaks.objective))
    return report | {
        "by_peaks": _figures(replace(at_peaks, watt_hours=drawn.watt_hours), peaks),
        "saving": _saving(verdict, drawn),
        "placement": _placement(estate, verdict),
    }


def _figures(verdict: Verdict, outcome: Outcome) -> dict[str, Any]:
    bound = math.ceil(outcome.bound - 1e-6) if math.isfinite(outcome.bound) else None
    return {
        "hosts": len(verdict.loads),
        "objective": verdict.cost,
        "bound": bound,
        "proven": bound == verdict.cost,
        "moved": verdict.moved,
        "kilowatt_hours_per_week": _kilowatt_hours(verdict.watt_hours),
    }


def _saving(by_hour: Verdict, peaks: Verdict) -> dict[str, Any]:
    energy = None
    if by_hour.watt_hours is not None and peaks.watt_hours is not None:
        energy = _kilowatt_hours(peaks.watt_hours - by_hour.watt_hours)
    return {
        "hosts": len(peaks.loads) - len(by_hour.loads),
        "objective": peaks.cost - by_hour.cost,
        "kilowatt_hours_per_week": energy,
    }


def _kilowatt_hours(watt_hours: float | None) -> float | None:
    return None if watt_hours is None else round(watt_hours / 1000, 3)


def _placement(estate: Estate, verdict: Verdict) -> list[dict[str, Any]]:
    return [
        {
            "host": host_name(estate.kinds[load.kind], load.number),
            "domain": estate.kinds[load.kind].domain or None,
            "workloads": [estate.workloads[each].name for each in load.workloads],
            "fullest": _fullest(estate, load),
        }
        for load in verdict.loads
    ]


def _fullest(estate: Estate, load: Load) -> dict[str, Any]:
    """The resource and the hour (UTC) in which least of what is usable is left."""
    usable = estate.kinds[load.kind].usable
    filled, resource, hour = max(
        (amount / usable[resource], -resource, -hour)
        for resource, use in enumerate(load.use)
        for hour, amount in enumerate(use)
    )
    return {
        "resource": estate.resources[-resource],
        "hour": -hour,
        "when": f"{hour_name(-hour)} UTC",
        "share": round(filled, 4),
    }


def _print(report: dict[str, Any]) -> None:
    for name, words in (("by_peaks", "by peaks"), ("by_hour", "by the hour")):
        figures = report[name]
        if figures is None:
            click.echo(f"{words}: none ({report['by_peaks_fault']})")
            continue
        proof = "proven least" if figures["proven"] else f"bound {figures['bound']}"
        click.echo(f"{words}: {figures['hosts']} hosts, cost {figures['objective']} ({proof})")
    if report["saving"] is not None:
        click.echo(f"saved: {report['saving']['hosts']} hosts, cost {report['saving']['objective']}")
    for row in report["placement"]:
        full = row["fullest"]
        most = f"{full['share']:.0%} of {full['resource']} on {full['when']}"
        click.echo(f"{row['host']}: {', '.join(row['workloads'])} ({most})")


VERBS: dict[str, click.Command] = {"plan hosts": hosts}

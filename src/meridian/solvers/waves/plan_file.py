"""Read a wave plan from a JSON file; a fault names the record and the field (the README lists them)."""

from datetime import date
from pathlib import Path
from typing import Any

from meridian.kernel.console import Fault
from meridian.solvers.solving.intake import Record, read_json, unique
from meridian.solvers.waves.plan import (
    Dependency,
    Freeze,
    Method,
    Plan,
    Supply,
    Weights,
    Workload,
)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LARGEST_HORIZON_DAYS = 7_300


def read_plan(path: Path) -> Plan:
    """Read and check a wave plan; a fault names the record and the field."""
    model = read_json(path)
    dates = _Dates(model)
    workloads = tuple(_workload(each, dates) for each in model.records("workloads"))
    unique((each.name for each in workloads), "workloads", path)
    methods = [_method(each) for each in model.records("methods")]
    unique((each.name for each in methods), "methods", path)
    supplies = tuple(_supply(each, dates) for each in model.records("resources", []))
    unique((each.name for each in supplies), "resources", path)
    names = {each.name for each in workloads}
    plan = Plan(
        name=model.text("name", path.stem),
        first_day=dates.first_day,
        horizon_days=dates.horizon_days,
        wave_days=model.whole("wave_days", 28, minimum=1),
        group_limit=model.whole("group_limit", 50, minimum=1),
        workloads=workloads,
        dependencies=tuple(_dependency(each, names) for each in model.records("dependencies", [])),
        prerequisites=tuple(_prerequisite(each, names) for each in model.records("prerequisites", [])),
        methods={each.name: each for each in methods},
        supplies=supplies,
        freezes=tuple(
            _freeze(each, dates, {each.site for each in workloads}) for each in model.records("freezes", [])
        ),
        windows=dict(_window(each) for each in model.records("windows", [])),
        weights=_weights(model.record("weights")),
    )
    model.finish()
    _refuse_unknown(plan, path)
    return plan


class _Dates:
    """Turns dates of the file into days of the plan."""

    def __init__(self, model: Record) -> None:
        self.first_day = self._date(model, "start", ...)
        self.horizon_days = model.whole("horizon_days", 365, minimum=1)
        if self.horizon_days > LARGEST_HORIZON_DAYS:
            model.refuse(f"'horizon_days' should be at most {LARGEST_HORIZON_DAYS:,}")

    def day(self, record: Record, name: str, default: Any = ..., *, after: int = 0) -> Any:
        chosen = self._date(record, name, default)
        return chosen if chosen is default else (chosen - self.first_day).days + after

    def _date(self, record: Record, name: str, default: Any) -> Any:
        words = record.text(name, default)
        if words is default:
            return default
        try:
            return date.fromisoformat(words)
        except ValueError:
            record.refuse(f"{name!r} should be a date such as 2026-01-31, not {words!r}")

    def span(self, record: Record) -> tuple[int, int]:
        """Days (from, until) of a record that names its first and last day."""
        since, until = self.day(record, "from"), self.day(record, "to", after=1)
        if until <= since:
            record.refuse("ends before it begins")
        return max(0, since), max(0, until)


def _workload(record: Record, dates: _Dates) -> Workload:
    workload = Workload(
        name=record.text("name"),
        servers=record.whole("servers", 1),
        gigabytes=record.number("gigabytes", 0.0),
        changed_gigabytes_per_day=record.number("changed_gigabytes_per_day", 0.0),
        site=record.text("site", ""),
        methods=record.texts("methods"),
        shared=record.flag("shared"),
        window=record.text("window", None),
        earliest=max(0, dates.day(record, "not_before", 0)),
        latest=dates.day(record, "out_by", None, after=1),
        due=dates.day(record, "due", None, after=1),
    )
    record.finish()
    return workload


def _dependency(record: Record, names: set[str]) -> Dependency:
    dependency = Dependency(
        record.text("user"),
        record.text("provider"),
        record.flag("strong"),
        record.number("gigabytes_per_day", 0.0),
    )
    _refuse_stranger(record, names, dependency.user, dependency.provider)
    record.finish()
    return dependency


def _prerequisite(record: Record, names: set[str]) -> tuple[str, str, int]:
    found = (record.text("before"), record.text("after"), record.whole("lag_days", 0))
    _refuse_stranger(record, names, *found[:2])
    record.finish()
    return found


def _refuse_stranger(record: Record, names: set[str], *wanted: str) -> None:
    for name in wanted:
        if name not in names:
            record.refuse(f"names no workload: {name!r}")


def _method(record: Record) -> Method:
    method = Method(
        name=record.text("name"),
        days=record.whole("days", 0),
        days_per_server=record.number("days_per_server", 0.0),
        team=record.text("team", None),
        people=record.whole("people", 1),
        link=record.text("link", None),
        megabits_per_second=record.whole("megabits_per_second", 100, minimum=1),
        efficiency=record.number("efficiency", 0.8, minimum=0.01),
        swing_hosts=record.text("swing_hosts", None),
        swing_per_server=record.number("swing_per_server", 1.0),
        cost=record.whole("cost", 0),
    )
    if method.efficiency > 1:
        record.refuse("'efficiency' should be at most 1")
    record.finish()
    return method


def _supply(record: Record, dates: _Dates) -> Supply:
    reductions = []
    for each in record.records("reductions", []):
        reductions.append((*dates.span(each), each.whole("amount")))
        each.finish()
    supply = Supply(record.text("name"), record.whole("capacity"), tuple(reductions))
    record.finish()
    return supply


def _freeze(record: Record, dates: _Dates, sites: set[str]) -> Freeze:
    since, until = dates.span(record)
    freeze = Freeze(since, until, frozenset(record.texts("sites", ())))
    for site in freeze.sites - sites:
        record.refuse(f"names a site that no workload is in: {site!r}")
    record.finish()
    return freeze


def _window(record: Record) -> tuple[str, frozenset[int]]:
    days = record.texts("weekdays")
    for day in days:
        if day not in WEEKDAYS:
            record.refuse(f"names no weekday: {day!r}")
    name = record.text("name")
    record.finish()
    return name, frozenset(map(WEEKDAYS.index, days))


def _weights(record: Record) -> Weights:
    weights = Weights(
        makespan=record.whole("makespan", 1),
        late=record.whole("late", 100),
        traffic_per_gigabyte=record.whole("traffic_per_gigabyte", 0),
        churn=record.whole("churn", 5),
        sites={name: int(value) for name, value in record.table("sites").items()},
    )
    record.finish()
    return weights


def _refuse_unknown(plan: Plan, path: Path) -> None:
    """Names must lead somewhere: methods, windows and resources."""
    if not plan.workloads:
        raise Fault(f"{path}: a plan without workloads has nothing to move.", "Add workloads.")
    supplies = {each.name for each in plan.supplies}
    for workload in plan.workloads:
        unknown = [name for name in workload.methods if name not in plan.methods]
        if unknown or not workload.methods:
            told = f"knows no method {unknown[0]!r}" if unknown else "has no method to move by"
            raise Fault(f"{path}: {workload.name} {told}.", "Add it to methods.")
        if workload.window is not None and workload.window not in plan.windows:
            raise Fault(f"{path}: {workload.name} knows no window {workload.window!r}.", "Add it to windows.")
    for method in plan.methods.values():
        for name in (method.team, method.link, method.swing_hosts):
            if name is not None and name not in supplies:
                raise Fault(f"{path}: method {method.name} needs {name!r}, which is no resource.", "Add it.")

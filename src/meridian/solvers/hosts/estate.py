"""Workloads and hosts as a planner writes them down (`.json`, described in the README)."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from zoneinfo import available_timezones

from meridian.solvers.hosts.hours_week import HOURS_OF_WEEK, in_utc
from meridian.solvers.solving.intake import Record, read_json, unique

Hours = tuple[float, ...]


@dataclass(frozen=True)
class Kind:
    """Like hosts: `count` of them at most (None: as many as needed), in one fault domain.

    `usable` [resource] is what may be filled, headroom taken off; watts are None where nobody said.
    """

    name: str
    capacity: Hours
    usable: Hours
    cost: int = 1
    count: int | None = None
    domain: str = ""
    watts: tuple[float, float] | None = None


@dataclass(frozen=True)
class Workload:
    """`use` [resource] in UTC: one number the week through, or 168; `now` is the host it runs on."""

    name: str
    use: tuple[Hours, ...]
    now: str | None = None
    move_cost: int = 0


@dataclass(frozen=True)
class Spread:
    """These workloads stand in at least so many fault domains."""

    workloads: tuple[int, ...]
    domains: int


@dataclass(frozen=True)
class Estate:
    """Everything a packing must know; rules hold numbers of workloads in the order of the file."""

    name: str
    week: date | None
    resources: tuple[str, ...]
    kinds: tuple[Kind, ...]
    workloads: tuple[Workload, ...]
    apart: tuple[tuple[int, ...], ...] = ()
    together: tuple[tuple[int, ...], ...] = ()
    near: tuple[tuple[int, ...], ...] = ()
    spread: tuple[Spread, ...] = ()
    power_follows: int | None = None

    @cached_property
    def standing(self) -> dict[str, tuple[int, int]]:
        """The kind and the number (from 0) of every host that a workload runs on now."""
        named = {each.now for each in self.workloads if each.now}
        places = {name: _place(name, self.kinds) for name in sorted(named)}
        return {name: place for name, place in places.items() if place}

    def by_peaks(self) -> "Estate":
        """The same with every workload at its peak all week long."""
        flat = [
            replace(each, use=tuple((max(hours),) for hours in each.use)) for each in self.workloads
        ]  # fmt: skip
        return replace(self, workloads=tuple(flat))


def host_name(kind: Kind, number: int) -> str:
    """How a host is called: the kind and its number, from 1."""
    return f"{kind.name}-{number + 1}"


def _place(name: str, kinds: tuple[Kind, ...]) -> tuple[int, int] | None:
    kind_name, _, number = name.rpartition("-")
    for at, kind in enumerate(kinds):
        within = number.isdecimal() and number == str(int(number)) and int(number) >= 1
        if kind.name == kind_name and within and (kind.count is None or int(number) <= kind.count):
            return at, int(number) - 1
    return None


def read_estate(path: Path) -> Estate:
    """The estate of a JSON file; whatever can't be meant is a `Fault` naming the record at fault."""
    top = read_json(path)
    reading = _Reading(top, path)
    estate = reading.estate()
    top.finish()
    return estate


class _Reading:
    """One file on its way to an estate."""

    def __init__(self, top: Record, path: Path) -> None:
        self.top, self.path = top, path
        self.zones = available_timezones()
        self.week = self._week()
        self.profiles = {name: self._profile(name, each) for name, each in self._named("profiles", ())}
        kinds = self._named("kinds")
        if not kinds:
            top.refuse("has no kinds of hosts", "Give at least one in 'kinds'.")
        headroom = top.table("headroom")
        self.resources = tuple(kinds[0][1].table("capacity"))
        if not self.resources:
            kinds[0][1].refuse("has no capacity", "Name every resource and how much a host has of it.")
        for name, share in headroom.items():
            self._resource(top, name)
            if share >= 1:
                top.refuse(f"'headroom.{name}' should be a share below 1, not {share:g}")
        self.headroom = tuple(headroom.get(name, 0.0) for name in self.resources)
        self.kinds = tuple(self._kind(name, each) for name, each in kinds)

    def estate(self) -> Estate:
        workloads = tuple(self._workload(name, each) for name, each in self._named("workloads"))
        if not workloads:
            self.top.refuse("has no workloads", "Give at least one in 'workloads'.")
        self.numbers = {each.name: number for number, each in enumerate(workloads)}
        follows = self.top.text("power_follows", None)
        if follows is None and any(kind.watts for kind in self.kinds):
            self.top.refuse("gives watts but no 'power_follows'", "Name the resource whose use drives power.")
        return Estate(
            name=self.top.text("name", self.path.stem),
            week=self.week,
            resources=self.resources,
            kinds=self.kinds,
            workloads=workloads,
            apart=self._groups("apart"),
            together=self._groups("together"),
            near=self._groups("near"),
            spread=tuple(self._spread(each) for each in self.top.records("spread", [])),
            power_follows=None if follows is None else self._resource(self.top, follows),
        )

    def _named(self, field: str, default: object = ...) -> list[tuple[str, Record]]:
        """Records with their names, which take the place of their numbers in faults."""
        found = []
        records = self.top.records(field, default) if default is ... or self.top.has(field) else []
        for record in records:
            name = record.text("name")
            record.where = f"{field.removesuffix('s')} {name!r}"
            found.append((name, record))
        unique((name for name, _ in found), field, self.path)
        return found

    def _week(self) -> date | None:
        text = self.top.text("week", None)
        if text is None:
            return None
        try:
            week = date.fromisoformat(text)
        except ValueError:
            self.top.refuse(f"'week' should be a date such as 2026-01-12, not {text!r}")
        if week.weekday() != 0 or not 1971 <= week.year <= 2100:
            self.top.refuse(f"'week' should be a Monday between 1971 and 2100, not {text}")
        return week

    def _profile(self, name: str, record: Record) -> Hours:
        shape: Hours = record.numbers("hours", HOURS_OF_WEEK)
        record.finish()
        if max(shape) <= 0:
            record.refuse("is 0 in every hour", "A profile needs an hour with use.")
        return tuple(each / max(shape) for each in shape)

    def _kind(self, name: str, record: Record) -> Kind:
        capacity = record.table("capacity")
        for resource in (*self.resources, *capacity):
            if resource not in capacity or resource not in self.resources:
                record.refuse(f"and the kind {self.kinds_first} differ in {resource!r}", SAME_RESOURCES)
            if capacity[resource] <= 0:
                record.refuse(f"has no {resource}: its capacity should be above 0")
        idle, peak = record.number("idle_watts", None), record.number("peak_watts", None)
        if (idle is None) != (peak is None) or (idle is not None and peak < idle):
            record.refuse("should give 'idle_watts' and 'peak_watts', the second at least the first")
        amounts = tuple(float(capacity[each]) for each in self.resources)
        kind = Kind(
            name=name,
            capacity=amounts,
            usable=tuple(a * (1 - share) for a, share in zip(amounts, self.headroom, strict=True)),
            cost=record.whole("cost", 1),
            count=record.whole("count", None),
            domain=record.text("domain", ""),
            watts=None if idle is None else (idle, peak),
        )
        record.finish()
        return kind

    @property
    def kinds_first(self) -> str:
        return repr(self.top.records("kinds")[0].text("name"))

    def _workload(self, name: str, record: Record) -> Workload:
        zone = record.text("zone", None)
        if zone is not None and zone not in self.zones:
            record.refuse(f"stands in {zone!r}, no time zone of the IANA list (such as Africa/Nairobi)")
        if zone is not None and self.week is None:
            record.refuse("has a zone but the file has no 'week'", "Name the Monday of a reference week.")
        use: dict[int, Hours] = {}
        for resource, amount in record.table("flat").items():
            use[self._resource(record, resource)] = (float(amount),)
        for each in record.records("by_hour", []):
            at = self._resource(each, each.text("resource"))
            if at in use:
                each.refuse(f"gives {self.resources[at]!r} a second time")
            local = self._local_hours(each)
            use[at] = in_utc(local, zone, self.week) if zone is not None and self.week else local
        now = record.text("now", None)
        if now is not None and _place(now, self.kinds) is None:
            record.refuse(f"runs on {now!r} now, which is no host", "Write a kind and a number, as blade-1.")
        move_cost = record.whole("move_cost", 0)
        record.finish()
        return Workload(name, tuple(use.get(at, (0.0,)) for at in range(len(self.resources))), now, move_cost)

    def _local_hours(self, record: Record) -> Hours:
        """Either 168 numbers, or a profile raised to its peak."""
        if record.has("hours") == record.has("profile"):
            record.refuse("should have either 'hours' or 'profile' and 'peak'")
        if record.has("hours"):
            hours: Hours = record.numbers("hours", HOURS_OF_WEEK)
        else:
            name, peak = record.text("profile"), record.number("peak")
            if name not in self.profiles:
                known = ", ".join(self.profiles) or "none"
                record.refuse(f"follows an unknown profile {name!r}", f"Known are: {known}.")
            hours = tuple(peak * share for share in self.profiles[name])
        record.finish()
        return hours

    def _resource(self, record: Record, name: str) -> int:
        if name not in self.resources:
            record.refuse(f"names an unknown resource {name!r}", f"Known are: {', '.join(self.resources)}.")
        return self.resources.index(name)

    def _groups(self, field: str) -> tuple[tuple[int, ...], ...]:
        groups = []
        for record in self.top.records(field, []):
            groups.append(self._members(record))
            record.finish()
        return tuple(groups)

    def _spread(self, record: Record) -> Spread:
        spread = Spread(self._members(record), record.whole("domains", minimum=1))
        record.finish()
        return spread

    def _members(self, record: Record) -> tuple[int, ...]:
        names = record.texts("workloads")
        unknown = [name for name in names if name not in self.numbers]
        if unknown:
            record.refuse(f"names an unknown workload {unknown[0]!r}")
        if len(set(names)) < len(names):
            record.refuse("names a workload twice")
        if not names:
            record.refuse("names no workloads")
        return tuple(self.numbers[name] for name in names)


SAME_RESOURCES = "Every kind names the same resources."

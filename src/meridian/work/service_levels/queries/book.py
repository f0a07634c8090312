"""Everything that clocks are counted by, read at once and kept for a minute."""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from meridian.engine.records import reference
from meridian.kernel.working_time import ALWAYS_OPEN, Schedule
from meridian.registers.calendars.facade import working_times
from meridian.work.service_levels.models import ClockPolicy, PolicyVersion, SiteHours
from meridian.work.service_levels.rules.folding import Rules
from meridian.work.service_levels.rules.hours import (
    ANY,
    HUBS,
    SITE,
    TEAM,
    Hours,
    joined,
    parse_hours,
    schedule_of,
)
from meridian.work.service_levels.rules.terms import Promise, Scope, Terms
from meridian.work.servicedesk.facade import Category, HoldReason, Team

KEPT_SECONDS = 60
Site = reference("places.Site")
Calendar = reference("calendars.Calendar")


@dataclass(frozen=True)
class Book:
    """Policies as rules, and the calendar of each team, site and code; `hubs` are those of the hubs."""

    rules: Rules
    teams: Mapping[int, int]
    sites: Mapping[int, int | None]
    hubs: tuple[int, ...]
    codes: Mapping[str, int]
    reasons: Mapping[int, Any]

    def knows(self, team: int | None, site: int | None) -> bool:
        """Whether the rows stood in the tables when the book was read."""
        return (team is None or team in self.teams) and (site is None or site in self.sites)

    def calendars_of(self, hours: Hours, team: int | None, site: int | None) -> set[int]:
        """The calendars on which a clock in these hours depends."""
        found = {key for part in hours.parts for key in self.calendars_of(part, team, site)}
        own = {
            TEAM: (self.teams.get(team or 0),),
            SITE: (self.sites.get(site or 0),),
            HUBS: self.hubs,
        }.get(hours.kind, (self.codes.get(hours.code),))
        return found | {key for key in own if key is not None}


_kept: list[tuple[float, Book]] = []


def book() -> Book:
    """The book as it is; a change of it is seen by every process within a minute."""
    if not _kept or _kept[0][0] < time.monotonic():
        _kept[:] = [(time.monotonic() + KEPT_SECONDS, _read())]
    return _kept[0][1]


def book_knowing(standings: Iterable[tuple[int | None, int | None]]) -> Book:
    """The book with these teams and sites, read anew when it was read before one of them was made."""
    known = book()
    if not all(known.knows(team, site) for team, site in standings):
        forget_book()
        known = book()
    return known


def forget_book() -> None:
    """Read everything anew when next asked."""
    _kept.clear()


def _read() -> Book:
    teams = dict(Team.objects.values_list("pk", "calendar"))
    hubs = Team.objects.filter(is_hub=True, is_active=True).order_by("pk")
    codes = dict(Calendar.objects.values_list("code", "pk"))
    schedules = working_times(codes.values())
    sites = _sites()
    hub_calendars = tuple(dict.fromkeys(hubs.values_list("calendar", flat=True)))
    reasons = list(HoldReason.objects.all())

    def schedule(hours: Hours, team: int | None, site: int | None) -> Schedule:
        """Hours of what has none are no bound: they are open."""

        def known(leaf: Hours) -> Schedule:
            if leaf.kind == HUBS:
                return (
                    joined(ANY, tuple(schedules[key] for key in hub_calendars))
                    if hub_calendars
                    else ALWAYS_OPEN
                )
            key = {TEAM: teams.get(team or 0), SITE: sites.get(site or 0)}.get(
                leaf.kind, codes.get(leaf.code)
            )
            return schedules[key] if key is not None else ALWAYS_OPEN

        return schedule_of(hours, known)

    pausing = frozenset(reason.pk for reason in reasons if reason.pauses_clock)
    keys = {reason.code: reason.pk for reason in reasons}
    rules = Rules(_promises(keys), _wholes(), pausing, schedule)
    return Book(rules, teams, sites, hub_calendars, codes, {reason.pk: reason.name for reason in reasons})


def _sites() -> dict[int, int | None]:
    """The calendar of each site: its own, else that of the desk at its duty station."""
    desks = Team.objects.filter(kind=Team.Kind.DESK, is_active=True).order_by("-pk")
    by_station = dict(desks.values_list("duty_station", "calendar"))
    own = dict(SiteHours.objects.values_list("site", "calendar"))
    rows = Site.objects.values_list("pk", "duty_station")
    return {key: own.get(key, by_station.get(station)) for key, station in rows}


def _promises(reasons: Mapping[str, int]) -> dict[tuple[str, str], list[Promise]]:
    versions: dict[int, list[Terms]] = defaultdict(list)
    for row in PolicyVersion.objects.order_by("policy", "effective_on"):
        targets = tuple(None if minutes is None else minutes * 60 for minutes in row.minutes)
        runs_on = frozenset(reasons[code] for code in row.runs_on if code in reasons)
        thresholds = tuple(sorted(map(int, row.thresholds)))
        hours = parse_hours(row.hours)
        terms = Terms(row.pk, row.effective_on, hours, targets, runs_on, thresholds)
        versions[row.policy_id].append(terms)
    found: dict[tuple[str, str], list[Promise]] = defaultdict(list)
    for policy in ClockPolicy.objects.order_by("pk"):
        scope = Scope(policy.item_kind, policy.category_id, policy.site_id, policy.team_id)
        promise = Promise(policy.pk, policy.kind, policy.measure, scope, versions[policy.pk])
        found[policy.kind, policy.measure].append(promise)
    return dict(found)


def _wholes() -> dict[int, tuple[int, ...]]:
    """What each category is part of, itself first."""
    parents = dict(Category.objects.values_list("pk", "parent"))
    found: dict[int, tuple[int, ...]] = {}
    for key in parents:
        above: list[int] = []
        at: int | None = key
        while at is not None and at not in above:
            above.append(at)
            at = parents.get(at)
        found[key] = tuple(above)
    return found

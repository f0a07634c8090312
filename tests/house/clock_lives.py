"""Random lives of items over changes of the clock, with what the slow walk expects of each."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from house.clock_walk import (
    EPOCH,
    OPEN_STATES,
    Deed,
    Wall,
    minutes_open,
    standing_at,
    walk,
)
from meridian.kernel.working_time import ALWAYS_OPEN, Schedule, WeeklyRules, Window, WorkingCalendar
from meridian.work.service_levels.rules.folding import Rules, clocked
from meridian.work.service_levels.rules.hours import Hours, parse_hours, schedule_of
from meridian.work.service_levels.rules.life import life_of
from meridian.work.service_levels.rules.runs import main_run
from meridian.work.service_levels.rules.terms import Promise, Scope, Terms

ZONES = (
    *("America/New_York", "Europe/Rome", "Africa/Nairobi", "Australia/Lord_Howe"),
    *("Asia/Beirut", "America/Santiago"),
)
# Around each of these some clocks of the world are put forward or back.
ERAS = tuple(
    datetime(*day, tzinfo=UTC) for day in ((2026, 3, 5), (2026, 3, 26), (2026, 4, 2), (2026, 10, 23))
)
ERA_DAYS = 12
TEAMS, SITE, PAUSING, RUNNING_ON = (1, 2, 3), 7, 11, 12
WORDS = ("team", "team & site", "team | site", "hubs", "hubs & site", "always")
SPANS = ((480, 1020), (540, 720), (780, 1080), (1320, 1800), (0, 1440), (360, 1320))
CATEGORIES = (1, 2, 3)


@dataclass(frozen=True)
class World:
    """Walls of three teams and a site in an era, the same hours as the kernel counts them, and policies."""

    origin: int
    walls: tuple[Wall, ...]
    words: tuple[str, ...]
    targets: tuple[tuple[int, ...], ...]

    @property
    def last(self) -> int:
        return self.origin + ERA_DAYS * 1440

    def opened(self, words: str) -> dict[object, bytes]:
        """For each team, and none, whether each minute counts."""
        tables = [minutes_open(wall, self.origin, self.last) for wall in self.walls]
        site, every = tables[3], bytes([1]) * (self.last - self.origin)
        hubs = bytes(a | b for a, b in zip(tables[0], tables[1], strict=True))
        found: dict[object, bytes] = {}
        for team, own in ((None, every), *zip(TEAMS, tables, strict=False)):
            left = hubs if "hubs" in words else every if words == "always" else own
            if "&" in words:
                left = bytes(a & b for a, b in zip(left, site, strict=True))
            if "|" in words:
                left = bytes(a | b for a, b in zip(left, site, strict=True))
            found[team] = left
        return found


@cache
def world(seed: int) -> World:
    random = Random(seed)
    start = ERAS[seed % len(ERAS)]
    origin = int((start - EPOCH).total_seconds()) // 60
    walls = tuple(_wall(random, start.date()) for _ in range(4))
    words = tuple(random.sample(WORDS, len(CATEGORIES)))
    targets = tuple(tuple(random.choice((1, 30, 240, 480, 960, 2400)) for _ in range(5)) for _ in CATEGORIES)
    return World(origin, walls, words, targets)


def _wall(random: Random, start: date) -> Wall:
    def week() -> tuple[tuple[tuple[int, int], ...], ...]:
        return tuple((random.choice(SPANS),) if random.random() < 0.75 else () for _ in range(7))

    changed = start + timedelta(days=random.randrange(2, 8))
    versions = (
        ((date(2020, 1, 1), week()), (changed, week()))
        if random.random() < 0.5
        else ((date(2020, 1, 1), week()),)
    )
    days = tuple(
        (start + timedelta(days=day), random.choice(((), ((600, 900),))))
        for day in random.sample(range(9), 2)
    )
    return Wall(random.choice(ZONES), versions, days)


@cache
def schedule_of_wall(wall: Wall) -> Schedule:
    def windows(spans: Any) -> list[Window]:
        return [Window(begin, end) for begin, end in spans]

    return WorkingCalendar(
        wall.zone,
        [
            WeeklyRules(since, {day: windows(spans) for day, spans in enumerate(week)})
            for since, week in wall.versions
        ],
        {day: windows(spans) for day, spans in wall.days},
    )


@cache
def rules_of(seed: int) -> Rules:
    there = world(seed)
    schedules = [schedule_of_wall(wall) for wall in there.walls]

    def schedule(hours: Hours, team: int | None, site: int | None) -> Schedule:
        def known(leaf: Hours) -> Schedule:
            if leaf.kind == "hubs":
                return schedule_of(parse_hours("A | B"), lambda part: schedules["AB".index(part.code)])
            if leaf.kind == "site":
                return schedules[3]
            return schedules[TEAMS.index(team)] if team is not None else ALWAYS_OPEN

        return schedule_of(hours, known)

    promises = []
    for category, words, targets in zip(CATEGORIES, there.words, there.targets, strict=True):
        seconds = tuple(minutes * 60 for minutes in targets)
        terms = Terms(category, date(2020, 1, 1), parse_hours(words), seconds, frozenset(), (50, 100))
        promises.append(Promise(category, "sla", "resolve", Scope(category=category), [terms]))
    wholes = {category: (category,) for category in CATEGORIES}
    return Rules({("sla", "resolve"): promises}, wholes, frozenset({PAUSING}), schedule)


@dataclass
class History:
    """Events in the order of their recording, and the deeds that stand in the order of their minutes."""

    events: list[tuple[str, datetime, dict[str, Any]]]
    deeds: list[Deed]
    now: int
    start: int


def history(random: Random, there: World) -> History:
    """A life of up to ten deeds; some become known late, some merges are undone."""
    start = there.origin + random.randrange(0, 4 * 1440)
    now = start + random.choice((5, 700, 2_000, 4_000))
    opening = {
        "team": random.choice((None, *TEAMS)),
        "category": random.choice(CATEGORIES),
        "priority": random.randrange(1, 6),
    }
    told: list[tuple[Deed, str]] = [(Deed(start, {"state": "new", **opening}), "opened")]
    undone: list[tuple[Deed, str]] = []
    for minute in sorted(random.randrange(start + 1, now + 2) for _ in range(random.randrange(0, 9))):
        what = random.choice(
            ("assign", "start", "hold", "hold", "resume", "resolve", "reopen", "change", "merge")
        )
        if what == "merge":
            undone += [
                (Deed(minute, {"state": "closed"}), "merged"),
                (Deed(minute, {"state": "in_progress"}), "unmerged"),
            ]
        else:
            told.append((_deed(random, what, minute), what))
    if random.random() < 0.25:
        # Asked in the very minute in which something happens.
        now = told[-1][0].minute
    if random.random() < 0.1:
        told.append((Deed(now, {"state": "cancelled"}), "cancelled"))
    late = [told[0], *random.sample(told[1:], len(told) - 1)] if random.random() < 0.3 else list(told)
    # Two deeds of one minute stand in the order of their recording.
    standing = [deed for deed, _type in sorted(late, key=lambda one: one[0].minute) if deed.minute <= now]
    for place in range(0, len(undone), 2):
        where = random.randrange(1, len(late) + 1)
        late[where:where] = undone[place : place + 2]
    return History([_event(deed, type) for deed, type in late], standing, now, start)


def _deed(random: Random, what: str, minute: int) -> Deed:
    changes: dict[str, object] = {
        "assign": {"state": "assigned", "team": random.choice(TEAMS)},
        "start": {"state": "in_progress"},
        "resume": {"state": "in_progress"},
        "reopen": {"state": "in_progress"},
        "resolve": {"state": "resolved"},
        "hold": {"state": "on_hold", "hold": random.choice((PAUSING, PAUSING, RUNNING_ON))},
        "change": {"category": random.choice(CATEGORIES), "priority": random.randrange(1, 6)},
    }[what]
    if what == "hold":
        changes["pauses"] = changes["hold"] == PAUSING
        changes["until"] = minute + random.randrange(1, 900) if random.random() < 0.4 else None
    return Deed(minute, changes)


def _event(deed: Deed, type: str) -> tuple[str, datetime, dict[str, Any]]:
    data: dict[str, Any] = {}
    for name, value in deed.changes.items():
        if name == "until":
            until = None if value is None else (EPOCH + timedelta(minutes=int(str(value)))).isoformat()
            data["hold_until"] = [None, until]
        elif name != "pauses":
            data["hold_reason" if name == "hold" else name] = [None, value]
    return type, EPOCH + timedelta(minutes=deed.minute), data


def faults(seed: int, history: History) -> list[str]:
    """What the fold says otherwise than the walk."""
    there, rules, found = world(seed), rules_of(seed), []
    life = life_of(history.events, history.now * 60)
    clock = clocked(rules, life, main_run(life), "sla", history.now * 60)
    last = standing_at(history.deeds, history.now)
    place = CATEGORIES.index(last["category"])
    target, opened = there.targets[place][int(str(last["priority"])) - 1], _opened(seed, place)
    end = _end(history)
    walked = walk(history.deeds, history.start, end, opened, there.origin)
    assert clock is not None
    laid = clock.count.stretches
    edges = [history.start * 60, *(one.end for one in laid)]
    if [one.start for one in laid] != edges[:-1] or edges[-1] != end * 60:
        found.append("gap")
    if clock.count.open_seconds != walked.counted * 60:
        found.append(f"counted {clock.count.open_seconds / 60} instead of {walked.counted}")
    if clock.count.paused_seconds != walked.stood * 60:
        found.append("stood")
    if target <= walked.counted:
        due = walked.reached[target - 1]
    else:
        due = _ahead(history, walked, opened, target, end, there)
    if due is not None and clock.due != due * 60:
        found.append(f"due {clock.due / 60 - due} minutes off")
    return found


@cache
def _opened(seed: int, place: int) -> dict[object, bytes]:
    there = world(seed)
    return there.opened(there.words[place])


def _end(history: History) -> int:
    """The minute since which nobody works on the item; now while somebody does."""
    minutes = [deed.minute for deed in history.deeds]
    if standing_at(history.deeds, history.now)["state"] in OPEN_STATES:
        return history.now
    end = history.now
    for minute in reversed(minutes):
        if standing_at(history.deeds, minute)["state"] not in ("resolved", "closed", "cancelled"):
            break
        # A hold that was over in between made it open again.
        end = minute
    return end


def _ahead(
    history: History, walked: Any, opened: dict[object, bytes], target: int, end: int, there: World
) -> int | None:
    """The minute at which what is left would be counted, as if it ran on; None beyond the era."""
    goes_on = standing_at(history.deeds, history.now)["state"] in OPEN_STATES
    before = standing_at(history.deeds, end if goes_on or end == history.start else end - 1)
    runs = before["state"] in OPEN_STATES and not (before["state"] == "on_hold" and before["pauses"])
    since, left = walked.since if not runs and walked.since is not None else end, target - walked.counted
    for minute in range(since, there.last):
        left -= opened[before["team"]][minute - there.origin]
        if not left:
            return minute + 1
    return None

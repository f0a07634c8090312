"""A year of requests as a stream of chunks: items and their events in arrays.

Memory is bounded by the arrivals (18 bytes a request) and one chunk. The same plan, scale, seed and
`now` give the same stream; each chunk draws from its own generator.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from meridian.site.demoplan.arrivals import YEAR, Arrivals, draw_arrivals
from meridian.site.demoplan.lives import AT, PASSES, SLOTS, Lives, Mask, draw_lives
from meridian.site.demoplan.opening_hours import Instants, Positions
from meridian.site.demoplan.rows import Plan
from meridian.site.demoplan.targets import GROUPS
from meridian.site.demoplan.teams import TeamTables, team_tables
from meridian.site.demoplan.words import CATEGORIES, RequestWords

CHUNK = 20_000
CHANNELS = ("portal", "phone", "mail", "walk_in", "chat")
CHANNEL_SHARES = {
    "headquarters": (0.30, 0.38, 0.20, 0.07, 0.05),
    "offices_away": (0.27, 0.38, 0.21, 0.11, 0.03),
    "missions": (0.16, 0.47, 0.13, 0.22, 0.02),
}
BY_REQUESTER = (0, 2, 4)
STATES = ("new", "assigned", "in_progress", "on_hold", "resolved", "closed", "cancelled")
NOBODY = -1
NEVER = -1


@dataclass(frozen=True)
class Items:
    """Columns of work items. Positions refer to the plan's lists (`team` to `plan.teams`, `category` to
    `words.CATEGORIES`, `hold_reason` to `lives.HOLD_REASONS`, `state` to `STATES`), -1 is none; instants
    are Unix seconds, -1 is never. Impact and urgency run from 1 to 4, priority from 1 to 5."""

    category: Positions
    channel: Positions
    language: Positions
    requester: Positions
    site: Positions
    impact: Positions
    urgency: Positions
    priority: Positions
    opened_at: Instants
    state: Positions
    team: Positions
    assignee: Positions
    hold_reason: Positions
    responded_at: Instants
    resolved_at: Instants
    closed_at: Instants
    updated_at: Instants
    reopened_count: Positions
    reassigned_count: Positions
    event_count: Positions
    titles: list[str]
    concerns: list[str]


@dataclass(frozen=True)
class Events:
    """Columns of events, by item and then in order. `item` is the row in the chunk, `slot` a position in
    `lives.SLOTS`, `sequence` counts from 1 in an item; team and assignee before and after; the reason of
    a hold in `lives.HOLD_REASONS`, -1 in other events."""

    item: Positions
    sequence: Positions
    slot: Positions
    at: Instants
    actor: Positions
    team_before: Positions
    team: Positions
    assignee_before: Positions
    assignee: Positions
    hold_reason: Positions


@dataclass(frozen=True)
class Chunk:
    """Consecutive requests: the first one's rank in the year, the items and their events."""

    first: int
    items: Items
    events: Events


def stream(plan: Plan, scale: float, now: int, size: int = CHUNK) -> Iterator[Chunk]:
    """A year of requests before `now` (Unix seconds), in order of arrival, exact by location group."""
    arrivals = draw_arrivals(plan, scale, now, plan.seed)
    tables = team_tables(plan.teams, plan.duty_stations, now - YEAR, now)
    words = RequestWords(plan)
    for first in range(0, arrivals.opened_at.size, size):
        some = slice(first, first + size)
        part = Arrivals(arrivals.opened_at[some], arrivals.requester[some], arrivals.site[some])
        random = np.random.default_rng([plan.seed, 2, first])
        yield _chunk(plan, tables, words, part, now, first, random)


def _chunk(
    plan: Plan,
    tables: TeamTables,
    words: RequestWords,
    part: Arrivals,
    now: int,
    first: int,
    random: np.random.Generator,
) -> Chunk:
    count = part.opened_at.size
    category = random.choice(len(CATEGORIES), count, p=words.shares)
    impact = 2 + _draw_rows(words.impact_ladders[category], random)
    impact -= (impact == 2) & (random.random(count) < 0.1)
    urgency = 1 + random.choice(4, count, p=(0.04, 0.16, 0.45, 0.35))
    priority = np.clip(impact + urgency - 2, 1, 5)
    desk_of = np.array([site.desk for site in plan.sites], dtype=np.intp)
    desk = desk_of[part.site]
    lives = draw_lives(tables.hours, desk, part.opened_at, priority, now, random)
    teams, people = _draw_hands(tables, desk, lives.seen, random)
    group = words.group_of[part.requester]
    ladders = np.array([CHANNEL_SHARES[name] for name in GROUPS]).cumsum(axis=1)
    channel = _draw_rows(ladders[group], random)
    language = words.language_of[part.requester]
    titles, things = words.titles(category, language, part.requester, random)
    items = _fold(
        lives,
        teams,
        people,
        {
            "category": category,
            "channel": channel,
            "language": language,
            "requester": part.requester,
            "site": part.site,
            "impact": impact,
            "urgency": urgency,
            "priority": priority,
            "opened_at": part.opened_at,
            "titles": titles,
            "concerns": things,
        },
    )
    return Chunk(first, items, _events(lives, teams, people, items))


def _draw_rows(ladders: npt.NDArray[np.float64], random: np.random.Generator) -> Positions:
    """For each row of cumulative shares, the step on which an even draw falls."""
    steps = np.count_nonzero(random.random((ladders.shape[0], 1)) >= ladders, axis=1)
    return np.minimum(steps, ladders.shape[1] - 1)


def _draw_hands(
    tables: TeamTables, desk: Positions, seen: Mask, random: np.random.Generator
) -> tuple[Positions, Positions]:
    """Team and assignee after each slot, per item: whoever it was passed to keeps it until the next pass."""
    shape = (desk.size, len(SLOTS))
    teams = np.repeat(desk[:, None], shape[1], axis=1)
    people = np.full(shape, NOBODY, dtype=np.intp)
    people[:, AT["taken"] :] = np.where(seen[:, AT["taken"]], tables.agent(desk, random), NOBODY)[:, None]
    for name in PASSES:
        at = AT[name]
        passed = seen[:, at]
        behind = tables.second_line[random.integers(0, tables.second_line.size, desk.size)]
        back = (teams[:, at - 1] != desk) & (random.random(desk.size) < 0.5)
        target = np.where(back, desk, behind)
        target = np.where(target == teams[:, at - 1], tables.second_line[0], target)
        moved = passed & (target != teams[:, at - 1])
        teams[:, at:] = np.where(moved[:, None], target[:, None], teams[:, at:])
        agent = tables.agent(teams[:, at], random)
        people[:, at:] = np.where(passed[:, None], agent[:, None], people[:, at:])
    return teams, people


def _fold(
    lives: Lives, teams: Positions, people: Positions, given: dict[str, npt.NDArray[np.int64] | list[str]]
) -> Items:
    """The state that the seen events leave behind."""
    seen, at = lives.seen, lives.at
    codes = np.array([STATES.index(slot.state) if slot.state else -1 for slot in SLOTS])
    telling = seen & (codes >= 0)
    last = len(SLOTS) - 1 - np.argmax(telling[:, ::-1], axis=1)
    state = codes[last]
    rows = np.arange(state.size)
    shifts = (teams[:, 1:] != teams[:, :-1]).sum(axis=1)
    solved_again = seen[:, AT["resolved_again"]]
    solved = np.where(solved_again, at[:, AT["resolved_again"]], at[:, AT["resolved"]])
    is_solved = np.isin(state, [STATES.index("resolved"), STATES.index("closed")])
    is_over = np.isin(state, [STATES.index("closed"), STATES.index("cancelled")])
    started = seen[:, AT["started"]]
    return Items(
        **given,  # type: ignore[arg-type]
        state=state,
        team=teams[:, -1],
        assignee=people[:, -1],
        hold_reason=np.where(state == STATES.index("on_hold"), lives.hold_reason, NOBODY),
        responded_at=np.where(started, at[:, AT["started"]], NEVER),
        resolved_at=np.where(is_solved, solved, NEVER),
        closed_at=np.where(is_over, at[rows, last], NEVER),
        updated_at=np.where(seen, at, 0).max(axis=1),
        reopened_count=seen[:, AT["reopened"]].astype(np.intp),
        reassigned_count=shifts,
        event_count=seen.sum(axis=1),
    )


def _events(lives: Lives, teams: Positions, people: Positions, items: Items) -> Events:
    """The seen slots, row by row."""
    item, slot = np.nonzero(lives.seen)
    starts = np.cumsum(items.event_count) - items.event_count
    sequence = np.arange(item.size) - np.repeat(starts, items.event_count) + 1
    earlier = np.maximum(slot - 1, 0)
    first = slot == 0
    return Events(
        item=item,
        sequence=sequence,
        slot=slot,
        at=lives.at[item, slot],
        actor=_actors(people, items, item, slot),
        team_before=np.where(first, NOBODY, teams[item, earlier]),
        team=teams[item, slot],
        assignee_before=np.where(first, NOBODY, people[item, earlier]),
        assignee=people[item, slot],
        hold_reason=np.where(slot == AT["held"], lives.hold_reason[item], NOBODY),
    )


def _actors(people: Positions, items: Items, item: Positions, slot: Positions) -> Positions:
    """Who did it: the requester, nobody (the house closes), or whoever held the item just before."""
    before = people[item, np.maximum(slot - 1, 0)]
    actor = np.where(before == NOBODY, people[item, slot], before)
    by_requester = np.isin(slot, [AT["answered"], AT["reopened"], AT["confirmed"], AT["cancelled"]])
    by_requester |= (slot == 0) & np.isin(items.channel[item], BY_REQUESTER)
    by_requester |= (slot == 0) & (people[item, AT["taken"]] == NOBODY)
    actor = np.where(slot == 0, people[item, AT["taken"]], actor)
    actor = np.where(by_requester, items.requester[item], actor)
    return np.where(slot == AT["closed"], NOBODY, actor)

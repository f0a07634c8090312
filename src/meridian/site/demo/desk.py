"""Copy teams and categories, and hand the year of requests to the desk as histories."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from meridian.site.demo.copying import Copier
from meridian.site.demo.registers import calendar_code
from meridian.site.demoplan.lives import HOLD_REASONS, SLOTS
from meridian.site.demoplan.requests import CHANNELS, Chunk
from meridian.site.demoplan.rows import Plan
from meridian.site.demoplan.words import CATEGORIES, LANGUAGES, category_kind, category_names, message
from meridian.work.items.contracts.happenings import EventRow, MessageRow
from meridian.work.servicedesk.contracts import ItemHistory

INTERNAL = ("noted",)
RESOLUTIONS = {"resolved": ["", "solved"], "reopened": ["solved", ""]}
WAITS_DAYS = {"supplier": 5, "shipment": 12, "planned_change": 8}


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of the rows to which requests refer, by position in the plan; of their concerns by words."""

    people: list[int]
    sites: list[int]
    teams: list[int]
    categories: list[int]
    hold_reasons: list[int]
    concerns: dict[str, int]


def copy_teams(
    copier: Copier,
    plan: Plan,
    stations: list[int],
    units: list[int],
    calendars: dict[str, int],
    people: list[int],
) -> list[int]:
    """131 desks and the groups behind them, each with its people; the first of a desk leads it."""
    keys = copier.copy(
        "servicedesk.team",
        ("code", "name", "kind", "unit_id", "duty_station_id", "calendar_id", "languages", "is_hub"),
        [
            (
                *(team.code, team.name, team.kind, units[team.unit], stations[team.duty_station]),
                *(calendars[calendar_code(plan, team)], list(team.languages), team.is_hub),
            )
            for team in plan.teams
        ],
    )
    copier.copy(
        "servicedesk.membership",
        ("team_id", "person_id", "is_lead"),
        [
            (key, people[agent], place == 0)
            for key, team in zip(keys, plan.teams, strict=True)
            for place, agent in enumerate(team.people)
        ],
    )
    return keys


def copy_categories(copier: Copier) -> list[int]:
    """What requests are about, named in six languages."""
    return copier.copy(
        "servicedesk.category", ("code", "name"), [(code, category_names(code)) for code in CATEGORIES]
    )


def hold_reason_keys(copier: Copier) -> list[int]:
    """Keys of the desk's own hold reasons, in the order of the plan."""
    reasons = copier.model("servicedesk.holdreason")._base_manager
    keys = dict(reasons.filter(code__in=HOLD_REASONS).values_list("code", "pk"))
    return [keys[code] for code in HOLD_REASONS]


def concern_keys(copier: Copier) -> dict[str, int]:
    """Keys of what requests speak of: applications by their names, workstations by their codes."""
    entries = copier.model("configuration.configurationitem")._base_manager
    applications = entries.filter(kind="application").values_list("name", "pk")
    named = {name["en"]: key for name, key in applications}
    return named | dict(entries.filter(kind="workstation").values_list("code", "pk"))


def histories(chunks: Iterable[Chunk], keys: Keys) -> Iterator[ItemHistory]:
    """Every request with its events, in the desk's terms."""
    for chunk in chunks:
        yield from _Writer(chunk, keys).histories()


class _Writer:
    """Turns the columns of a chunk into rows: plain lists are many times faster to walk than arrays."""

    def __init__(self, chunk: Chunk, keys: Keys) -> None:
        self.chunk, self.keys = chunk, keys
        items, events = vars(chunk.items), vars(chunk.events)
        self.item = {
            name: value if isinstance(value, list) else value.tolist() for name, value in items.items()
        }
        self.event = {name: value.tolist() for name, value in events.items()}

    def histories(self) -> Iterator[ItemHistory]:
        start = 0
        for row, count in enumerate(self.item["event_count"]):
            end = start + count
            yield ItemHistory(
                requester=self.keys.people[self.item["requester"][row]],
                events=self._events(row, start, end),
                channel=CHANNELS[self.item["channel"][row]],
                language=LANGUAGES[self.item["language"][row]],
            )
            start = end

    def _events(self, row: int, start: int, end: int) -> list[EventRow]:
        found, state = [], "new"
        for place in range(start, end):
            slot = SLOTS[self.event["slot"][place]]
            data = self._opening(row, place) if place == start else self._changes(place, state)
            state = slot.state or state
            actor = self.event["actor"][place]
            found.append(
                EventRow(
                    _instant(self.event["at"][place]),
                    slot.event,
                    data,
                    self.keys.people[actor] if actor >= 0 else None,
                    self._words(slot.words, row, place) if slot.words else None,
                )
            )
        return found

    def _opening(self, row: int, place: int) -> dict[str, object]:
        item, keys = self.item, self.keys
        category = item["category"][row]
        said = {
            "kind": ["incident", category_kind(CATEGORIES[category])],
            "title": ["", item["titles"][row]],
            "site": [None, keys.sites[item["site"][row]]],
            "team": [None, keys.teams[self.event["team"][place]]],
            "category": [None, keys.categories[category]],
            "concerns": [None, keys.concerns.get(item["concerns"][row])],
            "impact": [3, item["impact"][row]],
            "urgency": [3, item["urgency"][row]],
            "priority": [4, item["priority"][row]],
        }
        return {name: change for name, change in said.items() if change[0] != change[1]}

    def _changes(self, place: int, state: str) -> dict[str, object]:
        event, keys, slot = self.event, self.keys, SLOTS[self.event["slot"][place]]
        data: dict[str, object] = {}
        if slot.state and slot.state != state:
            data["state"] = [state, slot.state]
        before, after = event["team_before"][place], event["team"][place]
        if before != after:
            data["team"] = [keys.teams[before], keys.teams[after]]
        before, after = event["assignee_before"][place], event["assignee"][place]
        if before != after:
            data["assignee"] = [keys.people[before] if before >= 0 else None, keys.people[after]]
        if slot.event == "held":
            data |= self._hold(place)
        elif slot.event in RESOLUTIONS:
            data["resolution"] = RESOLUTIONS[slot.event]
        elif slot.event == "replied":
            data["by"] = "requester" if slot.name == "answered" else "desk"
        return data

    def _hold(self, place: int) -> dict[str, object]:
        reason = self.event["hold_reason"][place]
        data: dict[str, object] = {"hold_reason": [None, self.keys.hold_reasons[reason]]}
        days = WAITS_DAYS.get(HOLD_REASONS[reason])
        if days:
            until = _instant(self.event["at"][place]) + datetime.timedelta(days=days)
            data["hold_until"] = [None, until.isoformat()]
        return data

    def _words(self, words: str, row: int, place: int) -> MessageRow | None:
        """What is said; two of five requests come without a text of their own."""
        if words == "opened" and (row + self.chunk.first) % 5 < 2:
            return None
        language = self.item["language"][row]
        visibility = "internal" if words in INTERNAL else "public"
        return MessageRow(message(words, language, row + place), visibility, LANGUAGES[language])


def _instant(seconds: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)

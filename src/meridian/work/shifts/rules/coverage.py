"""Who is there of those that are needed: language × skill × hour, and where somebody is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """At least so many people at once who speak `language` and have `skill`; empty and 0 are any."""

    language: str
    skill: int
    least: int


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a person brings along."""

    languages: frozenset[str]
    skills: frozenset[int]

    def serves(self, language: str, skill: int) -> bool:
        return (not language or language in self.languages) and (not skill or skill in self.skills)


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """For each hour the fewest people there at once (-1 where nobody is wanted: the desk is closed)."""

    wanted: Wanted
    counts: tuple[int, ...]

    @property
    def gaps(self) -> tuple[int, ...]:
        """The places of the hours in which somebody is missing."""
        return tuple(place for place, count in enumerate(self.counts) if 0 <= count < self.wanted.least)

    def runs(self) -> list[tuple[int, int]]:
        """Gaps that follow upon each other, as (first hour, hour after the last)."""
        found: list[tuple[int, int]] = []
        for place in self.gaps:
            if found and found[-1][1] == place:
                found[-1] = found[-1][0], place + 1
            else:
                found.append((place, place + 1))
        return found


def coverage(
    hours: Sequence[datetime],
    shifts: Sequence[tuple[int, datetime, datetime]],
    wanted: Iterable[Wanted],
    knows: Mapping[int, Knowledge],
    is_open: Mapping[datetime, bool],
) -> list[CoverageLine]:
    """A line for each of what is wanted: the fewest people at once within each hour, shifts being
    (person, start, end)."""
    there = [_there(hour, shifts) for hour in hours]
    nothing = Knowledge(frozenset(), frozenset())
    found = []
    for each in wanted:
        counts = tuple(
            -1
            if not is_open.get(hour, True)
            else min(
                sum(knows.get(person, nothing).serves(each.language, each.skill) for person in people)
                for people in at_once
            )
            for hour, at_once in zip(hours, there, strict=True)
        )
        found.append(CoverageLine(each, counts))
    return found


def _there(hour: datetime, shifts: Sequence[tuple[int, datetime, datetime]]) -> list[frozenset[int]]:
    """Who is there, at the beginning of an hour and after every change within it."""
    here = [shift for shift in shifts if shift[1] < hour + HOUR and shift[2] > hour]
    instants = {hour, *(at for _person, *edges in here for at in edges if hour < at < hour + HOUR)}
    return [frozenset(person for person, start, end in here if start <= at < end) for at in sorted(instants)]

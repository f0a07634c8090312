"""Where the found rows are: a stream for each kind of row, in order, with the rights of the actor in it.

A kind with few matches is read whole. One with many is read as far as needed: by the actor's own
rows when these are few, else newest first until a page is full. Nothing is cut before rights are asked.
"""

import heapq
from bisect import bisect_right
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, repeat

from django.db import models
from django.db.models import Q

from meridian.engine.policies import Actor, policy_of
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource
from meridian.engine.search.documents import VIEW
from meridian.engine.search.matches import (
    DATED,
    FROM_THE_FIRST,
    NAMED,
    TO_THE_LAST,
    Edge,
    Match,
    Place,
    Ranked,
    first_matches,
    matches_among,
    matches_of_each_kind,
)
from meridian.engine.search.question import Question

FEW = 3_000
"""Matches that are read whole, rights and all."""
FEW_OF_A_KIND = 500
FEW_OWN_ROWS = 10_000
"""Rows of an actor that are looked through one by one."""
WINDOWS = (2_000, 30_000)
"""Documents that are looked through from the newest on, before the index is asked for all matches."""
FREQUENT = 20
"""Matches in the first window that make a word a frequent one."""
LEAST_SEEN = 4
"""Rows of them that the actor must see for a look at the second: a page is then likely to be full."""
STEPS = (200, 1_000)
"""How many matches are asked for at a time, before rights are."""
BATCH = 20_000


@dataclass(slots=True)
class Stream:
    """The rows of one kind that were found and that the actor may see, in order.

    `read(after)` gives those that come after a place; `whole` holds all of them where they are known.
    """

    resource: type[Resource]
    read: Callable[[Place | None], Iterator[Place]]
    whole: list[Place] | None = None
    begun: list[Place] = field(default_factory=list)

    @property
    def label(self) -> str:
        return self.resource.model._meta.label_lower

    def counted(self, most: int) -> tuple[int, bool]:
        """How many rows there are, and whether there are more: exact where all are known."""
        if self.whole is not None:
            return len(self.whole), False
        self.begun = list(islice(self.read(None), most + 1))
        return min(len(self.begun), most), len(self.begun) > most

    def places(self, after: Place | None) -> Iterator[Place]:
        if after is None and self.begun:
            yield from self.begun
            after = self.begun[-1]
        yield from self.read(after)


def merged(found: Iterable[Stream], after: Place | None) -> Iterator[Place]:
    """All rows of several streams in order, from those that come after a place."""
    return heapq.merge(*(stream.places(after) for stream in found))


def streams(actor: Actor, question: Question, visible: dict[str, type[Resource]]) -> list[Stream]:
    """The streams of the kinds that hold the words at all."""
    kinds = {label: Kind(resource, actor, question) for label, resource in visible.items()}
    found = []
    matches = first_matches(question, NAMED, FEW + 1)
    is_cut = len(matches) > FEW
    if is_cut:
        matches = matches_of_each_kind(question, NAMED, FEW_OF_A_KIND + 1)
    by_label: dict[str, list[Match]] = {}
    for match in matches:
        by_label.setdefault(match.label, []).append(match)
    for label, ones in by_label.items():
        if label in kinds:
            is_many = is_cut and len(ones) > FEW_OF_A_KIND
            found.append(kinds[label].many() if is_many else kinds[label].few(ones))
    return found + _dated(question, {label: kind for label, kind in kinds.items() if kind.resource.dated})


def _dated(question: Question, kinds: dict[str, "Kind"]) -> list[Stream]:
    """Kinds with a time may have millions of rows: a look at the newest tells whether a word is frequent."""
    if any(kind.is_frequent() for kind in kinds.values()):
        return [kind.many() for kind in kinds.values()]
    matches = first_matches(question, DATED, FEW + 1) if kinds else []
    if len(matches) > FEW:
        return [kind.many() for kind in kinds.values()]
    return [
        kind.few([match for match in matches if match.label == label])
        for label, kind in kinds.items()
        if any(match.label == label for match in matches)
    ]


@dataclass(frozen=True, slots=True)
class Kind:
    """One resource, as an actor asks it a question."""

    resource: type[Resource]
    actor: Actor
    question: Question

    @property
    def label(self) -> str:
        return self.resource.model._meta.label_lower

    def few(self, matches: Iterable[Match]) -> Stream:
        """All rows of these matches that the actor may see by the document that matches."""
        whole = sorted(self._visible(matches))
        return Stream(self.resource, lambda after: _after(whole, after), whole)

    def many(self) -> Stream:
        """By the actor's own rows if these are few, else as far as is asked for."""
        own = self._own_rows()
        if own is not None:
            return self.few(matches_among(self.question, self.label, own))
        return Stream(self.resource, self._read)

    def _own_rows(self) -> list[int] | None:
        """All rows that the actor may see, if these are few; None for many.

        Each way in which they may be the actor's is asked by itself: of `requested OR watched` a
        database looks through every row, of the one and of the other it reads an index.
        """
        scope = policy_of(self.resource.model).scope(self.actor, VIEW)
        if scope == Q():
            return None
        ways = (
            [Q(child) for child in scope.children]
            if scope.connector == Q.OR and not scope.negated
            else [scope]
        )
        rows = self.resource.model._default_manager
        asked = [rows.filter(way).order_by().values_list("pk")[: FEW_OWN_ROWS + 1] for way in ways]
        found = {key for (key,) in (asked[0].union(*asked[1:]) if asked[1:] else asked[0])}
        return sorted(found) if len(found) <= FEW_OWN_ROWS else None

    def _permitted(self, action: str) -> models.QuerySet:
        """Rows of which the actor may read the documents for an action."""
        rows = permitted_rows(self.resource.model, self.actor, VIEW)
        return rows if action == VIEW else rows & permitted_rows(rows.model, self.actor, action)

    def _visible(self, matches: Iterable[Match]) -> set[Place]:
        best: dict[int, Place] = {}
        by_action: dict[str, list[Match]] = {}
        for match in matches:
            by_action.setdefault(match.action, []).append(match)
        for action, ones in by_action.items():
            allowed = self._allowed(action, {match.row_id for match in ones})
            for match in ones:
                if match.row_id in allowed:
                    best[match.row_id] = min(match.place, best.get(match.row_id, match.place))
        return set(best.values())

    def _allowed(self, action: str, keys: set[int]) -> set[int]:
        policy = policy_of(self.resource.model)
        if all(policy.scope(self.actor, asked) == Q() for asked in {VIEW, action}):
            return keys
        return set(self._permitted(action).filter(pk__in=keys).values_list("pk", flat=True))

    def _read(self, after: Place | None) -> Iterator[Place]:
        """Rank by rank; a row whose words stand in several documents comes once."""
        given: set[int] = set()
        for rank in range(len(self.question.ranks)):
            if after is None or rank > after.rank:
                start = FROM_THE_FIRST
            elif rank == after.rank:
                start = after.edge(self.label)
            else:
                continue
            for place in self._of_rank(rank, start):
                if place.row_id not in given:
                    given.add(place.row_id)
                    yield place

    def is_frequent(self) -> bool:
        """Whether the newest documents hold the words so often that a page is soon full."""
        size = WINDOWS[0]
        ranked = [self._ranked(rank) for rank in range(len(self.question.ranks))]
        end = ranked[0].end_of(FROM_THE_FIRST, size)
        if end == TO_THE_LAST:
            return False
        return any(len(one.within(FROM_THE_FIRST, end, size, FREQUENT)) >= FREQUENT for one in ranked[1:])

    def _ranked(self, rank: int) -> Ranked:
        shelf = DATED if self.resource.dated else NAMED
        return Ranked(self.question, self.label, shelf, rank)

    def _of_rank(self, rank: int, start: Edge) -> Iterator[Place]:
        ranked = self._ranked(rank)
        # A heading that is just what was typed is rare: the index knows where.
        for size in WINDOWS if rank else ():
            end = ranked.end_of(start, size)
            seen = yield from self._newest(ranked, start, end, size)
            if end == TO_THE_LAST:
                return
            start = end
            if seen < LEAST_SEEN:
                break
        yield from self._older(ranked, start)

    def _newest(self, ranked: Ranked, start: Edge, end: Edge, size: int) -> Generator[Place, None, int]:
        """From the newest document on, in steps that grow as long as the actor sees few of the matches."""
        seen = 0
        for step in chain(STEPS, repeat(STEPS[-1])):
            matches = ranked.within(start, end, size, step)
            places = sorted(self._visible(self._whole_row(ranked, matches, step)))
            seen += len(places)
            yield from places
            if len(matches) < step:
                break
            start = _next_edge(matches)
        return seen

    def _older(self, ranked: Ranked, start: Edge) -> Iterator[Place]:
        """All that the index has before a place."""
        while True:
            matches = ranked.older(start, BATCH)
            step = STEPS[-1]
            whole = self._whole_row(ranked, matches, BATCH)
            for at in range(0, len(whole), step):
                yield from sorted(self._visible(whole[at : at + step]))
            if len(matches) < BATCH:
                return
            start = _next_edge(matches)

    def _whole_row(self, ranked: Ranked, matches: list[Match], step: int) -> list[Match]:
        """The matches of a step; where one row fills it with its documents, all that it has.

        The next step begins behind that row, and the one document that the actor may read may be any of them.
        """
        if len(matches) < step or matches[0].place.own_edge != matches[-1].place.own_edge:
            return matches
        among = matches_among(self.question, self.label, [matches[0].row_id])
        return [match for match in among if match.rank == ranked.rank]


def _next_edge(matches: list[Match]) -> Edge:
    """Where the next step begins: at the last row again, of which further documents may match."""
    last = matches[-1].place.own_edge
    return last if matches[0].place.own_edge == last else Edge(last.at, last.row_id + 1)


def _after(whole: list[Place], after: Place | None) -> Iterator[Place]:
    return iter(whole if after is None else whole[bisect_right(whole, after) :])

"""Where the found rows are: a stream for each kind of row, in order, with the rights of the actor in it.

A kind with few matches is read whole. One with many is read as far as needed: by the actor's own
rows when these are few, else newest first until a page is full. Nothing is cut before rights are asked.
"""

import heapq
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, repeat

from django.db import models
from django.db.models import Q

from meridian.engine.policies import Actor, policy_of
from meridian.engine.resources import Resource
from meridian.engine.search.documents import VIEW, actions_of
from meridian.engine.search.matches import (
    FROM_THE_FIRST,
    TO_THE_LAST,
    Edge,
    Match,
    Place,
    first_matches,
    matches_among,
    matches_of_kind,
    matches_of_kinds,
    matches_within,
    older_places,
    window_end,
)
from meridian.engine.search.question import Question

FEW = 3_000
"""Matches that are read whole, rights and all."""
FEW_OF_A_KIND = 500
FEW_OWN_ROWS = 10_000
"""Rows of an actor that are looked through one by one."""
STEPS = (200, 1_000, 5_000)
"""How many matches are asked for at a time, before rights are."""


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
    matches = first_matches(question, FEW + 1)
    is_cut = len(matches) > FEW
    if is_cut:
        matches = matches_of_kinds(question, visible, FEW_OF_A_KIND + 1)
    by_label: dict[str, list[Match]] = {}
    for match in matches:
        by_label.setdefault(match.label, []).append(match)
    found = []
    for label, ones in by_label.items():
        if label not in visible:
            continue
        kind = Kind(visible[label], actor, question)
        found.append(kind.many() if is_cut and len(ones) > FEW_OF_A_KIND else kind.few(ones))
    return found


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
        scope = policy_of(self.resource.model).scope(self.actor, VIEW)
        if scope != Q():
            own = list(self._permitted(VIEW).values_list("pk", flat=True)[: FEW_OWN_ROWS + 1])
            if len(own) <= FEW_OWN_ROWS:
                return self.few(matches_among(self.question, self.label, own))
        return Stream(self.resource, self._read)

    def _permitted(self, action: str) -> models.QuerySet:
        """Rows of which the actor may read the documents for an action."""
        rows = self.resource.model._default_manager.permitted(self.actor, VIEW)
        return rows if action == VIEW else rows & rows.model._default_manager.permitted(self.actor, action)

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

    def _of_rank(self, rank: int, start: Edge) -> Iterator[Place]:
        matches = matches_of_kind(self.question, self.label, rank, FEW_OF_A_KIND + 1)
        if len(matches) <= FEW_OF_A_KIND:
            yield from sorted(place for place in self._visible(matches) if place.own_edge < start)
            return
        end = window_end(self.label, start)
        yield from self._newest(rank, start, end)
        if end != TO_THE_LAST:
            yield from older_places(self.question, self.label, rank, end, self._readable())

    def _newest(self, rank: int, start: Edge, end: Edge) -> Iterator[Place]:
        """From the newest document on, in steps that grow as long as the actor sees few of the matches."""
        for step in chain(STEPS, repeat(STEPS[-1])):
            matches = matches_within(self.question, self.label, rank, start, end, step)
            yield from sorted(self._visible(matches))
            if len(matches) < step:
                return
            start = _next_edge(matches)

    def _readable(self) -> Q:
        """The condition on documents that the actor may read them."""
        found = Q()
        for action in actions_of(self.resource):
            if policy_of(self.resource.model).may(self.actor, action):
                found |= Q(action=action, row_id__in=self._permitted(action).values("pk"))
        return found


def _next_edge(matches: list[Match]) -> Edge:
    """Where the next step begins: at the last row again, of which further documents may match."""
    last = matches[-1].place.own_edge
    return last if matches[0].place.own_edge == last else Edge(last.at, last.row_id + 1)


def _after(whole: list[Place], after: Place | None) -> Iterator[Place]:
    return iter(whole if after is None else whole[bisect_right(whole, after) :])

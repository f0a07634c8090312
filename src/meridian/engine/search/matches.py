"""The statements of the search: documents that match, by word, by row and from the newest on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from django.db import connection

from meridian.engine.search.models import TIMELESS
from meridian.engine.search.question import Question

RANK = (
    """CASE WHEN vector @@ %(whole)s::tsquery THEN 0 WHEN vector @@ %(heading)s::tsquery THEN 1 ELSE 2 END"""
)
NAMED, DATED = f"at = {TIMELESS}", f"at < {TIMELESS}"
"""Kinds without a time and those with one have an index of words each."""

# Every part of these statements stands here; what was typed only ever travels as a parameter.
FOUND = f"SELECT resource, row_id, action, at, {RANK} AS rank FROM search_searchdocument WHERE "  # noqa: S608
# Planned as if all of it were wanted, which takes the index, and read no further than to the limit.
MATCHING = f"WITH found AS MATERIALIZED ({FOUND} vector @@ %(asked)s::tsquery AND {{shelf}})"
FIRST = f"{MATCHING} SELECT * FROM found LIMIT %(most)s"  # noqa: S608
OF_EACH_KIND = f"""
{MATCHING}
SELECT resource, row_id, action, at, rank
FROM (SELECT *, row_number() OVER (PARTITION BY resource) AS count FROM found) AS counted
WHERE count <= %(most)s
"""  # noqa: S608
AMONG = FOUND + "resource = %(label)s AND row_id = ANY(%(keys)s) AND vector @@ %(asked)s::tsquery"
OLDER = f"""
{MATCHING}
SELECT * FROM found WHERE resource = %(label)s AND rank = %(rank)s
AND (at, row_id) < (%(start_at)s, %(start_row)s) ORDER BY at DESC, row_id DESC LIMIT %(most)s
"""  # noqa: S608
WITHIN = f"""
SELECT resource, row_id, action, at, {RANK} FROM (
  SELECT * FROM search_searchdocument WHERE resource = %(label)s
  AND (at, row_id) < (%(start_at)s, %(start_row)s) AND (at, row_id) >= (%(end_at)s, %(end_row)s)
  ORDER BY at DESC, row_id DESC LIMIT %(size)s
) AS newest WHERE vector @@ %(asked)s::tsquery AND ({RANK}) = %(rank)s
ORDER BY at DESC, row_id DESC LIMIT %(most)s
"""  # noqa: S608
END = """
SELECT at, row_id FROM search_searchdocument WHERE resource = %(label)s
AND (at, row_id) < (%(start_at)s, %(start_row)s) ORDER BY at DESC, row_id DESC OFFSET %(size)s LIMIT 1
"""


class Edge(NamedTuple):
    """A place among the documents of one kind, by time and row: what is less is older."""

    at: int
    row_id: int


FROM_THE_FIRST = Edge(2**63 - 1, 0)
TO_THE_LAST = Edge(-(2**63), 0)


class Place(NamedTuple):
    """Where a row stands among all that are found: by rank, then time, the newer first."""

    rank: int
    age: int
    label: str
    minus_row_id: int

    @property
    def row_id(self) -> int:
        return -self.minus_row_id

    @property
    def own_edge(self) -> Edge:
        return Edge(-self.age, self.row_id)

    def edge(self, label: str) -> Edge:
        """Where the rows of a kind go on after this place."""
        if label == self.label:
            return self.own_edge
        return Edge(-self.age, 2**63 - 1 if label > self.label else -(2**63))

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The place that `str` wrote; None for any other text."""
        found = text.split("~")
        try:
            rank, at, label, row_id = found
            place = cls(int(rank), -int(at), label, -int(row_id))
        except ValueError:
            return None
        return place if max(map(abs, (place.age, place.row_id))) < 2**63 else None

    def __str__(self) -> str:
        return f"{self.rank}~{-self.age}~{self.label}~{self.row_id}"


class Match(NamedTuple):
    """A document that matches."""

    label: str
    row_id: int
    action: str
    at: int
    rank: int

    @property
    def place(self) -> Place:
        return Place(self.rank, -self.at, self.label, -self.row_id)


def first_matches(question: Question, shelf: str, most: int) -> list[Match]:
    """Any matches of a shelf, for a question that has few."""
    return _asked(FIRST.format(shelf=shelf), question, asked=question.anywhere, most=most)


def matches_of_each_kind(question: Question, shelf: str, most: int) -> list[Match]:
    """Any matches of each kind of a shelf."""
    return _asked(OF_EACH_KIND.format(shelf=shelf), question, asked=question.anywhere, most=most)


def matches_among(question: Question, label: str, keys: Sequence[int]) -> list[Match]:
    """All matches among these rows."""
    return _asked(AMONG, question, asked=question.anywhere, label=label, keys=keys)


@dataclass(frozen=True, slots=True)
class Ranked:
    """The documents of one kind that match with one rank."""

    question: Question
    label: str
    shelf: str
    rank: int

    def within(self, start: Edge, end: Edge, size: int, most: int) -> list[Match]:
        """The newest matches between two places that hold `size` documents, in order: read one by one."""
        return self._asked(WITHIN, start, end_at=end.at, end_row=end.row_id, size=size, most=most)

    def older(self, start: Edge, most: int) -> list[Match]:
        """The newest matches before a place, in order: all that the index has are looked through."""
        return self._asked(OLDER.format(shelf=self.shelf), start, most=most)

    def end_of(self, start: Edge, size: int) -> Edge:
        """Where the newest `size` documents before a place end; `TO_THE_LAST` when there aren't more."""
        values: dict[str, Any] = {
            "label": self.label,
            "start_at": start.at,
            "start_row": start.row_id,
            "size": size,
        }
        with connection.cursor() as cursor:
            cursor.execute(END, values)
            row = cursor.fetchone()
        return TO_THE_LAST if row is None else Edge(row[0], row[1] + 1)

    def _asked(self, statement: str, start: Edge, **values: Any) -> list[Match]:
        return _asked(
            statement,
            self.question,
            asked=self.question.ranks[self.rank],
            label=self.label,
            rank=self.rank,
            start_at=start.at,
            start_row=start.row_id,
            **values,
        )


def _asked(statement: str, question: Question, **values: Any) -> list[Match]:
    ranks = {"whole": question.whole, "heading": question.heading}
    with connection.cursor() as cursor:
        cursor.execute(statement, ranks | values)
        return [Match(*row) for row in cursor.fetchall()]

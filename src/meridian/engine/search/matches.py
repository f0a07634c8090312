"""The statements of the search: documents that match, by word, by row and from the newest on."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Self

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from meridian.engine.search.models import SearchDocument
from meridian.engine.search.question import Question, of_kind

NEWEST = 30_000
"""Documents that are looked through from the newest on, before the index is asked for all matches."""
AT_A_TIME = 500

RANK = (
    """CASE WHEN vector @@ %(whole)s::tsquery THEN 0 WHEN vector @@ %(heading)s::tsquery THEN 1 ELSE 2 END"""
)
# Every part of these statements stands here; what was typed only ever travels as a parameter.
SELECT = f"SELECT resource, row_id, action, at, {RANK} FROM search_searchdocument WHERE "  # noqa: S608
FIRST = SELECT + "vector @@ %(asked)s::tsquery LIMIT %(most)s"
AMONG = SELECT + "resource = %(label)s AND row_id = ANY(%(keys)s) AND vector @@ %(asked)s::tsquery"
OF_KIND = SELECT + (
    f"resource = %(label)s AND vector @@ %(asked)s::tsquery AND ({RANK}) = %(rank)s LIMIT %(most)s"
)
WITHIN = f"""
SELECT resource, row_id, action, at, {RANK} FROM (
  SELECT * FROM search_searchdocument WHERE resource = %(label)s
  AND (at, row_id) < (%(start_at)s, %(start_row)s) AND (at, row_id) >= (%(end_at)s, %(end_row)s)
  ORDER BY at DESC, row_id DESC LIMIT %(newest)s
) AS newest WHERE vector @@ %(asked)s::tsquery AND ({RANK}) = %(rank)s
ORDER BY at DESC, row_id DESC LIMIT %(most)s
"""  # noqa: S608
END = """
SELECT at, row_id FROM search_searchdocument WHERE resource = %(label)s
AND (at, row_id) < (%(start_at)s, %(start_row)s) ORDER BY at DESC, row_id DESC OFFSET %(newest)s LIMIT 1
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


def first_matches(question: Question, most: int) -> list[Match]:
    """Any matches, for a question that has few."""
    return _asked(FIRST, question, asked=question.anywhere, most=most)


def matches_of_kinds(question: Question, labels: Iterable[str], most: int) -> list[Match]:
    """Any matches of each kind, in one statement."""
    found = sorted(labels)
    statement = " UNION ALL ".join(
        f"({SELECT} resource = %(label{at})s AND vector @@ %(asked{at})s::tsquery LIMIT %(most)s)"
        for at in range(len(found))
    )
    values: dict[str, Any] = {"most": most}
    for at, label in enumerate(found):
        values |= {f"label{at}": label, f"asked{at}": of_kind(question.anywhere, label)}
    return _asked(statement, question, **values)


def matches_among(question: Question, label: str, keys: Sequence[int]) -> list[Match]:
    """All matches among these rows."""
    return _asked(AMONG, question, asked=question.anywhere, label=label, keys=keys)


def matches_of_kind(question: Question, label: str, rank: int, most: int) -> list[Match]:
    """Any matches of a kind and rank."""
    asked = of_kind(question.ranks[rank], label)
    return _asked(OF_KIND, question, asked=asked, label=label, rank=rank, most=most)


def window_end(label: str, start: Edge) -> Edge:
    """Where the newest documents after a place end; `TO_THE_LAST` when there aren't more."""
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"label": label, "start_at": start.at, "start_row": start.row_id}
        cursor.execute(END, values | {"newest": NEWEST})
        row = cursor.fetchone()
    return TO_THE_LAST if row is None else Edge(row[0], row[1] + 1)


def matches_within(
    question: Question, label: str, rank: int, start: Edge, end: Edge, most: int
) -> list[Match]:
    """The newest matches between two places, in order."""
    return _asked(
        WITHIN,
        question,
        asked=question.ranks[rank],
        label=label,
        rank=rank,
        start_at=start.at,
        start_row=start.row_id,
        end_at=end.at,
        end_row=end.row_id,
        newest=NEWEST,
        most=most,
    )


def older_places(question: Question, label: str, rank: int, start: Edge, readable: Q) -> Iterator[Place]:
    """All rows with a match before a place that meet the condition, newest first."""
    documents = SearchDocument.objects.filter(
        _condition("vector @@ %s::tsquery", of_kind(question.ranks[rank], label)),
        *(_condition("NOT vector @@ %s::tsquery", better) for better in question.ranks[:rank]),
        readable,
        resource=label,
    )
    while True:
        older = documents.filter(Q(at__lt=start.at) | Q(at=start.at, row_id__lt=start.row_id))
        rows = older.order_by("-at", "-row_id").values_list("at", "row_id").distinct()
        found = [Edge(*row) for row in rows[:AT_A_TIME]]
        yield from (Place(rank, -at, label, -row_id) for at, row_id in found)
        if len(found) < AT_A_TIME:
            return
        start = found[-1]


def _condition(text: str, query: str) -> RawSQL:
    return RawSQL(text, [query], output_field=BooleanField())


def _asked(statement: str, question: Question, **values: Any) -> list[Match]:
    ranks = {"whole": question.whole, "heading": question.heading}
    with connection.cursor() as cursor:
        cursor.execute(statement, ranks | values)
        return [Match(*row) for row in cursor.fetchall()]
